import LabCanvas

/// A list whose rows may have several lines, with lines between them that can't be chosen.
struct ListText: Equatable {
  private struct Entry: Equatable {
    let line: Line
    let row: Int?
  }

  private var entries: [Entry] = []

  var count: Int { entries.count }

  /// Lines that can't be chosen.
  mutating func add(note lines: [Line]) { entries += lines.map { Entry(line: $0, row: nil) } }

  /// The lines of one row.
  mutating func add(row: Int, _ lines: [Line]) { entries += lines.map { Entry(line: $0, row: row) } }

  /// The lines in sight, the chosen row whole among them where it has room.
  func window(height: Int, chosen: Int) -> ScrollWindow {
    let window = ScrollWindow(count: entries.count, height: height)
    guard let first = entries.firstIndex(where: { $0.row == chosen }),
      let last = entries.lastIndex(where: { $0.row == chosen })
    else { return window }
    // What is said above the first row stays in sight with it.
    let start = entries[..<first].contains { $0.row != nil } ? first : 0
    return window.showing(last).showing(last < height ? start : first)
  }

  func draw(
    _ canvas: inout Canvas, _ room: Rect, _ window: ScrollWindow, chosen: Int, focused: Bool,
    _ glyphs: Glyphs
  ) {
    for (y, index) in window.rows.enumerated() {
      let entry = entries[index]
      guard let row = entry.row else {
        let line = Text.clip(entry.line, width: room.width, ellipsis: glyphs.ellipsis)
        canvas.write(line: line, x: room.x, y: room.y + y, clip: room)
        continue
      }
      let isFirst = index == 0 || entries[index - 1].row != row
      ListRow.draw(
        &canvas, room, y, entry.line, chosen: row == chosen, focused: focused, marked: isFirst, glyphs)
    }
  }
}

/// One row of a list in a box.
enum ListRow {
  /// The chosen row has the marker, and is reversed where the list has the focus.
  static func draw(
    _ canvas: inout Canvas, _ room: Rect, _ row: Int, _ line: Line, chosen: Bool, focused: Bool,
    marked isMarked: Bool = true, _ glyphs: Glyphs
  ) {
    let marked = [Span(chosen && isMarked ? glyphs.marker + " " : "  ", .strong)] + line
    let padded = Text.pad(marked, width: room.width, ellipsis: glyphs.ellipsis)
    canvas.write(line: padded, x: room.x, y: room.y + row, clip: room)
    guard chosen, focused else { return }
    canvas.restyle(
      Rect(x: room.x, y: room.y + row, width: room.width, height: 1), role: .selected, reversed: true)
    if isMarked { canvas.cursor = (room.x, room.y + row) }
  }
}
