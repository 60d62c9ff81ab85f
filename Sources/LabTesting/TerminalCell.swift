/// How a terminal shows a cell. Colours are 0 to 255; nil is the terminal's own.
package struct TerminalStyle: Hashable, Sendable {
  package var foreground: Int?
  package var background: Int?
  package var isBold = false
  package var isDim = false
  package var isItalic = false
  package var isUnderlined = false
  package var isReversed = false

  package init() {}
}

/// One cell of the emulated terminal.
package struct TerminalCell: Hashable, Sendable {
  /// Empty in the right half of a wide character.
  package var text = " "
  package var style = TerminalStyle()
}

/// A screenful of cells.
package struct TerminalGrid: Hashable, Sendable {
  package private(set) var width: Int
  package private(set) var height: Int
  private var rows: [[TerminalCell]]

  package init(width: Int, height: Int) {
    self.width = width
    self.height = height
    rows = Array(repeating: Array(repeating: TerminalCell(), count: width), count: height)
  }

  package subscript(x: Int, y: Int) -> TerminalCell {
    get { rows.indices.contains(y) && x >= 0 && x < width ? rows[y][x] : TerminalCell() }
    set { if rows.indices.contains(y) && x >= 0 && x < width { rows[y][x] = newValue } }
  }

  /// The text without trailing spaces.
  package var lines: [String] {
    rows.map { row in
      var line = row.map(\.text).joined()
      while line.last == " " { line.removeLast() }
      return line
    }
  }

  mutating func resize(width: Int, height: Int) {
    let blank = TerminalCell()
    rows = (0..<height).map { y in
      let row = rows.indices.contains(y) ? rows[y] : []
      return Array(row.prefix(width)) + Array(repeating: blank, count: max(0, width - row.count))
    }
    self.width = width
    self.height = height
  }

  mutating func clear(_ y: Int, _ columns: Range<Int>, _ blank: TerminalCell) {
    for x in columns { self[x, y] = blank }
  }

  /// Moves the rows of a region up, or down for a negative count; blank rows follow.
  mutating func scroll(_ region: Range<Int>, by count: Int, _ blank: TerminalCell) {
    let empty = Array(repeating: blank, count: width)
    let moved = region.map { y in region.contains(y + count) ? rows[y + count] : empty }
    rows.replaceSubrange(region, with: moved)
  }

  mutating func insertCells(_ count: Int, x: Int, y: Int, _ blank: TerminalCell) {
    for column in stride(from: width - 1, through: x, by: -1) {
      self[column, y] = column - count >= x ? self[column - count, y] : blank
    }
  }

  mutating func deleteCells(_ count: Int, x: Int, y: Int, _ blank: TerminalCell) {
    for column in x..<max(x, width) {
      self[column, y] = column + count < width ? self[column + count, y] : blank
    }
  }
}
