package import LabCanvas
import LabCatalog
import LabCore
import LabFacts

/// The kernel's table of the lab's sockets: whose each one is, and who chose its ports.
///
///       owner         local address        peer address     state    rq/sq  port chosen by
///       srv listen    127.0.0.1:7777       *                LISTEN   0/5    you
///     ▸ srv conn 3    127.0.0.1:7777   ↔   127.0.0.1:43804  ESTAB *  0/0    you ↔ kernel
///     ↔ cli3          127.0.0.1:43804  ↔   127.0.0.1:7777   ESTAB    0/0    kernel ↔ you
///
/// `▸` is the chosen row, `↔` before a row the other end of the same connection, `*` what changed within
/// the last two seconds. `earlier` is what an earlier run has left. Where states or queues had no room beside
/// addresses, the host that most have is left out: `:7777`.
package enum ConnectionsPane: PaneView {
  package static func title(_ context: PaneContext) -> String {
    let dot = context.glyphs.dot
    // The kernel is asked now and then: of the past it is known what it said last before that moment.
    if context.past != nil, context.lab.kernel != nil {
      let time = Seconds.text(context.lab.kernelReadAt).trimmed
      return "CONNECTIONS \(dot) kernel view, read at \(time) s"
    }
    let source = context.lab.kernel.map { " (\($0.source.rawValue))" } ?? ""
    let legend = table(context).rows.contains(where: \.isNew) ? " \(dot) * new" : ""
    return "CONNECTIONS \(dot) kernel view\(source)\(legend)"
  }

  package static func rowCount(_ context: PaneContext) -> Int { table(context).rows.count }

  package static func contentHeight(_ context: PaneContext, width: Int) -> Int {
    let count = table(context).rows.count
    return count == 0 ? emptyText(context, width: width).count : count + 1
  }

  package static func draw(_ canvas: inout Canvas, in rect: Rect, _ context: PaneContext) {
    let table = table(context)
    guard !table.rows.isEmpty else {
      canvas.write(lines: emptyText(context, width: rect.width), in: rect)
      return
    }
    let drawing = ConnectionRows.fitting(rect.width, table, context)
    let cells = table.rows.indices.map(drawing.cells)
    let layout = drawing.columns(cells, width: rect.width)
    let slots = layout.fit(cells, width: rect.width)
    canvas.write(line: layout.header(slots), x: rect.x, y: rect.y, clip: rect)
    var window = ScrollWindow(count: cells.count, height: rect.height - 1, offset: context.scroll)
    if let row = context.selection ?? drawing.pointedAt ?? drawing.wanted { window = window.showing(row) }
    for (place, row) in window.rows.enumerated() {
      let y = rect.y + 1 + place
      canvas.write(line: layout.line(cells[row], slots), x: rect.x, y: y, clip: rect)
      guard row == context.selection else { continue }
      canvas.restyle(
        Rect(x: rect.x, y: y, width: rect.width, height: 1), role: .selected, reversed: context.focused)
      if context.focused { canvas.cursor = (rect.x, y) }
    }
  }

  /// The row above the first one the lesson points at: there the way down begins.
  static func rowAbovePointedAt(_ context: PaneContext) -> Int {
    let rows = ConnectionRows(table: table(context), context: context, isNarrow: true)
    return (rows.firstPointedAt ?? 0) - 1
  }

  private static func table(_ context: PaneContext) -> KernelTable { KernelTable(context.lab) }

  private static func emptyText(_ context: PaneContext, width: Int) -> [Line] {
    let listening = context.lab.servers.values.compactMap(\.listening)
    let text =
      if context.lab.kernel == nil {
        "The kernel has not been asked yet."
      } else if listening.contains(where: { $0.network == .pipe }) {
        "The kernel has no socket of this lesson: its programs are joined by pipes."
      } else {
        "Nothing is listening: the kernel has no socket of this lesson."
      }
    return Text.wrap([Span(text, .dim)], width: width)
  }
}

/// The cells of each row.
struct ConnectionRows {
  let table: KernelTable
  let context: PaneContext
  let isNarrow: Bool
  /// The host that most addresses have, where it is left out of them.
  private let commonHost: String?
  private let mirror: Int?
  private let highlighted: Highlighted

  /// Addresses are whole, unless states or queues would have room beside short ones only.
  static func fitting(_ width: Int, _ table: KernelTable, _ context: PaneContext) -> ConnectionRows {
    let whole = ConnectionRows(table: table, context: context, isNarrow: isNarrow(width))
    let shown = whole.shown(width)
    guard shown.count < 2 else { return whole }
    let short = ConnectionRows(
      table: table, context: context, isNarrow: true, commonHost: commonHost(of: table))
    return short.shown(width).isSubset(of: shown) ? whole : short
  }

  /// Which of states and queues have room.
  private func shown(_ width: Int) -> Set<Int> {
    let cells = table.rows.indices.map(cells)
    let columns = columns(cells, width: width).fit(cells, width: width).map(\.column)
    return Set(columns).intersection([ConnectionRows.state, ConnectionRows.queues])
  }

  private static let state = 5
  private static let queues = 6

  private static func commonHost(of table: KernelTable) -> String? {
    let hosts = table.rows.map(\.socket.local).filter { !$0.isUnix }.map(\.host)
    // In the order of the rows, so that of two as frequent ones it is always the same.
    return hosts.max { one, other in hosts.count { $0 == one } < hosts.count { $0 == other } }
  }

  init(table: KernelTable, context: PaneContext, isNarrow: Bool, commonHost: String? = nil) {
    self.table = table
    self.isNarrow = isNarrow
    self.commonHost = commonHost
    self.context = context
    highlighted = Highlighted(context)
    mirror = context.selection.flatMap { row in
      table.rows.indices.contains(row) ? table.mirror(of: table.rows[row]) : nil
    }
  }

  private var glyphs: Glyphs { context.glyphs }

  static func isNarrow(_ width: Int) -> Bool { width < 84 }

  /// The state, and who chose the ports, are what the table is for: they are not clipped.
  func columns(_ cells: [[Line]], width: Int) -> Table {
    func widest(_ column: Int, least: Int = 1, limit: Int) -> Int {
      min(limit, cells.reduce(least) { max($0, $1[column].width) })
    }
    // Who chose the ports goes first: numbers and names are not cut for it. `[::ffff:127.0.0.1]:48612` is whole.
    return Table(
      [
        Table.Column("", minimum: 1, maximum: 1, priority: 9),
        Table.Column("owner", minimum: widest(1, least: 5, limit: 18), maximum: 18, priority: 8),
        Table.Column(
          isShort ? "local" : "local address", minimum: widest(2, least: isShort ? 5 : 13, limit: 24),
          maximum: 28, priority: 7),
        Table.Column("", minimum: 1, maximum: 3, priority: 2),
        Table.Column(
          isShort ? "peer" : "peer address", minimum: widest(4, least: isShort ? 4 : 12, limit: 24),
          maximum: 28, priority: 6),
        Table.Column("state", minimum: widest(5, limit: 12), maximum: 13, priority: 5),
        Table.Column("rq/sq", minimum: widest(6, least: 5, limit: 15), maximum: 15, priority: 4),
        Table.Column(
          isNarrow ? "port by" : "port chosen by", minimum: widest(7, limit: 15), maximum: 34,
          priority: 3),
      ], gap: 1, ellipsis: glyphs.ellipsis)
  }

  /// In a *try*: the last row of those whose programs the goal is about, otherwise of those that the step before
  /// pointed at.
  var wanted: Int? {
    guard let before = context.run?.beforeTry else { return nil }
    let pointedAt = Highlighted(before.highlight, context.lab)
    return table.rows.indices.last { table.rows[$0].actor.map(before.wanted.contains) ?? false }
      ?? table.rows.indices.last { isPointed(table.rows[$0], pointedAt) }
  }

  private var isShort: Bool { commonHost != nil }

  /// `:7777` where the host is everybody's.
  private func told(_ endpoint: Endpoint) -> String {
    endpoint.host == commonHost ? ":\(endpoint.port)" : "\(endpoint)"
  }

  /// The row the lesson points at.
  var pointedAt: Int? { table.rows.indices.last { isPointed(table.rows[$0]) } }
  var firstPointedAt: Int? { table.rows.indices.first { isPointed(table.rows[$0]) } }

  func cells(_ index: Int) -> [Line] {
    let row = table.rows[index]
    let socket = row.socket
    let isListening = socket.state == .listen
    return [
      marker(index), [Span(owner(row), role(row))], [Span(told(socket.local))],
      [Span(isListening ? "" : glyphs.both, .dim)], [Span(isListening ? "*" : told(socket.peer))],
      [Span(socket.state.name)] + (row.isNew ? [Span(" *", .notice)] : []),
      [Span("\(socket.receiveQueue)/\(socket.sendQueue)", isWaiting(socket) ? .notice : .text)],
      [Span(chosenBy(row))],
    ]
  }

  /// A listener's second number is how many may wait, not how many do.
  private func isWaiting(_ socket: KernelSocket) -> Bool {
    socket.receiveQueue > 0 || socket.state != .listen && socket.sendQueue > 0
  }

  private func marker(_ index: Int) -> Line {
    if index == context.selection { return [Span(glyphs.marker, .strong)] }
    if index == mirror { return [Span(glyphs.marks.mirror, .notice)] }
    return isPointed(table.rows[index]) ? [Span(glyphs.bullet, .notice)] : []
  }

  private func isPointed(_ row: KernelTable.Row) -> Bool { isPointed(row, highlighted) }

  private func isPointed(_ row: KernelTable.Row, _ highlighted: Highlighted) -> Bool {
    if row.socket.state == .listen { return row.actor.map(highlighted.has(actor:)) ?? false }
    return highlighted.has(row.end)
  }

  private func owner(_ row: KernelTable.Row) -> String { row.owner ?? "none" }

  private func role(_ row: KernelTable.Row) -> Role {
    switch row.holder {
    case .listener, .end: isPointed(row) ? .notice : .text
    case .waiting: .notice
    case .former, .earlier, .nobody: .dim
    }
  }

  /// `you ↔ kernel`: the local port's chooser, then the peer's.
  private func chosenBy(_ row: KernelTable.Row) -> String {
    guard let local = row.localChosenBy else { return glyphs.dash }
    let wanted = row.actor.flatMap { context.lab.servers[$0]?.listening?.preferredPort }
    switch (local, row.socket.state == .listen) {
    case (.fallback, true) where isNarrow: return "kernel (taken)"
    case (.fallback, true): return wanted.map { "kernel (\($0) taken)" } ?? "kernel (other taken)"
    case (_, true): return word(local)
    case (_, false):
      return [local, row.peerChosenBy].compactMap { $0.map(word) }.joined(
        separator: " \(glyphs.marks.chosenBy) ")
    }
  }

  private func word(_ chooser: PortChooser) -> String {
    switch chooser {
    case .configured: "you"
    case .fallback, .kernel: "kernel"
    }
  }
}
