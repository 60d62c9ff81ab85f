extension TerminalEmulator {
  /// False for one it does not know.
  mutating func escape(_ intermediates: String, _ final: Character) -> Bool {
    switch (intermediates, final) {
    case ("", "7"): saved = (cursor.x, cursor.y, style)
    case ("", "8"): restoreCursor()
    case ("", "D"): lineFeed()
    case ("", "E"):
      move(x: 0, y: cursor.y)
      lineFeed()
    case ("", "M"): reverseLineFeed()
    case ("", "="): isKeypadMode = true
    case ("", ">"): isKeypadMode = false
    case ("", "c"): self = TerminalEmulator(size)
    case ("", "H"), ("", "\\"): break
    case ("(", _): isGraphic[0] = final == "0"
    case (")", _): isGraphic[1] = final == "0"
    default: return false
    }
    return true
  }

  mutating func sequence(_ mark: String, _ parameters: [Int], _ final: Character) -> Bool {
    if mark == "?" { return modes(parameters, final) }
    if mark == "!", final == "p" { return softReset() }
    guard mark.isEmpty else { return mark == ">" || mark == "=" }
    let count = max(1, parameters.first ?? 1)
    return moves(parameters, count, final) || edits(parameters, count, final) || settings(parameters, final)
  }

  private mutating func moves(_ parameters: [Int], _ count: Int, _ final: Character) -> Bool {
    switch final {
    case "A": move(x: cursor.x, y: cursor.y - count)
    case "B": move(x: cursor.x, y: cursor.y + count)
    case "C": move(x: cursor.x + count, y: cursor.y)
    case "D": move(x: cursor.x - count, y: cursor.y)
    case "E": move(x: 0, y: cursor.y + count)
    case "F": move(x: 0, y: cursor.y - count)
    case "G", "`": move(x: count - 1, y: cursor.y)
    case "d": move(x: cursor.x, y: count - 1)
    case "H", "f": move(x: max(1, parameters.dropFirst().first ?? 1) - 1, y: count - 1)
    case "I": move(x: (cursor.x / 8 + count) * 8, y: cursor.y)
    case "Z": move(x: ((cursor.x + 7) / 8 - count) * 8, y: cursor.y)
    default: return false
    }
    return true
  }

  private mutating func edits(_ parameters: [Int], _ count: Int, _ final: Character) -> Bool {
    let (x, y) = cursor
    let below = y..<region.upperBound
    switch final {
    case "J": eraseDisplay(parameters.first ?? 0)
    case "K": eraseLine(parameters.first ?? 0)
    case "X": grid.clear(y, x..<min(grid.width, x + count), blank)
    case "@": grid.insertCells(count, x: x, y: y, blank)
    case "P": grid.deleteCells(count, x: x, y: y, blank)
    case "L": if region.contains(y) { grid.scroll(below, by: -count, blank) }
    case "M": if region.contains(y) { grid.scroll(below, by: count, blank) }
    case "S": grid.scroll(region, by: count, blank)
    case "T": grid.scroll(region, by: -count, blank)
    case "b": for _ in 0..<count { put(last) }
    default: return false
    }
    isWrapPending = isWrapPending && final == "b"
    return true
  }

  private mutating func settings(_ parameters: [Int], _ final: Character) -> Bool {
    switch final {
    case "m": setStyle(parameters)
    case "r": setRegion(parameters)
    case "h", "l": if parameters.contains(4) { inserts = final == "h" }
    case "s": saved = (cursor.x, cursor.y, style)
    case "u": restoreCursor()
    case "t", "g", "n", "c", "q": break
    default: return false
    }
    return true
  }

  private mutating func modes(_ parameters: [Int], _ final: Character) -> Bool {
    guard final == "h" || final == "l" else { return final == "c" }
    let on = final == "h"
    for mode in parameters {
      switch mode {
      case 1: isCursorKeyMode = on
      case 7: wraps = on
      case 25: isCursorVisible = on
      case 47, 1047, 1049: setAlternateScreen(on)
      case 2004: isBracketedPaste = on
      case 9, 1000, 1001, 1002, 1003, 1005, 1006, 1015:
        if on { mouseModes.insert(mode) } else { mouseModes.remove(mode) }
      case 3, 4, 5, 6, 8, 12, 1004, 1034: break
      default: return false
      }
    }
    return true
  }

  private mutating func setAlternateScreen(_ on: Bool) {
    guard on != isAlternateScreen else { return }
    isAlternateScreen = on
    if on {
      saved = (cursor.x, cursor.y, style)
      mainGrid = grid
      grid = TerminalGrid(width: grid.width, height: grid.height)
    } else {
      grid = mainGrid
      restoreCursor()
    }
  }

  private mutating func restoreCursor() {
    move(x: saved.x, y: saved.y)
    style = saved.style
  }

  private mutating func setRegion(_ parameters: [Int]) {
    let top = max(1, parameters.first ?? 1)
    let given = parameters.dropFirst().first ?? 0
    let bottom = given == 0 ? grid.height : min(given, grid.height)
    guard top < bottom else { return }
    region = (top - 1)..<bottom
    move(x: 0, y: 0)
  }

  private mutating func eraseDisplay(_ kind: Int) {
    let rows =
      switch kind {
      case 0: (cursor.y + 1)..<max(cursor.y + 1, grid.height)
      case 1: 0..<cursor.y
      default: 0..<grid.height
      }
    for y in rows { grid.clear(y, 0..<grid.width, blank) }
    if kind < 2 { eraseLine(kind) }
  }

  private mutating func eraseLine(_ kind: Int) {
    let columns =
      switch kind {
      case 0: cursor.x..<grid.width
      case 1: 0..<(cursor.x + 1)
      default: 0..<grid.width
      }
    grid.clear(cursor.y, columns, blank)
  }

  private mutating func softReset() -> Bool {
    style = TerminalStyle()
    region = 0..<grid.height
    (isCursorVisible, isKeypadMode, isCursorKeyMode, inserts, wraps) = (true, false, false, false, true)
    isGraphic = [false, false]
    charset = 0
    return true
  }
}
