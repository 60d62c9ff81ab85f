extension Canvas {
  /// Writes spans one after the other from (x, y). `reversed` reverses all of them, as for a chosen row.
  /// Returns the column after the last cell.
  @discardableResult
  package mutating func write(
    line: Line, x: Int, y: Int, reversed: Bool = false, clip: Rect? = nil
  ) -> Int {
    line.reduce(x) { column, span in
      write(
        span.text, x: column, y: y, role: span.role, reversed: span.reversed != reversed, clip: clip)
    }
  }

  /// Writes lines below each other into a rectangle, from line `offset` on. Returns the row after the last.
  @discardableResult
  package mutating func write(lines: [Line], in rect: Rect, offset: Int = 0) -> Int {
    let visible = lines.dropFirst(max(0, offset)).prefix(rect.height)
    for (row, line) in visible.enumerated() {
      write(line: line, x: rect.x, y: rect.y + row, clip: rect)
    }
    return rect.y + visible.count
  }

  /// Lays another picture over this one, its upper left corner at (x, y). Its cursor replaces this one's.
  package mutating func overlay(_ other: Canvas, x: Int, y: Int) {
    for row in 0..<other.size.height {
      for column in 0..<other.size.width { put(other[column, row], x: x + column, y: y + row) }
    }
    if let cursor = other.cursor { self.cursor = (x + cursor.x, y + cursor.y) }
  }
}
