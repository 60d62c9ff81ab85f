/// The rows of a longer list that are in sight.
package struct ScrollWindow: Hashable, Sendable {
  package let count: Int
  package let height: Int
  /// The first row in sight, never so far that the window shows less than it could.
  package let offset: Int

  package init(count: Int, height: Int, offset: Int = 0) {
    self.count = max(0, count)
    self.height = max(0, height)
    self.offset = min(max(0, offset), max(0, self.count - self.height))
  }

  /// The rows in sight.
  package var rows: Range<Int> { offset..<min(count, offset + height) }
  /// How many rows are out of sight on either side.
  package var above: Int { offset }
  package var below: Int { count - rows.upperBound }

  /// Moved as little as needed to bring one row into sight.
  package func showing(_ row: Int) -> ScrollWindow {
    if row < offset { return ScrollWindow(count: count, height: height, offset: row) }
    if row >= offset + height { return ScrollWindow(count: count, height: height, offset: row - height + 1) }
    return self
  }

  /// Moved by that many rows.
  package func scrolled(_ rows: Int) -> ScrollWindow {
    ScrollWindow(count: count, height: height, offset: offset + rows)
  }

  /// What the border says about the rows out of sight, and the keys that show them, `way` first; nil if all are in
  /// sight.
  package func note(_ glyphs: Glyphs = .unicode, way: String = "") -> String? {
    if below > 0 { return "\(glyphs.more) \(below) more \(glyphs.dot) \(way)PgDn" }
    if above > 0 { return "\(glyphs.less) \(above) above \(glyphs.dot) \(way)PgUp" }
    return nil
  }
}
