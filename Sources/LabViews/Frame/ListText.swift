import LabCanvas

/// A list whose rows may have several lines, with lines between them that can't be chosen.
struct ListText: Equatable {
  private struct Entry: Equatable {
    enum Kind: Equatable {
      case note
      case head
      case row(Int)
    }

    let line: Line
    let kind: Kind

    var row: Int? {
      if case .row(let row) = kind { return row }
      return nil
    }
  }

  private var entries: [Entry] = []

  var count: Int { entries.count }

  /// Lines that can't be chosen.
  mutating func add(note lines: [Line]) { entries += lines.map { Entry(line: $0, kind: .note) } }

  /// Says whose rows follow; stays in sight as the topmost line while they are scrolled through.
  mutating func add(head line: Line) { entries.append(Entry(line: line, kind: .head)) }

  /// The lines of one row.
  mutating func add(row: Int, _ lines: [Line]) { entries += lines.map { Entry(line: $0, kind: .row(row)) } }

  /// The lines in sight, the chosen row whole among them where it has room.
  func window(height: Int, chosen: Int) -> ScrollWindow {
    let window = ScrollWindow(count: entries.count, height: height)
    guard let first = entries.firstIndex(where: { $0.row == chosen }),
      let last = entries.lastIndex(where: { $0.row == chosen })
    else { return window }
    // What is said above the first row stays in sight with it.
    let isFirst = !entries[..<first].contains { $0.row != nil }
    guard last >= height || !isFirst else { return window.showing(last).showing(0) }
    // The topmost line may be a head's: there is one more for it.
    let hasHead = entries[..<first].contains { $0.kind == .head } && last - first + 1 < height
    return window.showing(last).showing(hasHead ? first - 1 : first)
  }

  /// What stands in the topmost line: whose rows they are, where that line has scrolled away.
  private func top(_ index: Int, chosen: Int) -> Int {
    guard entries[index].row != chosen else { return index }
    return entries[...index].lastIndex { $0.kind == .head } ?? index
  }

  func draw(
    _ canvas: inout Canvas, _ room: Rect, _ window: ScrollWindow, chosen: Int, focused: Bool,
    _ glyphs: Glyphs
  ) {
    for (y, index) in window.rows.enumerated() {
      let entry = entries[y == 0 ? top(index, chosen: chosen) : index]
      guard let row = entry.row else {
        if entry.kind == .head {
          ListRow.draw(&canvas, room, y, entry.line, chosen: false, focused: focused, glyphs)
          continue
        }
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
