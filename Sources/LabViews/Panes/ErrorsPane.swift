package import LabCanvas
import LabCatalog
import LabCore
import LabFacts

/// The failures of the run in their order: where each was noticed, when, what it is and who decided.
///
///       who         failure       when                   decided by  number
///     ▸ tcli        unknown-ca    after the certificate  here        verify 20
///       tsrv #1     peer-unknown… after the certificate  the peer    alert 48 unknown_ca
package enum ErrorsPane: PaneView {
  package static func title(_ context: PaneContext) -> String { "ERRORS \(context.lab.failures.total)" }
  package static func rowCount(_ context: PaneContext) -> Int { context.lab.failures.elements.count }

  package static func contentHeight(_ context: PaneContext, width: Int) -> Int {
    max(1, rowCount(context) + 1)
  }

  package static func draw(_ canvas: inout Canvas, in rect: Rect, _ context: PaneContext) {
    let entries = context.lab.failures.elements
    guard !entries.isEmpty else {
      let text = "No errors. When something fails, this says which end noticed it and which one decided."
      canvas.write(lines: Text.wrap([Span(text, .dim)], width: rect.width), in: rect)
      return
    }
    let chosen = chosen(context) ?? 0
    let isNarrow = rect.width < 90
    let isTight = rect.width < 50
    let hasNumbers = entries.contains { FailureWords.number($0.failure) != nil }
    let cells = entries.indices.map {
      let cells = row(
        entries[$0], isChosen: $0 == chosen, context, isNarrow: isNarrow, isTight: isTight)
      return hasNumbers ? cells : cells.dropLast()
    }
    let table = columns(
      cells, context.glyphs, isNarrow: isNarrow, isTight: isTight, hasRoom: rect.width >= 70)
    let slots = table.fit(cells, width: rect.width)
    canvas.write(line: table.header(slots), x: rect.x, y: rect.y, clip: rect)
    let window = ScrollWindow(count: cells.count, height: rect.height - 1, offset: cells.count).showing(
      chosen)
    for (place, index) in window.rows.enumerated() {
      let y = rect.y + 1 + place
      canvas.write(
        line: table.line(cells[index], slots), x: rect.x, y: y, reversed: index == chosen && context.focused,
        clip: rect)
      if index == chosen, context.focused { canvas.cursor = (rect.x, y) }
    }
    guard table.cuts(cells[chosen], slots) else { return }
    let below = Rect(
      x: rect.x, y: rect.y + 1 + window.rows.count, width: rect.width,
      height: rect.height - 1 - window.rows.count)
    detail(entries[chosen], &canvas, in: below, context)
  }

  /// The chosen failure in full, where the columns had to cut it and there is room below them.
  private static func detail(
    _ entry: LabState.FailureEntry, _ canvas: inout Canvas, in rect: Rect, _ context: PaneContext
  ) {
    let text = FailureWords.sentence(entry, context.lab)
    let lines = Text.wrap([Span("\(context.glyphs.marker) \(text)", .dim)], width: rect.width)
    guard rect.height > lines.count else { return }
    canvas.write(lines: [[]] + lines, in: rect)
  }

  /// The row with the mark: where the person moved it, what the lesson points at, otherwise the newest.
  static func chosen(_ context: PaneContext) -> Int? {
    let entries = context.lab.failures.elements
    guard !entries.isEmpty else { return nil }
    let row = context.selection ?? pointedAt(entries, context) ?? entries.count - 1
    return min(max(0, row), entries.count - 1)
  }

  /// The row the lesson points at. Nothing while it asks for a row: it does not answer itself.
  static func pointedAt(_ entries: [LabState.FailureEntry], _ context: PaneContext) -> Int? {
    if case .answer(let question) = context.run?.awaiting, case .point = question.form { return nil }
    let highlighted = Highlighted(context)
    return entries.lastIndex { entry in
      entry.end.map { highlighted.has($0) } ?? highlighted.has(actor: entry.actor)
    }
  }

  /// Number and name are what failures are told apart by: `when` goes first where there is no room.
  private static func columns(
    _ cells: [[Line]], _ glyphs: Glyphs, isNarrow: Bool, isTight: Bool, hasRoom: Bool
  ) -> Table {
    func widest(_ column: Int, least: Int = 1, limit: Int) -> Int {
      min(limit, cells.reduce(least) { max($0, $1[column].width) })
    }
    var columns = [
      Table.Column("", minimum: 1, maximum: 1, priority: 8),
      Table.Column("who", minimum: max(6, widest(1, limit: 11)), maximum: 16, priority: 7),
      Table.Column(
        "failure", minimum: widest(2, least: 10, limit: hasRoom ? 26 : isTight ? 10 : 12), maximum: 26,
        priority: 6),
      Table.Column("when", minimum: widest(3, limit: 22), maximum: 22, priority: 2),
      Table.Column(isNarrow ? "by" : "decided by", minimum: widest(4, limit: 10), maximum: 10, priority: 5),
    ]
    // A column that nobody has anything for would only take room from the others.
    if cells.allSatisfy({ $0.count > columns.count }) {
      let least = widest(5, limit: isTight ? 10 : isNarrow ? 8 + DisplayWidth.of(glyphs.ellipsis) : 28)
      columns.append(Table.Column("number", minimum: least, maximum: 34, priority: 4))
    }
    return Table(columns, gap: 1, ellipsis: glyphs.ellipsis)
  }

  private static func row(
    _ entry: LabState.FailureEntry, isChosen: Bool, _ context: PaneContext, isNarrow: Bool, isTight: Bool
  ) -> [Line] {
    let failure = entry.failure
    return [
      [Span(isChosen ? context.glyphs.marker : "")],
      [Span(EventWords.who(entry.end, entry.actor, context.lab))],
      [Span(failure.code.rawValue, .failure)],
      [Span(isNarrow ? FailureWords.shortWhen(failure) : FailureWords.when(failure))],
      [Span(decider(failure.decidedBy, isNarrow: isNarrow))],
      [Span(number(failure, isTight: isTight), isChosen ? .plain : .dim)],
    ]
  }

  /// An alert's name goes before the failure's is cut.
  private static func number(_ failure: Failure, isTight: Bool) -> String {
    let words = FailureWords.number(failure) ?? ""
    return isTight ? words.split(separator: " ").prefix(2).joined(separator: " ") : words
  }

  private static func decider(_ decider: Failure.Decider, isNarrow: Bool) -> String {
    switch decider {
    case .here: isNarrow ? "here" : "this end"
    case .peer: isNarrow ? "peer" : "the peer"
    case .kernel: isNarrow ? "kernel" : "the kernel"
    }
  }
}
