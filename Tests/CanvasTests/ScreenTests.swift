import LabCanvas
import LabScreen
import LabTesting
import Testing

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// As another process would send it: the threads of a test runner block most signals.
private func tell(_ signal: Int32) { kill(getpid(), signal) }

/// Pictures that differ a little, a lot, by a scrolled row, by wide characters; the same on every run.
private func pictures(_ size: Size) -> [Canvas] {
  let words = ["TLS", "証明書", "43804 ↔ 7777", "═══▶", "▒▒▒", "é", "alert 48", "日", "✔ ok", "x"]
  var canvas = Canvas(size)
  var seed: UInt32 = 7
  func next(_ bound: Int) -> Int {
    seed = seed &* 1_664_525 &+ 1_013_904_223
    return Int(seed >> 16) % bound
  }
  return (0..<60).map { step in
    let rect = Rect(x: next(size.width), y: next(size.height), width: next(30), height: next(8))
    switch step % 5 {
    case 0: canvas.box(rect, title: words[next(10)], focused: next(2) == 0, note: "▼ 3 more")
    case 1: canvas.fill(rect, Cell("M", .failure))
    case 2:
      var moved = Canvas(size)
      moved.overlay(canvas, x: 0, y: -1)
      canvas = moved
    default:
      for _ in 0..<6 {
        canvas.write(words[next(10)], x: next(size.width), y: next(size.height), role: .good)
      }
    }
    return canvas
  }
}

/// One screen at a time: curses has one.
@Suite(.serialized, .timeLimit(.minutes(1))) struct ScreenTests {
  @Test(arguments: ["xterm-256color", "xterm", "screen-256color", "tmux-256color", "linux", "vt100"])
  func `the terminal shows exactly the canvas`(term: String) throws {
    let rig = try Rig(term: term)
    #expect(rig.screen.usesUnicode)
    #expect(rig.screen.size == Size(40, 10))
    for picture in pictures(rig.screen.size) {
      rig.screen.present(picture)
      #expect(rig.shows(picture), "\(rig.shown.text)\nis not\n\(picture.lines.joined(separator: "\n"))")
    }
    #expect(rig.shown.unknown.isEmpty)
  }

  @Test(arguments: ["xterm-256color", "vt100"])
  func `a locale without Unicode gets the ASCII twin`(term: String) throws {
    let rig = try Rig(term: term, locale: "C")
    #expect(!rig.screen.usesUnicode)
    for picture in pictures(rig.screen.size).prefix(20) {
      rig.screen.present(picture)
      #expect(rig.shows(picture.asciiTwin))
    }
  }

  @Test func `a locale that does not exist is replaced by UTF-8`() throws {
    #expect(try Rig(locale: "xx_YY.UTF-8").screen.usesUnicode)
  }

  @Test func `the last cell is drawn and nothing scrolls`() throws {
    let rig = try Rig()
    var canvas = Canvas(rig.screen.size)
    canvas.fill(Rect(canvas.size), Cell("#"))
    rig.screen.present(canvas)
    #expect(rig.shows(canvas))
  }

  @Test func `cells a careless view made cannot command the terminal`() throws {
    let rig = try Rig()
    var canvas = Canvas(rig.screen.size)
    let characters: [Character] = ["\u{1b}", "\u{9b}", "\u{7}", "\r\n", "\u{202e}", "日", "z"]
    for (x, character) in characters.enumerated() {
      canvas[x, 0] = Cell(character)
    }
    canvas[9, 0] = .continuation
    canvas[39, 1] = Cell("日")
    canvas.write("end", x: 0, y: 2)
    rig.screen.present(canvas)
    let question = "??????z ??"
    #expect(rig.wait { $0.lines[0] == question && $0.lines[2] == "end" }, "\(rig.shown.text)")
    #expect(rig.shown.lines[1] == String(repeating: " ", count: 39) + "?")
    #expect(rig.shown.bells == 0)
  }

  @Test func `without colours nothing is underlined where nothing is written`() throws {
    let rig = try Rig { $0.theme = .mono }
    var canvas = Canvas(rig.screen.size)
    canvas.write("  name of it ", x: 0, y: 0, role: .notice)
    rig.screen.present(canvas)
    #expect(rig.wait { $0.lines[0] == "  name of it" }, "\(rig.shown.text)")
    let lines = (0..<13).map { rig.shown.grid[$0, 0].style.isUnderlined }
    #expect(lines == [false, false, true, true, true, true, false, true, true, false, true, true, false])
  }

  @Test func `roles become the terminal's own colours`() throws {
    let rig = try Rig { $0.theme = .dark }
    var canvas = Canvas(rig.screen.size)
    for (y, role) in [Role.text, .failure, .selected, .encrypted, .dim].enumerated() {
      canvas.write("x", x: 0, y: y, role: role)
    }
    canvas.write("r", x: 0, y: 5, role: .good, reversed: true)
    rig.screen.present(canvas)
    #expect(rig.shows(canvas))
    let styles = (0..<6).map { rig.shown.grid[0, $0].style }
    #expect(styles[0] == TerminalStyle())
    #expect(styles[1].foreground == 9 && styles[1].isBold)
    #expect(styles[2].isReversed && styles[2].foreground == nil)
    #expect(styles[3].foreground == 14)
    #expect(styles[4].isDim)
    #expect(styles[5].foreground == 10 && styles[5].isReversed)
    #expect(styles.allSatisfy { $0.background == nil })
  }

  @Test func `without colour only attributes are used`() throws {
    let rig = try Rig { $0.colour = .never }
    var canvas = Canvas(rig.screen.size)
    for (y, role) in Role.allCases.prefix(10).enumerated() { canvas.write("x", x: 0, y: y, role: role) }
    rig.screen.present(canvas)
    #expect(rig.shows(canvas))
    #expect((0..<10).allSatisfy { rig.shown.grid[0, $0].style.foreground == nil })
  }

  @Test func `a picture that did not change sends nothing`() throws {
    let rig = try Rig()
    var canvas = Canvas(rig.screen.size)
    canvas.write("same", x: 3, y: 3)
    rig.screen.present(canvas)
    #expect(rig.shows(canvas))
    rig.screen.present(canvas)
    rig.screen.present(canvas)
    var bell: UInt8 = 7
    #expect(write(rig.slave, &bell, 1) == 1)
    #expect(rig.terminal.read(milliseconds: 5000) == [7])
  }

  @Test func `the cursor is parked where the canvas says`() throws {
    let rig = try Rig()
    var canvas = Canvas(rig.screen.size)
    rig.screen.present(canvas)
    #expect(rig.wait { !$0.isCursorVisible })
    canvas.cursor = (12, 4)
    rig.screen.present(canvas)
    #expect(rig.wait { $0.isCursorVisible && $0.cursor == (12, 4) })
  }

  @Test(arguments: [
    [Key.up, .down, .left, .right], [.home, .end, .pageUp, .pageDown, .delete], [.tab, .backTab, .enter],
    [.character("q"), .character("é"), .character("日")], [.control("c"), .control("z"), .control("l")],
    [.function(1), .function(4), .function(5), .function(12)], [.backspace, .character(" ")],
  ])
  func `keys arrive as they were pressed`(keys: [Key]) throws {
    for term in ["xterm-256color", "vt100"] {
      let rig = try Rig(term: term)
      rig.screen.present(Canvas(rig.screen.size))
      #expect(rig.wait(\.isCursorKeyMode))
      for key in keys { rig.terminal.write(TerminalKeys.bytes(key, applicationCursor: true)) }
      #expect(rig.events(count: keys.count) == keys.map { .key($0) })
    }
  }

  @Test func `Esc by itself comes at once, arrows with Ctrl are arrows`() throws {
    let rig = try Rig()
    rig.terminal.write([0x1b])
    #expect(rig.events() == [.key(.escape)])
    rig.terminal.write(Array("\u{1b}[1;5D".utf8))
    #expect(rig.events() == [.key(.left)])
    rig.terminal.write(Array("\u{1b}[99;7~".utf8))
    #expect(rig.events() == [.key(.unknown)])
  }

  @Test(arguments: ["xterm-256color", "tmux-256color", "vt100"])
  func `the mouse reports only while it is on`(term: String) throws {
    let rig = try Rig(term: term)
    rig.screen.setMouse(true)
    #expect(rig.wait { !$0.mouseModes.isEmpty })
    let keys: [Key] = [.click(x: 7, y: 3), .wheelUp(x: 30, y: 9), .wheelDown(x: 0, y: 0)]
    for key in keys { rig.terminal.write(TerminalKeys.bytes(key)) }
    let events = rig.events(count: 4).filter { $0 != .key(.unknown) }
    #expect(events == keys.map { .key($0) })
    rig.screen.setMouse(false)
    #expect(rig.wait { $0.mouseModes.isEmpty })
  }

  @Test func `a mouse report that arrives in pieces is no key`() throws {
    let rig = try Rig()
    rig.screen.setMouse(true)
    rig.terminal.write(Array("\u{1b}[<0;1".utf8))
    #expect(rig.screen.poll(milliseconds: 5000) == [])
    rig.terminal.write(Array("2;5Mq".utf8))
    #expect(rig.events(count: 2) == [.key(.click(x: 11, y: 4)), .key(.character("q"))])
  }

  @Test func `a new size is told once and drawn`() throws {
    let rig = try Rig()
    rig.screen.present(pictures(rig.screen.size)[10])
    for size in [Size(50, 12), Size(20, 5), Size(40, 10)] {
      rig.terminal.resize(size)
      rig.shown.resize(size)
      tell(SIGWINCH)
      #expect(rig.events() == [.resized(size)])
      #expect(rig.screen.size == size)
      let picture = pictures(size)[10]
      rig.screen.present(picture)
      #expect(rig.shows(picture))
    }
    #expect(rig.screen.poll(milliseconds: 0) == [])
  }

  @Test func `signals are events`() throws {
    let rig = try Rig()
    for (signal, event) in [
      (SIGTERM, ScreenEvent.terminate(signal: SIGTERM)), (SIGINT, .terminate(signal: SIGINT)),
      (SIGHUP, .hangup),
      (SIGCONT, .resumed),
    ] {
      tell(signal)
      #expect(rig.events() == [event])
    }
  }

  @Test func `a continued program paints everything again`() throws {
    let rig = try Rig()
    let picture = pictures(rig.screen.size)[20]
    rig.screen.present(picture)
    #expect(rig.shows(picture))
    rig.shown.feed("\u{1b}[2J\u{1b}[Hgarbage")
    tell(SIGCONT)
    #expect(rig.events() == [.resumed])
    #expect(rig.shows(picture))
    rig.shown.feed("\u{1b}[2J")
    rig.screen.redraw()
    #expect(rig.shows(picture))
  }

  @Test(arguments: [
    ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("日本", "5pel5pys"),
    ("\u{1b}]0;x\u{7}", "G10wO3gH"),
  ])
  func `a copied text travels as base64, whatever is in it`(text: String, encoded: String) throws {
    let rig = try Rig()
    #expect(rig.screen.copy(text))
    #expect(rig.wait { $0.strings == ["52;c;\(encoded)"] })
    #expect(!rig.screen.copy(String(repeating: "x", count: Screen.longestCopy + 1)))
  }

  @Test func `a closed terminal is a hangup`() throws {
    let rig = try Rig()
    rig.terminal.hangUp()
    #expect(rig.events().contains(.hangup))
  }

  @Test func `another thread wakes the screen, many times at once`() throws {
    let rig = try Rig()
    let wake = try #require(Wake())
    for _ in 0..<1000 { wake.signal() }
    #expect(rig.screen.poll(wake, milliseconds: 5000) == [.wake])
    #expect(rig.screen.poll(wake, milliseconds: 0) == [])
    wake.signal()
    #expect(rig.screen.poll(wake, milliseconds: 5000) == [.wake])
  }

  @Test(arguments: ["xterm-256color", "vt100"])
  func `the terminal is given back as it was`(term: String) throws {
    let rig = try Rig(term: term)
    rig.screen.setMouse(true)
    rig.screen.present(pictures(rig.screen.size)[30])
    #expect(!rig.terminal.isCooked)
    rig.screen.stop()
    #expect(rig.terminal.isCooked)
    #expect(rig.wait { $0.isSane && !$0.isAlternateScreen }, "\(rig.shown.problems)")
    rig.screen.present(Canvas(Size(40, 10)))
    rig.screen.stop()
  }

  @Test(arguments: [SIGSEGV, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE])
  func `a crash after the screen is the system's affair`(signal: Int32) throws {
    let rig = try Rig()
    rig.screen.stop()
    var action = sigaction()
    sigaction(signal, nil, &action)
    #expect(action.__sigaction_handler.sa_handler == nil)
  }

  @Test func `a second screen and an unknown terminal are refused`() throws {
    let rig = try Rig()
    #expect(throws: ScreenError.alreadyRunning) { try Rig() }
    rig.screen.stop()
    #expect(throws: ScreenError.terminalRefused("no-such-term")) { try Rig(term: "no-such-term") }
    let third = try Rig()
    #expect(third.screen.size == Size(40, 10))
  }

  @Test func `standard error is kept for later`() throws {
    let path = "/tmp/netlab-screen-test-\(getpid()).log"
    defer { unlink(path) }
    let rig = try Rig { $0.errorLog = path }
    let text = "a line from a library\n"
    #expect(write(2, text, text.utf8.count) == text.utf8.count)
    #expect(rig.screen.stop().contains(text))
    #expect(throws: ScreenError.noErrorLog(path: "/nowhere/log", errno: ENOENT)) {
      try Rig { $0.errorLog = "/nowhere/log" }
    }
  }

  @Test func `what the terminal database knows decides`() throws {
    let terminal = try PseudoTerminal(Size(80, 24))
    let slave = try terminal.openSlave()
    defer { close(slave) }
    func check(_ term: String) -> ScreenSupport { .check(term: term, input: slave, output: slave) }
    #expect(check("xterm-256color") == .fullScreen)
    #expect(check("vt100") == .fullScreen)
    #expect(check("tty33") != .fullScreen)
    #expect(check("no-such-term") != .fullScreen)
    terminal.resize(Size(50, 24))
    #expect(check("vt100") != .fullScreen)
  }
}
