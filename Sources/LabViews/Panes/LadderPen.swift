import LabCanvas
import LabCore
import LabFacts

/// Draws single lines of a ladder of a given width.
struct LadderPen {
  let width: Int
  let glyphs: Glyphs
  let isVersion13: Bool

  private var lifeline: String { String(glyphs.light.vertical) }
  /// Columns between the lifelines.
  private var inner: Int { max(0, width - 2) }

  /// `client 51586            server 7443`.
  func header(_ pair: PaneConnection) -> Line {
    func title(_ side: Side) -> String { side.rawValue + (pair.port(side).map { " \($0)" } ?? "") }
    let left = title(.client)
    let right = title(.server)
    let gap = max(1, width - DisplayWidth.of(left) - DisplayWidth.of(right))
    return [Span(left, .strong), Span(String(repeating: " ", count: gap)), Span(right, .strong)]
  }

  var legend: Line {
    let words = PartLine.of([
      [Span("\(glyphs.clear) clear", .plain)], [Span("\(glyphs.encrypted) encrypted", .encrypted)],
      [Span("\(glyphs.marks.inferred) inferred", .dim)],
    ])
    return words.fit(width, glyphs)
  }

  func line(_ row: LadderRow) -> Line {
    if let twin = row.twin { return marks(row.rung, twin) }
    return row.rung.crosses ? crossing(row.rung) : mark(row.rung)
  }

  /// What a message is for, in a line of its own below it.
  func purpose(_ row: LadderRow) -> Line? {
    guard case .message(let message) = row.rung.kind else { return nil }
    let text = MessagePurpose(of: message, isVersion13: isVersion13).short
    guard !text.isEmpty, DisplayWidth.of(text) + 4 <= inner else { return nil }
    return between(Text.pad([Span("   \(text) ", .dim)], width: inner, alignment: align(row.rung.side)))
  }

  // MARK: Crossings

  private func crossing(_ rung: Ladder.Rung) -> Line {
    let label = Text.clip(LadderWords.label(rung), width: max(0, inner - 6), ellipsis: glyphs.ellipsis)
    // Blanks around the label, a head, and two columns of a shaft.
    let note = note(rung, room: inner - DisplayWidth.of(label) - 5)
    let shaftRoom = inner - DisplayWidth.of(label) - 2 - DisplayWidth.of(note) - 1
    let shaft = String(
      repeating: shaft(rung), count: max(0, rung.travel == .held ? min(3, shaftRoom) : shaftRoom))
    let head =
      rung.travel == .held
      ? glyphs.marks.gate : String(rung.side == .client ? glyphs.arrowRight : glyphs.arrowLeft)
    let role = role(rung)
    let text = [Span(" \(label) ", LadderWords.isAlarming(rung) ? .failure : role)]
    let noteSpan = [Span(note, .notice)]
    let parts =
      rung.side == .client
      ? text + [Span(shaft + head, role)] + noteSpan : noteSpan + [Span(head + shaft, role)] + text
    return between(Text.pad(parts, width: inner, alignment: align(rung.side)))
  }

  /// How far it got, in as many words as there is room for.
  private func note(_ rung: Ladder.Rung, room: Int) -> String {
    if rung.travel == .arrived { return "" }
    // The gate's own mark tells that something is held.
    let words = LadderWords.travel(rung).map { " \($0) " } + (rung.travel == .held ? [" "] : [])
    return words.first { DisplayWidth.of($0) <= room } ?? " \(glyphs.ellipsis) "
  }

  private func shaft(_ rung: Ladder.Rung) -> Character {
    if case .inferred = rung.kind { return glyphs.marks.inferred }
    return rung.encrypted ? glyphs.encrypted : glyphs.clear
  }

  private func role(_ rung: Ladder.Rung) -> Role {
    if case .inferred = rung.kind { return .dim }
    if rung.travel == .held { return .notice }
    return rung.encrypted ? .encrypted : .plain
  }

  // MARK: Marks

  private func mark(_ rung: Ladder.Rung) -> Line {
    let room = max(0, inner - 2)
    let words = Text.clip(
      [LadderWords.mark(rung, glyphs, room: room)], width: room, ellipsis: glyphs.ellipsis)
    return rung.side == .client
      ? [Span(String(glyphs.teeRight), .dim), Span(" ")] + Text.pad(words, width: max(0, inner - 1))
        + [Span(lifeline, .dim)]
      : [Span(lifeline, .dim)] + Text.pad(words, width: max(0, inner - 1), alignment: .right)
        + [Span(" "), Span(String(glyphs.teeLeft), .dim)]
  }

  private func marks(_ first: Ladder.Rung, _ second: Ladder.Rung) -> Line {
    let left = LadderWords.mark(first.side == .client ? first : second, glyphs)
    let right = LadderWords.mark(first.side == .client ? second : first, glyphs)
    let gap = max(1, inner - 2 - DisplayWidth.of(left.text) - DisplayWidth.of(right.text))
    return [
      Span(String(glyphs.teeRight), .dim), Span(" "), left, Span(String(repeating: " ", count: gap)), right,
      Span(" "),
      Span(String(glyphs.teeLeft), .dim),
    ]
  }

  private func between(_ line: Line) -> Line { [Span(lifeline, .dim)] + line + [Span(lifeline, .dim)] }
  private func align(_ side: Side) -> Text.Alignment { side == .client ? .left : .right }
}

extension PartLine {
  /// Parts that may all be left out, the last first.
  static func of(_ parts: [Line]) -> PartLine {
    var line = PartLine()
    for (place, part) in parts.enumerated() { line.add(part, weight: parts.count - place) }
    return line
  }
}

/// The words of a rung.
enum LadderWords {
  /// How far a rung got, in as many words as there may be room for, the most first. None for one that arrived.
  static func travel(_ rung: Ladder.Rung) -> [String] {
    switch rung.travel {
    case .held: ["held"]
    // A segment is read by no program: the kernel answers it, or does not.
    case .sent: rung.kind == .inferred("SYN") ? ["no answer"] : ["not read yet", "sent"]
    case .unrecorded: ["no whole record yet", "no record yet", "no record"]
    case .partly: ["read in part", "in part"]
    case .unread: ["never read", "unread"]
    case .cut(let came, let whole): ["\(came) of \(whole) B came", "\(came) of \(whole) B", "cut off"]
    case .unopened: ["unopened"]
    case .arrived: []
    }
  }

  static func label(_ rung: Ladder.Rung) -> String {
    switch rung.kind {
    case .inferred(let name): "\(name) inferred"
    case .message(let message):
      message.type == HandshakeMessage.changeCipherSpec
        ? message.name : "\(message.name) \(message.length) B\(rung.isInside ? ", inside" : "")"
    case .alert(let alert): FailureWords.alert(alert)
    case .data(let count): rung.encrypted ? "application data \(count) B" : "data \(count) B"
    case .unopened(let count, let isRecord): isRecord ? "record \(count) B" : "\(count) B, no whole record"
    case .http, .connected, .secured, .failed, .closed: ""
    }
  }

  /// Who decided is said in short where the whole has no room.
  static func mark(_ rung: Ladder.Rung, _ glyphs: Glyphs, room: Int = .max) -> Span {
    switch rung.kind {
    case .connected(let network): Span(connected(network))
    case .secured: Span("TLS up", .good)
    case .failed(let failure): Span(failed(failure, glyphs, room: room), .failure)
    case .closed(let closing): Span(FailureWords.closing(closing), .dim)
    case .http(let exchange):
      Span("\(exchange.method) \(exchange.target) \(glyphs.to) \(exchange.status)", .good)
    case .inferred, .message, .alert, .data, .unopened: Span("")
    }
  }

  private static func failed(_ failure: Failure, _ glyphs: Glyphs, room: Int) -> String {
    let what = "\(glyphs.bad) \(failure.code.rawValue)"
    let whole = "\(what) \(FailureWords.decided(failure))"
    return DisplayWidth.of(whole) <= room ? whole : "\(what) \(FailureWords.shortDecided(failure))"
  }

  private static func connected(_ network: Network) -> String {
    switch network {
    case .tcp: "TCP up"
    case .unix: "socket open"
    case .udp: "UDP open"
    case .pipe: "pipes open"
    }
  }

  static func isAlarming(_ rung: Ladder.Rung) -> Bool {
    if case .alert(let alert) = rung.kind { return !alert.isCloseNotify }
    return false
  }
}
