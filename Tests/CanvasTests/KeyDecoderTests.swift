import LabCanvas
import LabScreen
import Testing

@Suite struct KeyDecoderTests {
  private func keys(_ text: String) -> [Key] {
    KeyDecoder.keys(text.unicodeScalars.map { .scalar($0.value) })
  }

  @Test(arguments: [
    ("q", [Key.character("q")]), (" ", [.character(" ")]), ("é日", [.character("é"), .character("日")]),
    ("\r", [.enter]), ("\n", [.enter]), ("\t", [.tab]), ("\u{7f}", [.backspace]), ("\u{8}", [.backspace]),
    ("\u{3}", [.control("c")]), ("\u{1a}", [.control("z")]), ("\u{c}", [.control("l")]),
    ("\u{0}", [.unknown]),
    ("\u{9b}", [.unknown]), ("\u{1b}", [.escape]), ("\u{1b}\u{1b}", [.escape, .escape]),
    ("\u{1b}q", [.escape, .character("q")]),
  ])
  func `characters become keys`(text: String, result: [Key]) {
    #expect(keys(text) == result)
  }

  @Test(arguments: [
    ("\u{1b}[A", [Key.up]), ("\u{1b}OB", [.down]), ("\u{1b}[1;5C", [.right]),
    ("\u{1b}[5~x", [.pageUp, .character("x")]),
    ("\u{1b}[15~", [.function(5)]), ("\u{1b}[Z", [.backTab]), ("\u{1b}[200~q", [.unknown, .character("q")]),
    ("\u{1b}[?1;2c", [.unknown]), ("\u{1b}[I", [.unknown]), ("\u{1b}[", [.escape, .character("[")]),
  ])
  func `a sequence the terminal database lacks is one key, and its letters are none`(
    text: String, result: [Key]
  ) {
    #expect(keys(text) == result)
  }

  @Test(arguments: [
    ("\u{1b}[<0;8;4M", [Key.click(x: 7, y: 3)]), ("\u{1b}[<0;8;4m", [.unknown]),
    ("\u{1b}[<64;1;1M", [.wheelUp(x: 0, y: 0)]),
    ("\u{1b}[<65;300;90Mq", [.wheelDown(x: 299, y: 89), .character("q")]), ("\u{1b}[<2;1;1M", [.unknown]),
    ("\u{1b}[<0;0;0M", [.unknown]), ("\u{1b}[<;;M", [.unknown]),
    ("\u{1b}[<99999999999999999999;1;1M", [.unknown]),
  ])
  func `mouse reports become clicks and turns of the wheel`(text: String, result: [Key]) {
    #expect(keys(text) == result)
  }

  @Test func `keys that curses knows pass unchanged`() {
    #expect(KeyDecoder.keys([.key(.up), .scalar(0x1b), .key(.down)]) == [.up, .escape, .down])
  }
}
