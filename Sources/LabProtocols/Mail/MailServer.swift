package import LabFacts

/// A small mail server, enough for clients to be content: it keeps no mail and delivers none.
///
/// STARTTLS is offered until TLS is up. What a client sends behind STARTTLS and before TLS is thrown away and
/// noted, never obeyed. A client of another protocol is told so, where it can be.
package struct MailServer: Dialogue {
  private enum State: Equatable {
    case talking
    case handshake
    case over
  }

  private let mail: MailProtocol
  private let host: String
  private var talk: any MailTalk
  private var state = State.talking
  private var reader = LineReader()
  private var first = MailFirstBytes()

  /// - Parameters:
  ///   - mail: what it speaks.
  ///   - host: the name the server calls itself.
  ///   - offersTLS: there are TLS options for STARTTLS.
  ///   - isTLS: the stream carries TLS from the start.
  ///   - credentials: whom it lets in. Absent: everybody.
  ///   - requiresTLS: take no login and no mail before TLS.
  package init(
    _ mail: MailProtocol, host: String, offersTLS: Bool, isTLS: Bool = false,
    credentials: Credentials? = nil, requiresTLS: Bool = false
  ) {
    self.mail = mail
    self.host = host
    let house = MailHouse(
      host: host, hasTLS: offersTLS, isTLS: isTLS, requiresTLS: requiresTLS, credentials: credentials)
    switch mail {
    case .imap: talk = ImapTalk(house)
    case .smtp: talk = SmtpTalk(house)
    case .pop3: talk = Pop3Talk(house)
    }
  }

  /// What to do about an event, in order.
  package mutating func take(_ event: DialogueEvent) -> [DialogueAction] {
    guard state != .over else { return [] }
    switch event {
    case .opened: return actions(talk.greeting)
    case .heard(let bytes): return hear(bytes)
    case .tlsUp:
      talk.house.isTLS = true
      talk.begin()
      state = .talking
      return []
    case .ended:
      state = .over
      return [.close(.clean)]
    }
  }

  private mutating func hear(_ bytes: [UInt8]) -> [DialogueAction] {
    guard state == .talking else { return [.note(.received, MailText.thrownAway(bytes))] }
    reader.append(bytes)
    switch first.judgeClient(bytes) {
    case .unclear: return []
    case .strange(let stranger): return turnAway(stranger)
    case .fine: break
    }
    var steps: [MailStep] = []
    while steps.last?.isLast != true, let more = talk.next(&reader) { steps += more }
    return actions(steps)
  }

  /// Lines said one after the other are said at once.
  private mutating func actions(_ steps: [MailStep]) -> [DialogueAction] {
    var actions: [DialogueAction] = []
    var said: [UInt8] = []
    for step in steps {
      switch step {
      case .heard(let text): actions.append(.note(.received, text))
      case .say(let line):
        actions.append(.note(.sent, MailText.shown(Array(line.utf8))))
        said += MailText.wire(line)
      case .upgrade, .bye: break
      }
    }
    if !said.isEmpty { actions.append(.say(said)) }
    return actions + last(steps.last)
  }

  private mutating func last(_ step: MailStep?) -> [DialogueAction] {
    switch step {
    case .upgrade:
      state = .handshake
      let rest = reader.drain()
      return (rest.isEmpty ? [] : [.note(.received, MailText.thrownAway(rest))]) + [.startTLS]
    case .bye:
      state = .over
      return [.close(.clean)]
    case .heard, .say, nil: return []
    }
  }

  private mutating func turnAway(_ stranger: MailFirstBytes.Stranger) -> [DialogueAction] {
    state = .over
    let farewell = mail.farewell(to: stranger, host: host)
    return [.note(.received, MailText.shown(first.bytes))]
      + (farewell.map { [.note(.sent, $0), .say(MailText.wire($0))] } ?? [])
      + [.fail(first.failure(stranger, at: mail)), .close(.clean)]
  }
}

extension MailProtocol {
  /// The last line for a client of another protocol. One that speaks TLS could not read it.
  func farewell(to stranger: MailFirstBytes.Stranger, host: String) -> String? {
    switch stranger {
    case .tls: nil
    case .http: refusal("this port speaks \(rawValue.uppercased()), not HTTP", host: host)
    case .proxyHeader: refusal("no PROXY header is expected here", host: host)
    case .otherGreeting: refusal("this port speaks \(rawValue.uppercased())", host: host)
    }
  }

  /// The line with which a server of this protocol takes its leave for a reason.
  func refusal(_ reason: String, host: String) -> String {
    switch self {
    case .imap: "* BYE \(reason)"
    case .smtp: "421 4.3.2 \(host) \(reason)"
    case .pop3: "-ERR \(reason)"
    }
  }
}
