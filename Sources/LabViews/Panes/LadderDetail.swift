import LabCanvas
import LabCatalog
import LabCore
import LabFacts

/// What one rung is for and what it says, in words.
struct LadderDetail {
  let context: PaneContext
  let pair: PaneConnection

  func lines(_ row: LadderRow?, width: Int) -> [Line] {
    guard let row, width > 0 else { return [] }
    let blanks = Blanks(context.run)
    func wrapped(_ lines: [Line]) -> [Line] { blanks.hide(lines).flatMap { Text.wrap($0, width: width) } }
    let all = words(row.rung)
    let judged = LadderDetail.cut(wrapped(judged(row.rung)), to: 4, width, context.glyphs)
    return wrapped(Array(all.prefix(1))) + judged + wrapped(Array(all.dropFirst()))
  }

  /// What the receiver of a certificate made of it, and what a person compares.
  private func judged(_ rung: Ladder.Rung) -> [Line] {
    guard case .message(let message) = rung.kind, message.type == 11, rung.travel == .arrived,
      let receiver = pair.end(rung.side.other), let verification = receiver.tls.verification,
      let leaf = verification.chain.first
    else { return [] }
    let why = verification.code == 0 ? "" : " (\(verification.text))"
    let names = leaf.names.isEmpty ? "none" : leaf.names.joined(separator: ", ")
    let verdict = VerifyWords.verdict(verification, side: receiver.side) + why
    return [
      [Span(verdict, VerifyWords.role(verification, side: receiver.side))],
      [Span("names \(names); issuer \(leaf.issuer)")],
    ]
  }

  /// What fits, with a mark where more follows.
  static func cut(_ lines: [Line], to height: Int, _ width: Int, _ glyphs: Glyphs) -> [Line] {
    guard lines.count > height, let last = lines.prefix(height).last else { return lines }
    let mark = Span(" \(glyphs.ellipsis)", .dim)
    let whole = Text.wrap(last, width: max(1, width - DisplayWidth.of(mark.text))).first ?? []
    return lines.prefix(height - 1) + [whole + [mark]]
  }

  private func words(_ rung: Ladder.Rung) -> [Line] {
    switch rung.kind {
    case .inferred(let name):
      return [[Span("\(name): ", .strong), Span(inferred(name))]]
    case .message(let message):
      let purpose = MessagePurpose(of: message, isVersion13: pair.isVersion13)
      return [[Span("\(message.name): ", .strong), Span(purpose.sentence)]] + travel(rung)
        + MessageFields.lines(message).map { [Span($0)] }
    case .alert(let alert):
      return [[Span("\(FailureWords.alert(alert)): ", .strong), Span(alertWords(alert))]] + travel(rung)
    case .data(let count):
      return [
        [
          Span("data: ", .strong),
          Span(
            rung.encrypted
              ? "\(count) bytes of the application, encrypted by TLS."
              : "\(count) bytes of the application, for everyone on the way to read."),
        ]
      ] + travel(rung)
    case .unopened(let count, let isRecord):
      let name = isRecord ? "record: " : "no whole record: "
      return [[Span(name, .strong), Span(unopened(count, rung, isRecord))]]
    case .http(let exchange):
      return [
        [
          Span("\(exchange.method) \(exchange.target) \(exchange.version): ", .strong),
          Span("answered with \(exchange.status)."),
        ]
      ]
    case .connected(let network): return [[Span(connected(network, rung.side))]]
    case .secured: return [[Span(secured(rung.side))]]
    case .failed(let failure): return failed(failure, of: pair.end(rung.side))
    case .closed(let closing):
      return [[Span("\(FailureWords.closing(closing)): ", .strong), Span(ended(closing))]]
    }
  }

  private func inferred(_ name: String) -> String {
    switch name {
    case "SYN": "the client's kernel asks for a connection. Nobody captured it: it follows from connect()."
    case "SYN+ACK": "the server's kernel agrees, before any program has called accept()."
    case "ACK": "the client's kernel confirms. TCP is up."
    case "FIN": "this side sends nothing more."
    case "RST": "the kernel ends the connection at once; what was unread is lost."
    default: "a TCP segment nobody captured."
    }
  }

  private func alertWords(_ alert: Alert) -> String {
    alert.isCloseNotify
      ? "the sender says goodbye: this end of the stream was meant."
      : alert.level == .fatal
        ? "the sender gives up, and names its reason." : "a warning; the sender goes on."
  }

  private func travel(_ rung: Ladder.Rung) -> [Line] {
    guard !rung.isInside else {
      return [[Span("Inside the TLS that is up: it crosses as the application data that follows.", .notice)]]
    }
    return whereabouts(rung)
  }

  private func whereabouts(_ rung: Ladder.Rung) -> [Line] {
    let receiver = rung.side.other.rawValue
    return switch rung.travel {
    case .held:
      [[Span("Held at the gate of the \(rung.side.rawValue).\(release)", .notice)]]
    case .sent: [[Span("Sent; the \(receiver) has not read it yet.", .notice)]]
    case .unrecorded:
      [
        [
          Span(
            "Sent. The \(receiver) speaks TLS and tells of whole records: it has none with these bytes yet.",
            .notice)
        ]
      ]
    case .partly: [[Span("Sent; the \(receiver) has read a part of it.", .notice)]]
    case .unread: [[Span("Sent; the \(receiver) had ended and never read it.", .notice)]]
    case .cut(let came, let whole):
      [
        [
          Span(
            "Cut: \(came) of the \(whole) bytes of its record came to the \(receiver). A part of a record is never opened.",
            .notice)
        ]
      ]
    case .unopened: [[Span("Its bytes came to the \(receiver), which never opened the record.", .notice)]]
    case .arrived: []
    }
  }

  private func unopened(_ count: Int, _ rung: Ladder.Rung, _ isRecord: Bool) -> String {
    let receiver = rung.side.other.rawValue
    return isRecord
      ? "\(count) bytes came, encrypted, and the \(receiver) never opened them."
      : "\(count) bytes came to the \(receiver), which speaks TLS. The wire pane shows them."
  }

  /// Only in a walk through the messages does a key let them go.
  private var release: String {
    if case .release = context.run?.awaiting { return " Space lets the oldest record go." }
    return ""
  }

  private func connected(_ network: Network, _ side: Side) -> String {
    switch network {
    case .tcp: "TCP is up at the \(side.rawValue)."
    case .unix: "The \(side.rawValue) has its socket. Both are on this machine: no TCP."
    case .udp: "The \(side.rawValue) has heard of the other. UDP knows no connections."
    case .pipe: "The \(side.rawValue) has its two pipes. There is no socket, and no TCP."
    }
  }

  private func secured(_ side: Side) -> String {
    side == .client && pair.isVersion13
      ? "The client considers TLS up. The server may still refuse what it has not read yet."
      : "The \(side.rawValue) considers TLS up."
  }

  private func failed(_ failure: Failure, of end: EndState?) -> [Line] {
    let number = FailureWords.number(failure).map { " (\($0))" } ?? ""
    let who = end.map { EventWords.who($0.id, $0.id.actor, context.lab) + ", " } ?? ""
    let head: Line = [
      Span("\(who)\(failure.code.rawValue): ", .failure),
      Span("\(FailureWords.decided(failure)), \(FailureWords.when(failure))\(number)."),
    ]
    return [head] + failure.verbatim.prefix(2).map { [Span(Notation.escaped($0), .dim)] }
  }

  private func ended(_ closing: Fact.Closing) -> String {
    let who =
      switch closing.by {
      case .here: "this end closed first"
      case .peer: "the other end closed first"
      case .kernel: "the kernel closed it"
      }
    return
      "\(who); \(closing.traffic.wireSent) bytes sent, \(closing.traffic.wireReceived) received on the wire."
  }
}
