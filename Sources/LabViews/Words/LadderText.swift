package import LabCore
package import LabFacts

/// One client's way up as lines of text, as it happens: look-up, TCP, proxy, STARTTLS, TLS, certificates, end.
package struct LadderText: Sendable {
  /// What the facts of an end do not tell.
  package struct Setting: Sendable {
    /// 0: the steps; 1: what each message says; 2: each record and chunk too.
    package var detail = 0
    /// What the dialogue before TLS is with: `proxy`, `imap`.
    package var dialogue = "dialogue"
    /// Sentences about the names asked for and insisted on, and about what is trusted.
    package var notes: [String] = []
    /// Who named the port that is connected to, in words.
    package var portNamedBy = "named on the command line"

    package init() {}
  }

  private let end: EndID
  private let setting: Setting
  private var handshakes = 0

  package init(of end: EndID, _ setting: Setting = Setting()) {
    self.end = end
    self.setting = setting
  }

  /// The lines a fact adds; none where it is about something else. The state is the one after it.
  package mutating func take(_ stamped: StampedFact, in lab: LabState) -> [String] {
    guard stamped.fact.end == end || stamped.fact.isAboutActor(of: end) else { return [] }
    if case .tlsStarted = stamped.fact { handshakes += 1 }
    let time = Seconds.text(stamped.microseconds)
    let blank = String(repeating: " ", count: time.count)
    return rows(stamped.fact, lab).enumerated().map { index, row in
      "\(index == 0 ? time : blank)  \(row.label.padded(LadderText.labelWidth)) \(row.text)"
    }
  }

  private static let labelWidth = 11

  private struct Row {
    let label: String
    let text: String

    init(_ label: String, _ text: String) {
      self.label = label
      self.text = text
    }
  }

  private func rows(_ fact: Fact, _ lab: LabState) -> [Row] {
    switch fact {
    case .connecting(_, let connecting): [Row("target", target(connecting))]
    case .resolved(_, let name, let addresses):
      [Row("look-up", "\(Notation.escaped(name)) is \(addresses.joined(separator: ", "))")]
    case .opened(_, let opening): opened(opening, lab.portRange)
    case .dialogue(_, let direction, let line): [Row(arrow(setting.dialogue, direction), line)]
    case .ready: [Row("ready", "the application may begin")]
    case .tlsStarted: started
    case .tlsStopped: [Row("tls", "is taken off by close_notify; the connection goes on beneath it")]
    case .message(_, let direction, let message): messages(direction, message, lab)
    case .alert(_, let direction, let alert): [Row(arrow("tls", direction), FailureWords.alert(alert))]
    case .established(_, let agreed): [Row("agreed", LadderTextWords.agreed(agreed))]
    case .verified(_, let verification): LadderTextWords.chain(verification).map { Row($0.label, $0.text) }
    case .weakened(_, let codes): [Row("warning", LadderTextWords.weakened(codes))]
    case .failed(_, let failure):
      [
        Row(
          "failed",
          "\(failure.code.rawValue): \(FailureWords.decided(failure)), \(FailureWords.when(failure))")
      ]
    case .closed(_, let closing): [Row("closed", LadderTextWords.closed(closing))]
    case .halfClosed(_, let direction): setting.detail > 0 ? [Row("tcp", half(direction))] : []
    case .ticket(_, let direction):
      setting.detail > 0 ? [Row(arrow("tls", direction), "a session ticket")] : []
    case .data(_, let direction, let bytes):
      setting.detail > 1 ? [Row(arrow("data", direction), LadderTextWords.bytes(bytes.total))] : []
    case .wire(_, let direction, let segment): wire(direction, segment)
    case .faultStruck(_, let fault): [Row("fault", FaultWords.past(fault))]
    case .keyTried(_, let identity, let reading): [Row("key", KeyWords.tried(identity, reading))]
    case .relayed, .hooked, .read, .faultsChanged, .traffic, .tlsState, .keyLogged, .gateChanged, .held,
      .released, .http,
      .listening, .stoppedListening, .actorFailed, .acceptingChanged, .acceptFailed, .hooksChanged, .drained,
      .programStarted,
      .programEnded,
      .kernel, .portRange, .timerFired, .wiped:
      []
    }
  }

  private func arrow(_ label: String, _ direction: Direction) -> String {
    label.padded(LadderText.labelWidth - 3) + (direction == .sent ? " ->" : " <-")
  }

  private func target(_ connecting: Fact.Connecting) -> String {
    "\(Notation.escaped(connecting.to.description)), "
      + (connecting.transport == .tls ? "through TLS" : "in clear")
  }

  private func opened(_ opening: Fact.Opening, _ range: PortRange?) -> [Row] {
    guard opening.network != .unix else { return [Row("unix", "connected to \(opening.peer)")] }
    guard opening.network != .pipe else { return [Row("pipe", "two pipes, and no socket")] }
    let own =
      switch opening.localPortChosenBy {
      case .kernel, .fallback: "chosen by the kernel" + (range.map { ", from its range \($0)" } ?? "")
      case .configured: "asked for with --local-port"
      }
    return [
      Row("tcp", "\(opening.local) -> \(opening.peer)"),
      Row("", "port \(opening.local.port): \(own); port \(opening.peer.port): \(setting.portNamedBy)"),
    ]
  }

  private var started: [Row] {
    guard handshakes == 1 else { return [Row("tls", "a second handshake begins: that is the mistake")] }
    return [Row("tls", "the handshake begins")] + setting.notes.map { Row("", $0) }
  }

  private func messages(_ direction: Direction, _ message: HandshakeMessage, _ lab: LabState) -> [Row] {
    let hellos = lab.ends[end]?.tls.messagesReceived.filter { $0.type == 2 } ?? []
    let is13 = hellos.contains { $0.values(.versions).contains("TLS 1.3") }
    if message.type == 4, setting.detail == 0 { return [] }
    let purpose = MessagePurpose(of: message, isVersion13: is13).short
    let first = Row(
      arrow("tls", direction),
      "\(message.name), \(LadderTextWords.bytes(message.length))\(purpose.isEmpty ? "" : ": \(purpose)")")
    return [first] + (setting.detail > 0 ? MessageFields.lines(message).map { Row("", $0) } : [])
  }

  private func half(_ direction: Direction) -> String {
    direction == .sent ? "this end has said all (FIN)" : "the peer has said all (FIN)"
  }

  private func wire(_ direction: Direction, _ segment: WireSegment) -> [Row] {
    guard setting.detail > 1 else { return [] }
    return [Row(arrow("wire", direction), "\(segment.words), \(LadderTextWords.bytes(segment.bytes.total))")]
  }
}

/// Times in a column of seconds.
enum Seconds {
  static func text(_ microseconds: Int) -> String {
    let fraction = String(microseconds / 1000 % 1000)
    let whole = String(microseconds / 1_000_000)
    return whole.leftPadded(3) + "." + String(repeating: "0", count: 3 - fraction.count) + fraction
  }
}

extension String {
  func padded(_ width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
  func leftPadded(_ width: Int) -> String { String(repeating: " ", count: max(0, width - count)) + self }
}

extension Fact {
  /// Does it tell of the end's program, where there may be no end yet?
  fileprivate func isAboutActor(of end: EndID) -> Bool {
    if case .weakened(let actor, _) = self { return actor == end.actor }
    return false
  }
}
