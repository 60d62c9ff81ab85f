package import LabFacts

/// A client that has a mail connection upgraded: greeting, capabilities, STARTTLS (IMAP: RFC 3501 section
/// 6.2.1, SMTP: RFC 3207, POP3: RFC 2595). It asks for TLS or fails. Only one that does not insist goes on in clear
/// where TLS is not offered: what anybody in between can bring about.
///
/// After TLS the application speaks next, and asks for the capabilities anew. Where somebody comes next who
/// has not heard the greeting (a client behind a relay), it is kept for them: `done(rest:)` is then that
/// greeting, and to be treated as if heard just now.
package struct StartTLSClient: Dialogue {
  /// What becomes of the server's greeting.
  package enum Greeting: Sendable {
    case dropped
    /// Handed on without what it told of the capabilities before TLS: a client must not go by those.
    case kept
    /// Handed on as it came, to somebody who wants to see what came.
    case keptWhole
  }

  private enum State: Equatable {
    case asking(MailStage)
    case handshake
    case over
  }

  private let mail: MailProtocol
  private let name: String
  private let keeping: Greeting
  private let insists: Bool
  private var state = State.asking(.greeting)
  private var reader = LineReader()
  private var first = MailFirstBytes()
  private var offersTLS = false
  private var isInList = false
  private var greeting: [UInt8] = []

  /// `name` is what SMTP's EHLO says; `greeting`, whether `done` hands on the server's. One that does not
  /// insist takes the absence of an offer for an answer.
  package init(
    _ mail: MailProtocol, name: String = "localhost", greeting: Greeting = .dropped, insists: Bool = true
  ) {
    self.insists = insists
    self.mail = mail
    self.name = name
    keeping = greeting
  }

  /// What to do about an event, in order.
  package mutating func take(_ event: DialogueEvent) -> [DialogueAction] {
    switch event {
    case .opened: []
    case .heard(let bytes): hear(bytes)
    case .tlsUp: secured()
    case .ended: ended()
    }
  }

  /// What it means that the server has said no more for so long. Silence tells nothing of the port; the
  /// beginning of a greeting that is none does.
  package func failure(afterMilliseconds waited: Int) -> Failure {
    guard case .asking(let stage) = state else { return .mail(.timeout, waited: waited) }
    return stage == .greeting && first.beginsNoGreeting(of: mail)
      ? .mail(.starttlsPortMixup, at: mail, firstReceived: first.bytes, waited: waited)
      : .mail(
        .timeout, firstReceived: stage == .greeting ? first.bytes : [], waited: waited, stage: stage)
  }

  private mutating func hear(_ bytes: [UInt8]) -> [DialogueAction] {
    guard state != .over else { return [] }
    guard state != .handshake else { return [.note(.received, MailText.thrownAway(bytes))] }
    reader.append(bytes)
    switch first.judgeServer(bytes, of: mail) {
    case .fine: return obey()
    case .unclear: return []
    case .strange(let stranger):
      return [.note(.received, MailText.shown(first.bytes))] + give(up: first.failure(stranger, at: mail))
    }
  }

  private mutating func obey() -> [DialogueAction] {
    var actions: [DialogueAction] = []
    while case .asking(let asked) = state, let piece = reader.next() {
      // A line beyond all measure is no answer that anybody could act on.
      guard case .line(let line) = piece else { continue }
      actions.append(.note(.received, MailText.shown(line)))
      actions += obey(line, asked)
    }
    return actions
  }

  private mutating func obey(_ line: [UInt8], _ asked: MailStage) -> [DialogueAction] {
    if asked == .greeting && greeting.count < 8192 { keep(line) }
    if asked == .capabilities && mail.offersTLS(line, inList: isInList) { offersTLS = true }
    let answer = mail.answer(line, to: asked, inList: isInList)
    isInList = isInList ? answer == .more : answer == .listBegins
    switch answer {
    case .more, .listBegins: return []
    case .good: return next(after: asked, line)
    case .bad:
      let reply = mail.replyCode(line)
      return give(
        up: .mail(.mailRefused, by: .peer, stage: asked, reply: reply, verbatim: [MailText.shown(line)]))
    }
  }

  private mutating func keep(_ line: [UInt8]) {
    switch keeping {
    case .dropped: break
    case .kept: greeting += MailText.wire(mail.withoutCapabilities(line))
    case .keptWhole: greeting += MailText.wire(line)
    }
  }

  /// The server agreed to what was asked last.
  private mutating func next(after asked: MailStage, _ line: [UInt8]) -> [DialogueAction] {
    switch asked {
    case .greeting:
      // Authenticated without TLS: STARTTLS is not possible any more (RFC 3501 section 7.1.4).
      guard !MailText.begins(line, with: "* PREAUTH") else { return give(up: .mail(.starttlsMissing)) }
      return ask(.capabilities, mail.capabilityCommand(name))
    case .capabilities:
      guard offersTLS else { return insists ? give(up: .mail(.starttlsMissing)) : goOnInClear() }
      return ask(.upgrade, mail.upgradeCommand)
    case .upgrade:
      state = .handshake
      // What follows the go-ahead in clear was not said inside TLS (CVE-2011-0411).
      let rest = reader.drain()
      return (rest.isEmpty ? [] : [.note(.received, MailText.thrownAway(rest))]) + [.startTLS]
    }
  }

  private mutating func ask(_ asked: MailStage, _ line: String) -> [DialogueAction] {
    state = .asking(asked)
    return [.note(.sent, line), .say(MailText.wire(line))]
  }

  private mutating func secured() -> [DialogueAction] {
    guard state == .handshake else { return [] }
    state = .over
    return [.done(rest: greeting)]
  }

  private mutating func goOnInClear() -> [DialogueAction] {
    state = .over
    return [.done(rest: greeting)]
  }

  private mutating func ended() -> [DialogueAction] {
    switch state {
    case .asking(.greeting) where first.beginsNoGreeting(of: mail):
      give(up: first.failure(.otherGreeting, at: mail))
    case .asking(let stage): give(up: .mail(.emptyReply, by: .peer, firstReceived: first.bytes, stage: stage))
    case .handshake, .over: []
    }
  }

  private mutating func give(up failure: Failure) -> [DialogueAction] {
    state = .over
    return [.fail(failure), .close(.clean)]
  }
}
