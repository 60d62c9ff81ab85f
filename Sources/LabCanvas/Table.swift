/// Columns of text side by side. Where there is not enough room, columns shrink to their minimum, then the
/// least important ones are left out.
package struct Table: Hashable, Sendable {
  /// One column: its title and how wide it may be.
  package struct Column: Hashable, Sendable {
    package var title: String
    package var minimum: Int
    package var maximum: Int
    /// The higher, the longer the column stays.
    package var priority: Int
    package var alignment: Text.Alignment

    package init(
      _ title: String, minimum: Int = 1, maximum: Int = .max, priority: Int = 0,
      alignment: Text.Alignment = .left
    ) {
      self.title = title
      self.minimum = max(1, minimum)
      self.maximum = max(self.minimum, maximum)
      self.priority = priority
      self.alignment = alignment
    }
  }

  /// A column that is shown: its index, where it starts, how wide it is.
  package struct Slot: Hashable, Sendable {
    package var column: Int
    package var x: Int
    package var width: Int
  }

  package var columns: [Column]
  package var gap: Int
  package var ellipsis: String

  package init(_ columns: [Column], gap: Int = 2, ellipsis: String = "…") {
    self.columns = columns
    self.gap = gap
    self.ellipsis = ellipsis
  }

  /// Decides which columns are shown, and how wide, for these rows in that many columns.
  package func fit(_ rows: [[Line]], width: Int) -> [Slot] {
    var widths = columns.indices.map { natural($0, rows) }
    var shown = Array(columns.indices)
    while shown.count > 1, total(shown, \.minimum) > width, let least = leastImportant(shown) {
      shown.removeAll { $0 == least }
    }
    shrink(&widths, shown, to: width)
    var x = 0
    return shown.map { column in
      defer { x += widths[column] + gap }
      return Slot(column: column, x: x, width: min(widths[column], max(0, width - x)))
    }
  }

  /// The line of titles.
  package func header(_ slots: [Slot], role: Role = .dim) -> Line {
    line(columns.map { [Span($0.title, role)] }, slots)
  }

  /// One row. Missing cells are empty.
  package func line(_ row: [Line], _ slots: [Slot]) -> Line {
    var line: Line = []
    for slot in slots {
      if line.width < slot.x { line.append(Span(String(repeating: " ", count: slot.x - line.width))) }
      let cell = row.indices.contains(slot.column) ? row[slot.column] : []
      line += Text.pad(
        cell, width: slot.width, alignment: columns[slot.column].alignment, ellipsis: ellipsis)
    }
    return line
  }

  /// Is there more in a row than these slots show?
  package func cuts(_ row: [Line], _ slots: [Slot]) -> Bool {
    row.indices.contains { column in
      row[column].width > (slots.first { $0.column == column }?.width ?? 0)
    }
  }

  /// Titles and rows of plain text, fitted at once.
  package func lines(_ rows: [[String]], width: Int) -> [Line] {
    let cells = rows.map { row in row.map { text in [Span(text)] } }
    let slots = fit(cells, width: width)
    return [header(slots)] + cells.map { line($0, slots) }
  }

  private func natural(_ column: Int, _ rows: [[Line]]) -> Int {
    let widest = rows.reduce(DisplayWidth.of(columns[column].title)) {
      max($0, $1.indices.contains(column) ? $1[column].width : 0)
    }
    return min(max(widest, columns[column].minimum), columns[column].maximum)
  }

  private func total(_ shown: [Int], _ width: (Column) -> Int) -> Int {
    shown.reduce(gap * max(0, shown.count - 1)) { $0 + width(columns[$1]) }
  }

  private func leastImportant(_ shown: [Int]) -> Int? {
    shown.reversed().min { columns[$0].priority < columns[$1].priority }
  }

  private func shrink(_ widths: inout [Int], _ shown: [Int], to width: Int) {
    var excess = shown.reduce(gap * max(0, shown.count - 1)) { $0 + widths[$1] } - width
    while excess > 0 {
      let spare = shown.filter { widths[$0] > columns[$0].minimum }
      guard let widest = spare.max(by: { widths[$0] < widths[$1] }) else { return }
      widths[widest] -= 1
      excess -= 1
    }
  }
}
