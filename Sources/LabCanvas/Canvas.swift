/// One character cell.
package struct Cell: Hashable, Sendable {
  /// One character of display width 1 or 2. A wide character is followed by a `continuation` cell.
  package var character: Character
  package var role: Role
  package var reversed: Bool

  package init(_ character: Character, _ role: Role = .text, reversed: Bool = false) {
    self.character = character
    self.role = role
    self.reversed = reversed
  }

  package static let blank = Cell(" ")
  /// The right half of a wide character.
  package static let continuation = Cell("\u{0}")
  package var isContinuation: Bool { character == "\u{0}" }
}

/// A grid of cells: the only thing between the views and whatever shows them. Drawing outside it is clipped.
package struct Canvas: Equatable, Sendable {
  package let size: Size
  package private(set) var cells: [Cell]
  /// Where the hardware cursor is parked, for screen readers: on the focused row.
  package var cursor: (x: Int, y: Int)?

  package init(_ size: Size) {
    self.size = size
    cells = Array(repeating: .blank, count: size.width * size.height)
  }

  package subscript(x: Int, y: Int) -> Cell {
    get { contains(x, y) ? cells[y * size.width + x] : .blank }
    set { if contains(x, y) { cells[y * size.width + x] = newValue } }
  }

  package static func == (a: Canvas, b: Canvas) -> Bool {
    a.size == b.size && a.cells == b.cells && a.cursor?.x == b.cursor?.x && a.cursor?.y == b.cursor?.y
  }

  /// Writes text from (x, y) to the right, inside `clip` (the whole canvas where absent). Control
  /// characters become `?`: nothing that is not printable ever reaches a cell. Returns the column after
  /// the last cell written.
  @discardableResult
  package mutating func write(
    _ text: some StringProtocol, x: Int, y: Int, role: Role = .text, reversed: Bool = false, clip: Rect? = nil
  ) -> Int {
    let area = clip ?? Rect(size)
    var column = x
    guard y >= area.y, y < area.bottom else { return column }
    for character in text {
      let width = DisplayWidth.of(character)
      if width == 0 { continue }
      if column + width > area.right { break }
      if column >= area.x {
        put(Cell(DisplayWidth.printable(character), role, reversed: reversed), x: column, y: y)
        if width == 2 { put(.continuation, x: column + 1, y: y) }
      }
      column += width
    }
    return column
  }

  /// Fills a rectangle with one cell.
  package mutating func fill(_ rect: Rect, _ cell: Cell) {
    for y in rect.y..<max(rect.y, rect.bottom) {
      for x in rect.x..<max(rect.x, rect.right) { put(cell, x: x, y: y) }
    }
  }

  /// Gives every cell of a rectangle another role, and reverses it where asked.
  package mutating func restyle(_ rect: Rect, role: Role? = nil, reversed: Bool? = nil) {
    for y in rect.y..<max(rect.y, rect.bottom) {
      for x in rect.x..<max(rect.x, rect.right) where contains(x, y) {
        if let role { cells[y * size.width + x].role = role }
        if let reversed { cells[y * size.width + x].reversed = reversed }
      }
    }
  }

  /// The picture as lines of text, without trailing spaces: what tests compare.
  package var lines: [String] {
    (0..<size.height).map { y in
      var line = ""
      for x in 0..<size.width {
        let cell = cells[y * size.width + x]
        if !cell.isContinuation { line.append(cell.character) }
      }
      while line.last == " " { line.removeLast() }
      return line
    }
  }

  /// Sets one cell; half a wide character that loses its other half becomes a blank.
  mutating func put(_ cell: Cell, x: Int, y: Int) {
    guard contains(x, y) else { return }
    let index = y * size.width + x
    if cells[index].isContinuation, !cell.isContinuation, x > 0 { cells[index - 1].character = " " }
    if x + 1 < size.width, cells[index + 1].isContinuation, !cells[index].isContinuation {
      cells[index + 1].character = " "
    }
    cells[index] = cell
  }

  private func contains(_ x: Int, _ y: Int) -> Bool {
    x >= 0 && y >= 0 && x < size.width && y < size.height
  }
}
