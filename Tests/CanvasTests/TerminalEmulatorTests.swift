import LabCanvas
import LabTesting
import Testing

struct Writing: Sendable, CustomTestStringConvertible {
  let name: String
  let bytes: String
  let lines: [String]
  var testDescription: String { name }

  init(_ name: String, _ bytes: String, _ lines: [String]) {
    self.name = name
    self.bytes = bytes
    self.lines = lines
  }
}

private let esc = "\u{1b}"

@Suite struct TerminalEmulatorTests {
  @Test(arguments: [
    Writing("text wraps at the right edge", "abcdefgh", ["abcdef", "gh", ""]),
    Writing("the wrap waits for the next character", "abcdef\r\nX", ["abcdef", "X", ""]),
    Writing("a line feed at the bottom scrolls", "a\r\nb\r\nc\r\nd", ["b", "c", "d"]),
    Writing(
      "the cursor goes where it is told", "\(esc)[2;3Hx\(esc)[Hy\(esc)[3dz\(esc)[5Gw", ["y", "  x", " z  w"]),
    Writing(
      "relative moves stop at the edges", "\(esc)[9Ca\(esc)[9D\(esc)[9Bb\(esc)[9Ac", [" c   a", "", "b"]),
    Writing(
      "erasing in the line", "abcdef\(esc)[4G\(esc)[K\r\nabcdef\(esc)[3G\(esc)[1K", ["abc", "   def", ""]),
    Writing("erasing the display", "aa\r\nbb\r\ncc\(esc)[2;1H\(esc)[J", ["aa", "", ""]),
    Writing("erasing characters keeps the rest in place", "abcdef\(esc)[2G\(esc)[3X", ["a   ef", "", ""]),
    Writing("deleting characters closes the gap", "abcdef\(esc)[2G\(esc)[2P", ["adef", "", ""]),
    Writing("inserting characters shifts the rest", "abcd\(esc)[2G\(esc)[2@", ["a  bcd", "", ""]),
    Writing("insert mode", "abcd\(esc)[2G\(esc)[4hXY\(esc)[4l", ["aXYbcd", "", ""]),
    Writing("deleting a line", "a\r\nb\r\nc\(esc)[1;1H\(esc)[M", ["b", "c", ""]),
    Writing("inserting a line", "a\r\nb\r\nc\(esc)[2;1H\(esc)[L", ["a", "", "b"]),
    Writing(
      "a scroll region leaves the rest alone", "a\r\nb\r\nc\(esc)[2;3r\(esc)[3;1H\nd", ["a", "c", "d"]),
    Writing("reverse line feed at the top", "a\r\nb\(esc)[H\(esc)Mz", ["z", "a", "b"]),
    Writing("scrolling up and down", "a\r\nb\r\nc\(esc)[2S\(esc)[T", ["", "c", ""]),
    Writing("repeating the last character", "x\(esc)[3b", ["xxxx", "", ""]),
    Writing("line drawing characters", "\(esc)(0lqk\(esc)(Bq", ["┌─┐q", "", ""]),
    Writing("shifting to the second set", "\(esc)(B\(esc)(B\(esc))0a\u{0e}x\u{0f}a", ["a│a", "", ""]),
    Writing("wide characters take two cells", "日本\(esc)[3Gx", ["日x", "", ""]),
    Writing("half a wide character goes with the other", "日本\(esc)[2Gx", [" x本", "", ""]),
    Writing("a wide character does not fit the last column", "abcde日", ["abcde", "日", ""]),
    Writing("accents join their letter", "e\u{301}x", ["e\u{301}x", "", ""]),
    Writing("tabs, backspaces and bells", "a\tb\u{8}c\u{7}", ["a   cb", "", ""]),
    Writing("a title shows nowhere", "a\(esc)]0;title\u{7}b\(esc)]0;t\(esc)\\c", ["abc", "", ""]),
  ])
  func `a program's bytes make a picture`(writing: Writing) {
    var terminal = TerminalEmulator(Size(6, 3))
    terminal.feed(writing.bytes)
    #expect(terminal.lines == writing.lines)
    #expect(terminal.unknown.isEmpty)
  }

  @Test func `bytes may arrive one by one`() {
    var terminal = TerminalEmulator(Size(6, 3))
    for byte in "\(esc)[2;2H日\(esc)[1mé".utf8 { terminal.feed([byte]) }
    #expect(terminal.lines == ["", " 日é", ""])
    #expect(terminal.grid[3, 1].style.isBold)
  }

  @Test func `attributes and colours stay with their cells`() {
    var terminal = TerminalEmulator(Size(6, 1))
    terminal.feed("\(esc)[1;31ma\(esc)[22;94mb\(esc)[39;7mc\(esc)[38;5;200md\(esc)[m e")
    var style = TerminalStyle()
    (style.isBold, style.foreground) = (true, 1)
    #expect(terminal.grid[0, 0].style == style)
    (style.isBold, style.foreground) = (false, 12)
    #expect(terminal.grid[1, 0].style == style)
    (style.isReversed, style.foreground) = (true, nil)
    #expect(terminal.grid[2, 0].style == style)
    style.foreground = 200
    #expect(terminal.grid[3, 0].style == style)
    #expect(terminal.grid[5, 0].style == TerminalStyle())
  }

  @Test func `the main screen comes back as it was`() {
    var terminal = TerminalEmulator(Size(6, 2))
    terminal.feed("$ ls\(esc)[?1049h\(esc)[Hgone")
    #expect(terminal.isAlternateScreen && terminal.lines == ["gone", ""])
    terminal.feed("\(esc)[?1049l!")
    #expect(terminal.lines == ["$ ls!", ""])
    #expect(terminal.isSane)
  }

  @Test(arguments: [
    ("\(esc)[?1049h", "alternate screen"), ("\(esc)[?25l", "hidden cursor"),
    ("\(esc)[7m", "colours or attributes"),
    ("\(esc)[?1000h\(esc)[?1006h", "mouse reports"), ("\(esc)[?2004h", "bracketed paste"),
    ("\(esc)[?1h\(esc)=", "application keys"), ("\(esc)[1;2r", "scroll region"),
    ("\(esc)(0", "line drawing characters"), ("\(esc)[4h", "wrapping or inserting"),
  ])
  func `what a program leaves behind is named`(bytes: String, problem: String) {
    var terminal = TerminalEmulator(Size(6, 3))
    terminal.feed(bytes)
    #expect(terminal.problems == [problem])
  }

  @Test func `what it does not know it keeps`() {
    var terminal = TerminalEmulator(Size(6, 3))
    terminal.feed("\(esc)[3y")
    terminal.feed([0xff])
    #expect(terminal.unknown == [.sequence(mark: "", parameters: [3], final: "y"), .invalid(0xff)])
  }
}
