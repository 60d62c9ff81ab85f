import CNCurses
import LabCanvas

/// Gives curses the rows that differ from the last picture.
struct FramePainter {
  /// Whether the locale can show more than ASCII.
  let usesUnicode: Bool
  private var shown: Canvas?
  private var row: [lab_cell] = []

  init(usesUnicode: Bool) { self.usesUnicode = usesUnicode }

  mutating func forget() { shown = nil }

  /// False if nothing changed, the cursor included.
  mutating func paint(_ canvas: Canvas) -> Bool {
    if let shown, shown == canvas { return false }
    let known = shown?.size == canvas.size ? shown?.cells : nil
    if known == nil { lab_erase() }
    canvas.cells.withUnsafeBufferPointer { cells in
      for y in 0..<canvas.size.height {
        let start = y * canvas.size.width
        let fresh = cells[start..<(start + canvas.size.width)]
        if let known, known[start..<(start + canvas.size.width)].elementsEqual(fresh) { continue }
        put(fresh, y: y)
      }
    }
    shown = canvas
    return true
  }

  private mutating func put(_ cells: Slice<UnsafeBufferPointer<Cell>>, y: Int) {
    row.removeAll(keepingCapacity: true)
    for index in cells.indices {
      let cell = cells[index]
      let isHead = index + 1 < cells.endIndex && cells[index + 1].isContinuation
      if cell.isContinuation {
        row.append(row.last?.width == 2 ? lab_cell() : Self.blank)
      } else {
        row.append(encode(cell, width: isHead ? 2 : 1))
      }
    }
    lab_put_row(Int32(y), row, Int32(row.count))
  }

  private static let blank = lab_cell(scalars: (0x20, 0, 0), width: 1, style: 0)

  /// The number of a cell's look. A blank shows nothing of its role but an underline, and that would look like a
  /// line to fill in; where the role reverses, it does show.
  static func style(of cell: Cell) -> UInt8 {
    let isBare = cell.character == " " && !cell.reversed && cell.role != .selected && cell.role != .past
    return (isBare ? Role.text : cell.role).rawValue * 2 + (cell.reversed ? 1 : 0)
  }

  /// A character whose width is not the one the canvas planned becomes `?` in the C layer.
  private func encode(_ cell: Cell, width: UInt8) -> lab_cell {
    var result = lab_cell()
    result.width = width
    result.style = FramePainter.style(of: cell)
    let character = usesUnicode ? DisplayWidth.printable(cell.character) : ASCIITwin.of(cell.character)
    var scalars = character.unicodeScalars.makeIterator()
    result.scalars.0 = scalars.next()?.value ?? 0x20
    result.scalars.1 = scalars.next()?.value ?? 0
    result.scalars.2 = scalars.next()?.value ?? 0
    return result
  }
}
