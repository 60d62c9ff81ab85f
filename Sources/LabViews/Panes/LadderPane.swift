package import LabCanvas
import LabCore
import LabFacts

/// The messages of one connection between two lifelines, in their order.
///
///     client 51586                 server 7443
///     │ SYN inferred ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌▶│
///     ├ TCP up                        TCP up ┤
///     │ ClientHello 317 B ══════════════════▶│
///     │   offers versions, suites, key shares│
///     │◀══════════════════ ServerHello 122 B │
///     │◀▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒ Certificate 512 B │
///     │                    held ▌▒ Finished  │
///     ├ ✘ unknown-ca  decided here           │
///
/// Beside it where it is wide, below it otherwise: what the chosen message is for, and what it says.
package enum LadderPane: PaneView {
  /// A ladder wider than this is harder to follow, not easier.
  private static let widest = 76
  private static let besideWidth = 100

  package static func title(_ context: PaneContext) -> String {
    guard let pair = PaneConnection(context) else { return "LADDER" }
    if ContrastPair(context) != nil { return "LADDERS SIDE BY SIDE" }
    let kind = pair.isTLS ? "HANDSHAKE LADDER" : "LADDER"
    return "\(kind) \(context.glyphs.dot) \(pair.name(context.glyphs))"
  }

  package static func rowCount(_ context: PaneContext) -> Int { rows(context).count }

  package static func contentHeight(_ context: PaneContext, width: Int) -> Int {
    let count = rows(context).count
    guard let pair = ContrastPair(context) else { return count == 0 ? 1 : count + 1 }
    let others = [pair.left, pair.right].map { side in
      side.map { LadderRow.rows(Ladder(of: $0.connection, in: context.lab).rungs).count } ?? 0
    }
    return max(count, others.max() ?? 0) + 2
  }

  package static func draw(_ canvas: inout Canvas, in rect: Rect, _ context: PaneContext) {
    guard let pair = PaneConnection(context) else {
      let text = Span("No connection yet. The ladder grows with the first one.", .dim)
      canvas.write(lines: Text.wrap([text], width: rect.width), in: rect)
      return
    }
    if let both = ContrastPair(context), rect.width >= 2 * narrowestColumn + 2 {
      return drawContrast(&canvas, in: rect, both, context)
    }
    let rows = rows(context)
    let chosen = context.selection.flatMap { rows.indices.contains($0) ? $0 : nil }
    let detail = LadderDetail(context: context, pair: pair)
    let about = subject(rows, chosen: chosen).map { rows[$0] }
    if rect.width >= besideWidth {
      let (left, right) = rect.splitLeft(min(widest, rect.width - 44))
      canvas.write(lines: detail.lines(about, width: right.width - 3), in: right.inset(2, 0))
      drawLadder(&canvas, in: left, rows, chosen, pair, context)
      return
    }
    let column = Rect(x: rect.x, y: rect.y, width: min(rect.width, widest), height: rect.height)
    let words = detail.lines(about, width: column.width)
    // While nobody moves the bar, the ladder gets the lines that the words leave.
    let most = detailHeight(rect.height)
    let (ladder, below) = column.splitBottom(chosen == nil ? min(most, words.count) : most)
    canvas.write(lines: LadderDetail.cut(words, to: below.height, below.width, context.glyphs), in: below)
    drawLadder(&canvas, in: ladder, rows, chosen, pair, context)
  }

  /// The row that words and bytes are about: the chosen one, otherwise the newest that is not held back.
  static func subject(_ rows: [LadderRow], chosen: Int?) -> Int? {
    chosen ?? rows.lastIndex { $0.isTelling && $0.rung.travel != .held }
      ?? rows.lastIndex { $0.isTelling } ?? rows.indices.last
  }

  static func rows(_ context: PaneContext) -> [LadderRow] {
    guard let pair = PaneConnection(context) else { return [] }
    return LadderRow.rows(Ladder(of: pair.connection, in: context.lab).rungs)
  }

  static func detailHeight(_ height: Int) -> Int {
    if height >= 26 { return 8 }
    if height >= 16 { return 5 }
    return height >= 8 ? 2 : height >= 6 ? 1 : 0
  }

  static func drawLadder(
    _ canvas: inout Canvas, in rect: Rect, _ rows: [LadderRow], _ chosen: Int?, _ pair: PaneConnection,
    _ context: PaneContext, endsAtNews: Bool = false, inSight: Int? = nil
  ) {
    let pen = LadderPen(width: rect.width, glyphs: context.glyphs, isVersion13: pair.isVersion13)
    let (head, rest) = rect.splitTop(1)
    canvas.write(line: pen.header(pair), x: head.x, y: head.y, clip: head)
    let (room, legend) = rest.splitBottom(rest.height >= 18 ? 1 : 0)
    canvas.write(line: pen.legend, x: legend.x, y: legend.y, clip: legend)
    let purposes = rows.map { pen.purpose($0) }
    let hasRoom = rows.count + purposes.count(where: { $0 != nil }) <= room.height
    // What is held back is news too: it stands below the newest that is not.
    let news = endsAtNews ? rows.lastIndex { $0.isTelling } : nil
    let start = news.map { max(0, $0 + 1 - room.height) } ?? rows.count
    var window = ScrollWindow(count: rows.count, height: room.height, offset: start)
    if let row = inSight ?? subject(rows, chosen: chosen) { window = window.showing(row) }
    var y = room.y
    for index in window.rows {
      canvas.write(line: pen.line(rows[index]), x: room.x, y: y, clip: room)
      if index == chosen {
        canvas.restyle(
          Rect(x: room.x + 1, y: y, width: rect.width - 2, height: 1), role: .selected,
          reversed: context.focused)
        if context.focused { canvas.cursor = (room.x, y) }
      }
      y += 1
      if hasRoom, let purpose = purposes[index] {
        canvas.write(line: purpose, x: room.x, y: y, clip: room)
        y += 1
      }
    }
  }
}

/// One line of the ladder: a rung, or two marks that stand beside each other.
struct LadderRow: Equatable {
  var rung: Ladder.Rung
  /// The same mark at the other side, right after it.
  var twin: Ladder.Rung?

  /// Does it tell something of its own?
  var isTelling: Bool {
    switch rung.kind {
    case .message, .alert, .failed, .data, .http: true
    case .inferred, .connected, .secured, .closed: false
    }
  }

  static func rows(_ rungs: [Ladder.Rung]) -> [LadderRow] {
    rungs.reduce(into: []) { rows, rung in
      if rung.isUp, let last = rows.last, last.twin == nil, last.rung.kind == rung.kind,
        last.rung.side != rung.side
      {
        rows[rows.count - 1].twin = rung
      } else {
        rows.append(LadderRow(rung: rung))
      }
    }
  }
}

extension PaneConnection {
  /// Did the server choose TLS 1.3?
  var isVersion13: Bool {
    if let agreed = client?.tls.established ?? server?.tls.established {
      return agreed.version >= TLSVersion.tls13.number
    }
    let hellos = [client, server].compactMap { $0 }.flatMap { $0.tls.messagesSent + $0.tls.messagesReceived }
    return hellos.contains { $0.type == 2 && $0.values(.versions).contains("TLS 1.3") }
  }
}

extension Ladder.Rung {
  fileprivate var isUp: Bool {
    switch kind {
    case .connected, .secured: true
    case .inferred, .message, .alert, .data, .http, .failed, .closed: false
    }
  }
}
