import LabCanvas

extension TerminalEmulator {
  /// What erased cells look like: they take the background.
  var blank: TerminalCell {
    var cell = TerminalCell()
    cell.style.background = style.background
    return cell
  }

  mutating func put(_ scalar: Unicode.Scalar) {
    let shown = isGraphic[charset] ? Self.graphics[scalar] ?? scalar : scalar
    let width = DisplayWidth.of(Character(shown))
    if width == 0 { return combine(shown) }
    if isWrapPending || cursor.x + width > grid.width, wraps {
      cursor.x = 0
      lineFeed()
    }
    isWrapPending = false
    if inserts { grid.insertCells(width, x: cursor.x, y: cursor.y, blank) }
    write(TerminalCell(text: String(shown), style: style), x: cursor.x)
    if width == 2 { write(TerminalCell(text: "", style: style), x: cursor.x + 1) }
    last = scalar
    isWrapPending = cursor.x + width >= grid.width
    cursor.x = min(cursor.x + width, grid.width - 1)
  }

  /// A wide character of which one half is overwritten loses the other one.
  private mutating func write(_ cell: TerminalCell, x: Int) {
    if grid[x, cursor.y].text.isEmpty, !cell.text.isEmpty { grid[x - 1, cursor.y].text = " " }
    if x + 1 < grid.width, grid[x + 1, cursor.y].text.isEmpty, !grid[x, cursor.y].text.isEmpty {
      grid[x + 1, cursor.y].text = " "
    }
    grid[x, cursor.y] = cell
  }

  private mutating func combine(_ scalar: Unicode.Scalar) {
    var x = isWrapPending ? cursor.x : cursor.x - 1
    if grid[x, cursor.y].text.isEmpty { x -= 1 }
    grid[x, cursor.y].text.unicodeScalars.append(scalar)
  }

  mutating func control(_ byte: UInt8) {
    switch byte {
    case 0x07: bells += 1
    case 0x08: move(x: cursor.x - 1, y: cursor.y)
    case 0x09: move(x: (cursor.x / 8 + 1) * 8, y: cursor.y)
    case 0x0a, 0x0b, 0x0c: lineFeed()
    case 0x0d: move(x: 0, y: cursor.y)
    case 0x0e: charset = 1
    case 0x0f: charset = 0
    case 0x00: break
    default: unknown.append(.control(byte))
    }
  }

  mutating func move(x: Int, y: Int) {
    cursor = (min(max(0, x), grid.width - 1), min(max(0, y), grid.height - 1))
    isWrapPending = false
  }

  mutating func lineFeed() {
    if cursor.y == region.upperBound - 1 {
      grid.scroll(region, by: 1, blank)
      isWrapPending = false
    } else {
      move(x: cursor.x, y: cursor.y + 1)
    }
  }

  mutating func reverseLineFeed() {
    if cursor.y == region.lowerBound {
      grid.scroll(region, by: -1, blank)
    } else {
      move(x: cursor.x, y: cursor.y - 1)
    }
  }

  private static let graphics: [Unicode.Scalar: Unicode.Scalar] = Dictionary(
    uniqueKeysWithValues: zip(
      "`abcdefghijklmnopqrstuvwxyz{|}~".unicodeScalars, "◆▒␉␌␍␊°±␤␋┘┐┌└┼⎺⎻─⎼⎽├┤┴┬│≤≥π≠£·".unicodeScalars))
}
