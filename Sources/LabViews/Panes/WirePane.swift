package import LabCanvas
import LabCore
import LabFacts

/// What an eavesdropper sees: the records or chunks of one connection, and the bytes of the chosen one.
///
///       → ClientHello  313 B          0000  16           type: handshake
///     ▸ ← ServerHello  127 B          0001  03 03        version: TLS 1.2
///       ← Certificate  840 B          0003  00 7a        length: 122 bytes
///
/// Narrow: the list above, the bytes below. From 100 columns on, with a plain connection in the lab: its
/// newest bytes at the left, the chosen TLS record at the right, and the list above both.
package enum WirePane: PaneView {
  package static func title(_ context: PaneContext) -> String {
    guard let pair = PaneConnection(context) else { return "WIRE" }
    let entries = entries(context)
    let place =
      entries.isEmpty ? "" : " \(context.glyphs.dot) \(chosen(context, entries) + 1)/\(entries.count)"
    return "WIRE \(context.glyphs.dot) \(pair.name(context.glyphs))\(place)"
  }

  package static func rowCount(_ context: PaneContext) -> Int { entries(context).count }

  package static func contentHeight(_ context: PaneContext, width: Int) -> Int {
    let entries = entries(context)
    guard !entries.isEmpty else { return 1 }
    let bytes = wireBytes(entries[chosen(context, entries)], context)
    return min(entries.count, 3) + 1 + bytes.count(width: width)
  }

  /// Of the bytes: the list shows what stands around the chosen row.
  package static func hiddenLines(_ context: PaneContext, in room: Size) -> Int {
    let entries = entries(context)
    guard !entries.isEmpty, let pair = PaneConnection(context) else { return 0 }
    let index = chosen(context, entries)
    let part = Division(Rect(room), entries, index, pair, context).bytes
    return max(0, wireBytes(entries[index], context).count(width: part.width) - part.height)
  }

  package static func draw(_ canvas: inout Canvas, in rect: Rect, _ context: PaneContext) {
    let entries = entries(context)
    guard !entries.isEmpty, let pair = PaneConnection(context) else {
      let text = "No bytes yet. They show up here as they cross the wire, both ways."
      canvas.write(lines: Text.wrap([Span(text, .dim)], width: rect.width), in: rect)
      return
    }
    let index = chosen(context, entries)
    let list = WireList(entries: entries, chosen: index, pair: pair, context: context)
    let parts = Division(rect, entries, index, pair, context)
    list.draw(&canvas, in: parts.list)
    guard let plain = parts.plain else { return bytes(&canvas, in: parts.bytes, entries[index], context) }
    sideBySide(&canvas, in: parts.rest, parts.bytes, entries[index], pair, plain, context)
  }

  /// What stands where.
  private struct Division {
    let list: Rect
    /// Everything but the list.
    let rest: Rect
    /// The bytes of the chosen record.
    let bytes: Rect
    /// Whose bytes stand beside them.
    var plain: PaneConnection?

    init(
      _ rect: Rect, _ entries: [EndState.WireEntry], _ chosen: Int, _ pair: PaneConnection,
      _ context: PaneContext
    ) {
      let count = entries.count
      if rect.width >= 100, pair.isTLS, let plain = PaneConnection.plain(context) {
        (list, rest) = rect.splitTop(min(max(2, rect.height / 4), count, 6))
        let right = rest.splitLeft((rest.width - 2) / 2).rest
        let room = Rect(x: right.x + 2, y: right.y, width: right.width - 2, height: right.height)
        bytes = room.splitTop(1).rest
        self.plain = plain
      } else if rect.width >= 70 {
        (list, rest) = rect.splitLeft(26)
        bytes = Rect(x: rest.x + 1, y: rest.y, width: rest.width - 1, height: rest.height)
      } else {
        // A third is the list's, and what the bytes leave.
        let free = rect.height - wireBytes(entries[chosen], context).count(width: rect.width)
        (list, rest) = rect.splitTop(min(max(1, min(8, rect.height / 3), free), count))
        bytes = rest
      }
    }
  }

  static func entries(_ context: PaneContext) -> [EndState.WireEntry] {
    PaneConnection(context)?.viewer?.wire.elements ?? []
  }

  private static func wireBytes(_ entry: EndState.WireEntry, _ context: PaneContext) -> WireBytes {
    let viewer = PaneConnection(context)?.viewer
    return WireBytes(
      entry.segment, inside: viewer?.inside(entry), isHeld: viewer?.holds(entry) ?? false, context: context)
  }

  private static func chosen(_ context: PaneContext, _ entries: [EndState.WireEntry]) -> Int {
    min(max(0, context.selection ?? entries.count - 1), entries.count - 1)
  }

  /// The plain pair's newest bytes of the same direction beside the chosen TLS record.
  private static func sideBySide(
    _ canvas: inout Canvas, in rect: Rect, _ room: Rect, _ entry: EndState.WireEntry, _ pair: PaneConnection,
    _ plain: PaneConnection, _ context: PaneContext
  ) {
    let left = rect.splitLeft((rect.width - 2) / 2).left
    let twin = plain.viewer?.wire.elements.last { $0.direction == entry.direction }
    let head = Rect(x: room.x, y: room.y - 1, width: room.width, height: 1)
    heading(&canvas, in: left, "PLAIN", plain, twin, .plain, context)
    heading(&canvas, in: head, "TLS", pair, entry, .encrypted, context)
    if let twin { bytes(&canvas, in: left.splitTop(1).rest, twin, context, scrolls: false) }
    bytes(&canvas, in: room, entry, context)
  }

  private static func heading(
    _ canvas: inout Canvas, in rect: Rect, _ name: String, _ pair: PaneConnection,
    _ entry: EndState.WireEntry?, _ role: Role, _ context: PaneContext
  ) {
    var line = PartLine("\(name) \(pair.name(context.glyphs))", role)
    let words = entry.map { WireList.words($0, of: pair.viewer?.side, context.glyphs) }
    line.add(words ?? "nothing this way yet", weight: 5)
    canvas.write(line: line.fit(rect.width, context.glyphs), x: rect.x, y: rect.y, clip: rect)
  }

  private static func bytes(
    _ canvas: inout Canvas, in rect: Rect, _ entry: EndState.WireEntry, _ context: PaneContext,
    scrolls: Bool = true
  ) {
    let bytes = wireBytes(entry, context)
    let offset = scrolls ? offset(bytes, in: rect, context) : 0
    let lines = bytes.lines(width: rect.width, shown: offset..<offset + rect.height)
    canvas.write(lines: lines, in: rect, offset: offset)
  }

  /// The first line of the bytes that a pane of this size shows.
  static func offset(in rect: Rect, _ context: PaneContext) -> Int {
    let entries = entries(context)
    guard !entries.isEmpty, let pair = PaneConnection(context) else { return 0 }
    let index = chosen(context, entries)
    let bytes = wireBytes(entries[index], context)
    let room = Division(rect, entries, index, pair, context).bytes
    return offset(bytes, in: room, context)
  }

  /// With a byte to keep in sight: its line, and what stands around it.
  private static func offset(_ bytes: WireBytes, in rect: Rect, _ context: PaneContext) -> Int {
    let line = context.byteInSight.flatMap { bytes.line(of: $0, width: rect.width) }
    let offset = line.map { $0 - rect.height / 2 } ?? context.scroll
    return ScrollWindow(count: bytes.count(width: rect.width), height: rect.height, offset: offset).offset
  }
}

/// The records and chunks to choose from.
struct WireList {
  let entries: [EndState.WireEntry]
  let chosen: Int
  let pair: PaneConnection
  let context: PaneContext

  func draw(_ canvas: inout Canvas, in rect: Rect) {
    let glyphs = context.glyphs
    let window = ScrollWindow(count: entries.count, height: rect.height, offset: chosen - rect.height / 2)
      .showing(chosen)
    for (place, index) in window.rows.enumerated() {
      let entry = entries[index]
      let y = rect.y + place
      let isChosen = index == chosen
      let mark = isChosen ? glyphs.marker : " "
      let isHeld = pair.viewer?.holds(entry) ?? false
      let words = WireList.words(entry, of: pair.viewer?.side, glyphs, isHeld: isHeld)
      let role = isHeld ? .notice : WireList.role(entry)
      let line = Line([Span("\(mark) "), Span(words, role)])
      canvas.write(
        line: Text.clip(line, width: rect.width, ellipsis: glyphs.ellipsis), x: rect.x, y: y,
        reversed: isChosen && context.focused, clip: rect)
      if isChosen, context.focused { canvas.cursor = (rect.x, y) }
    }
  }

  /// `→ ClientHello  313 B`, seen from the client, whichever end reports it. What is held has no arrow yet.
  static func words(
    _ entry: EndState.WireEntry, of viewer: Side?, _ glyphs: Glyphs, isHeld: Bool = false
  ) -> String {
    let isClients = (entry.direction == .sent) == (viewer != .server)
    let arrow = isHeld ? "held" : isClients ? glyphs.to : glyphs.from
    let words = entry.segment.words
    return "\(arrow) \(entry.segment.bytes.total) \(words == "bytes" ? words : "B \(words)")"
  }

  static func role(_ entry: EndState.WireEntry) -> Role {
    if case .record(_, _, let encrypted) = entry.segment.kind, encrypted { return .encrypted }
    return .plain
  }
}
