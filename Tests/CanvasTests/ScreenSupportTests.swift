import LabCanvas
import LabScreen
import Testing

@Suite struct ScreenSupportTests {
  private func terminal(_ type: String?, _ change: (inout ScreenSupport.Terminal) -> Void = { _ in })
    -> ScreenSupport.Terminal
  {
    var terminal = ScreenSupport.Terminal(type: type)
    terminal.size = Size(80, 24)
    change(&terminal)
    return terminal
  }

  @Test func `an ordinary terminal gets the full screen`() {
    #expect(ScreenSupport.judge(terminal("xterm-256color")) == .fullScreen)
    #expect(ScreenSupport.judge(terminal("xterm") { $0.size = Size(60, 16) }) == .fullScreen)
    #expect(ScreenSupport.judge(terminal("xterm") { $0.size = nil }) == .fullScreen)
  }

  @Test func `every other one gets lines, and is told why`() {
    let cases: [(ScreenSupport.Terminal, String)] = [
      (terminal("xterm") { $0.isInputTerminal = false }, "The input is not a terminal."),
      (terminal("xterm") { $0.isOutputTerminal = false }, "The output is not a terminal."),
      (terminal(nil), "TERM is not set, so the kind of terminal is unknown."),
      (terminal(""), "TERM is not set, so the kind of terminal is unknown."),
      (terminal("dumb"), "TERM is \"dumb\"."),
      (terminal("foo") { $0.description = .unknown }, "The terminal database has no entry for TERM \"foo\"."),
      (
        terminal("tty33") { $0.description = .withoutCursorMoves },
        "A \"tty33\" terminal can't move its cursor."
      ),
      (terminal("xterm") { $0.size = Size(59, 24) }, "The terminal is 59×24; the full screen needs 60×16."),
      (terminal("xterm") { $0.size = Size(80, 15) }, "The terminal is 80×15; the full screen needs 60×16."),
    ]
    for (terminal, reason) in cases { #expect(ScreenSupport.judge(terminal) == .linear(reason: reason)) }
  }
}

@Suite struct PaletteTests {
  @Test(arguments: Role.allCases)
  func `without colour, no role has one`(role: Role) {
    #expect(Palette(theme: .dark, colours: 0)[role].colour == nil)
    #expect(Palette(theme: .mono, colours: 256)[role].colour == nil)
  }

  @Test(arguments: Theme.allCases, Role.allCases)
  func `eight colours are enough`(theme: Theme, role: Role) {
    #expect(Palette(theme: theme, colours: 8)[role].colour.map { $0 < 8 } ?? true)
  }

  @Test(arguments: Theme.allCases, [Int32(0), 8, 256])
  func `a failure never looks like a success`(theme: Theme, colours: Int32) {
    let palette = Palette(theme: theme, colours: colours)
    #expect(palette[.failure] != palette[.good])
    #expect(palette[.failure] != palette[.text])
    #expect(palette[.selected].reverse && palette[.past].reverse)
  }
}
