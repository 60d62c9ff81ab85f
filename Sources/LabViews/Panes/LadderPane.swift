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
    let parts = parts(rect, rows, pair, context)
    canvas.write(
      lines: LadderDetail.cut(parts.lines, to: parts.words.height, parts.words.width, context.glyphs),
      in: parts.words)
    drawLadder(&canvas, in: parts.ladder, rows, chosen(rows, context), pair, context)
  }

  package static func hiddenLines(_ context: PaneContext, in room: Size) -> Int {
    let rect = Rect(room)
    guard let pair = PaneConnection(context) else { return 0 }
    guard let both = ContrastPair(context), rect.width >= 2 * narrowestColumn + 2 else {
      let rows = rows(context)
      return hidden(rows.count, in: parts(rect, rows, pair, context).ladder.height)
    }
    let height = contrastParts(rect, both, context).ladders.height - 1
    return [both.left, both.right].compactMap(\.self).map { side in
      hidden(LadderRow.rows(Ladder(of: side.connection, in: context.lab).rungs).count, in: height)
    }.max() ?? 0
  }

  /// Rows that a ladder of a height has no lines for, below its head and above its legend.
  private static func hidden(_ count: Int, in height: Int) -> Int {
    max(0, count - (height - 1) + legendHeight(height - 1))
  }

  private static func legendHeight(_ room: Int) -> Int { room >= 18 ? 1 : 0 }

  static func chosen(_ rows: [LadderRow], _ context: PaneContext) -> Int? {
    context.selection.flatMap { rows.indices.contains($0) ? $0 : nil }
  }

  /// Where the ladder stands, and the words about one of its rows: beside it, or below it.
  private static func parts(
    _ rect: Rect, _ rows: [LadderRow], _ pair: PaneConnection, _ context: PaneContext
  ) -> (ladder: Rect, words: Rect, lines: [Line]) {
    let chosen = chosen(rows, context)
    let detail = LadderDetail(context: context, pair: pair)
    let about = subject(rows, chosen: chosen).map { rows[$0] }
    if rect.width >= besideWidth {
      let (left, right) = rect.splitLeft(min(widest, rect.width - 44))
      return (left, right.inset(2, 0), detail.lines(about, width: right.width - 3))
    }
    let column = Rect(x: rect.x, y: rect.y, width: min(rect.width, widest), height: rect.height)
    let words = detail.lines(about, width: column.width)
    // While nobody moves the bar, the ladder gets the lines that the words leave; a short one leaves them more.
    let most = detailHeight(rect.height)
    let free = rect.height - 1 - rows.count - legendHeight(rect.height - 1 - words.count)
    let (ladder, below) = column.splitBottom(
      max(chosen == nil ? min(most, words.count) : most, min(words.count, free)))
    return (ladder, below, words)
  }

  /// The row that words and bytes are about: the chosen one, otherwise the newest that is not held back. Where a
  /// failure is the news, that is the one of the end that decided.
  static func subject(_ rows: [LadderRow], chosen: Int?) -> Int? {
    if let chosen { return chosen }
    let newest = rows.lastIndex { $0.isTelling && $0.rung.travel != .held } ?? rows.lastIndex { $0.isTelling }
    guard let newest else { return rows.indices.last }
    return rows[newest].rung.isTrouble ? rows.lastIndex { $0.rung.isDecision } ?? newest : newest
  }

  /// The row that stays in sight: the subject, or below it the mark that TLS is up. Behind held messages nobody
  /// would see that one.
  private static func newest(_ rows: [LadderRow], chosen: Int?) -> Int? {
    guard let subject = subject(rows, chosen: chosen) else { return nil }
    guard chosen == nil, !rows[subject].rung.isTrouble else { return subject }
    return max(subject, rows.lastIndex { $0.rung.kind == .secured } ?? subject)
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
    let (room, legend) = rest.splitBottom(legendHeight(rest.height))
    canvas.write(line: pen.legend, x: legend.x, y: legend.y, clip: legend)
    let purposes = rows.map { pen.purpose($0) }
    let hasRoom = rows.count + purposes.count(where: { $0 != nil }) <= room.height
    // What is held back is news too: it stands below the newest that is not. So is that TLS is up.
    let news = endsAtNews ? rows.lastIndex { $0.isTelling || $0.rung.kind == .secured } : nil
    let start = news.map { max(0, $0 + 1 - room.height) } ?? rows.count
    var window = ScrollWindow(count: rows.count, height: room.height, offset: start)
    if let row = inSight ?? newest(rows, chosen: chosen) { window = window.showing(row) }
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
    case .message, .alert, .failed, .data, .unopened, .http: true
    case .inferred, .connected, .secured, .closed: false
    }
  }

  static func rows(_ rungs: [Ladder.Rung]) -> [LadderRow] {
    rungs.reduce(into: []) { rows, rung in
      if let last = rows.last, last.twin == nil, last.rung.isMark(like: rung), last.rung.side != rung.side {
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
  /// The failure of an end that decided it.
  fileprivate var isDecision: Bool {
    if case .failed(let failure) = kind { failure.decidedBy == .here } else { false }
  }

  /// Has something failed, or does a message say so?
  fileprivate var isTrouble: Bool {
    switch kind {
    case .failed: true
    case .alert(let alert): !alert.isCloseNotify
    case .inferred, .message, .data, .unopened, .http, .connected, .secured, .closed: false
    }
  }

  /// Do both sides say the same, in words short enough for one line?
  fileprivate func isMark(like other: Ladder.Rung) -> Bool {
    switch (kind, other.kind) {
    case (.connected, .connected), (.secured, .secured): kind == other.kind
    case (.closed(let one), .closed(let other)): one.manner == .clean && other.manner == .clean
    default: false
    }
  }
}
