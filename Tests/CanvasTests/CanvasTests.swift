import LabCanvas
import Testing

@Suite struct CanvasTests {
  @Test func `text outside the canvas is clipped and never traps`() {
    var canvas = Canvas(Size(4, 2))
    canvas.write("abcdef", x: 2, y: 0)
    canvas.write("xyz", x: -1, y: 1)
    canvas.write("gone", x: 0, y: 7)
    #expect(canvas.lines == ["  ab", "yz"])
  }

  @Test func `a wide character takes two cells or none`() {
    var canvas = Canvas(Size(5, 1))
    #expect(canvas.write("日本語", x: 0, y: 0) == 4)
    #expect(canvas.lines == ["日本"])
    #expect(canvas[1, 0].isContinuation)
    #expect(canvas[4, 0] == .blank)
  }

  @Test(arguments: [(0, "x 本"), (1, " x本"), (2, "日x"), (3, "日 x")])
  func `writing over half a wide character blanks the other half`(x: Int, picture: String) {
    var canvas = Canvas(Size(4, 1))
    canvas.write("日本", x: 0, y: 0)
    canvas.write("x", x: x, y: 0)
    #expect(canvas.lines == [picture])
  }

  @Test(arguments: ["\u{1b}[2J", "a\rb", "\r\n", "\u{9b}31m", "\u{7f}", "\u{202e}abc", "\u{e000}", "\t"])
  func `nothing that could command a terminal reaches a cell`(text: String) {
    var canvas = Canvas(Size(20, 1))
    canvas.write(text, x: 0, y: 0)
    for cell in canvas.cells {
      for scalar in cell.character.unicodeScalars {
        #expect(scalar.value >= 0x20 && !(0x7f...0x9f).contains(scalar.value) && scalar.value != 0x202e)
      }
    }
  }

  @Test func `a pile of accents is cut down to two`() {
    var canvas = Canvas(Size(3, 1))
    canvas.write("e" + String(repeating: "\u{301}", count: 40), x: 0, y: 0)
    #expect(canvas[0, 0].character.unicodeScalars.count == 3)
  }

  @Test func `spans are written one after the other, inside the clip`() {
    var canvas = Canvas(Size(12, 1))
    let clip = Rect(x: 2, y: 0, width: 6, height: 1)
    canvas.write(line: [Span("ab", .good), Span("cdefgh", .failure, reversed: true)], x: 2, y: 0, clip: clip)
    #expect(canvas.lines == ["  abcdef"])
    #expect(canvas[3, 0] == Cell("b", .good))
    #expect(canvas[4, 0] == Cell("c", .failure, reversed: true))
  }

  @Test func `an overlay covers what is below and brings its cursor`() {
    var canvas = Canvas(Size(6, 3))
    for y in 0..<3 { canvas.write("......", x: 0, y: y) }
    var card = Canvas(Size(3, 1))
    card.write("hi", x: 0, y: 0)
    card.cursor = (1, 0)
    canvas.overlay(card, x: 2, y: 1)
    #expect(canvas.lines == ["......", "..hi .", "......"])
    #expect(canvas.cursor?.x == 3)
    #expect(canvas.cursor?.y == 1)
  }
}
