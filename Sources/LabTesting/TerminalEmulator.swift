package import LabCanvas

/// A small terminal: what an xterm-256color or a VT100 shows after a program wrote to it. Enough for curses
/// programs; a sequence it does not know is kept in `unknown`, so that a test can refuse it.
package struct TerminalEmulator: Sendable {
  package internal(set) var grid: TerminalGrid
  package internal(set) var cursor = (x: 0, y: 0)
  package internal(set) var style = TerminalStyle()
  package internal(set) var isAlternateScreen = false
  package internal(set) var isCursorVisible = true
  package internal(set) var isKeypadMode = false
  package internal(set) var isCursorKeyMode = false
  package internal(set) var mouseModes: Set<Int> = []
  package internal(set) var isBracketedPaste = false
  package internal(set) var unknown: [TerminalParser.Token] = []
  package internal(set) var bells = 0
  /// Titles, clipboard contents and the like, as they were sent.
  package internal(set) var strings: [String] = []

  var parser = TerminalParser()
  var mainGrid: TerminalGrid
  var saved = (x: 0, y: 0, style: TerminalStyle())
  var region: Range<Int>
  var isWrapPending = false
  var wraps = true
  var inserts = false
  /// Whether G0 and G1 are the line drawing set, and which of them is in use.
  var isGraphic = [false, false]
  var charset = 0
  var last: Unicode.Scalar = " "

  package init(_ size: Size) {
    grid = TerminalGrid(width: size.width, height: size.height)
    mainGrid = grid
    region = 0..<size.height
  }

  /// The size of its window.
  package var size: Size { Size(grid.width, grid.height) }

  /// What is on the screen, without trailing spaces.
  package var lines: [String] { grid.lines }
  package var text: String { lines.joined(separator: "\n") }

  /// What a program should leave behind, in words; empty if everything is as a shell expects it.
  package var problems: [String] {
    var problems: [String] = []
    if isAlternateScreen { problems.append("alternate screen") }
    if !isCursorVisible { problems.append("hidden cursor") }
    if style != TerminalStyle() { problems.append("colours or attributes") }
    if !mouseModes.isEmpty { problems.append("mouse reports") }
    if isBracketedPaste { problems.append("bracketed paste") }
    if isKeypadMode || isCursorKeyMode { problems.append("application keys") }
    if region != 0..<grid.height { problems.append("scroll region") }
    if isGraphic[charset] { problems.append("line drawing characters") }
    if !wraps || inserts { problems.append("wrapping or inserting") }
    return problems
  }

  package var isSane: Bool { problems.isEmpty }

  /// What the program wrote next.
  package mutating func feed(_ bytes: some Sequence<UInt8>) {
    for token in parser.tokens(bytes) { apply(token) }
  }

  package mutating func feed(_ text: String) { feed(text.utf8) }

  /// As if the window changed its size. Nothing is wrapped anew.
  package mutating func resize(_ size: Size) {
    grid.resize(width: size.width, height: size.height)
    mainGrid.resize(width: size.width, height: size.height)
    region = 0..<size.height
    move(x: cursor.x, y: cursor.y)
  }

  private mutating func apply(_ token: TerminalParser.Token) {
    switch token {
    case .character(let scalar): put(scalar)
    case .control(let byte): control(byte)
    case .escape(let intermediates, let final): if !escape(intermediates, final) { unknown.append(token) }
    case .sequence(let mark, let parameters, let final):
      if !sequence(mark, parameters, final) { unknown.append(token) }
    case .string(let text): strings.append(text)
    case .invalid: unknown.append(token)
    }
  }
}
