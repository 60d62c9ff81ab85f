import LabCanvas
import Testing

@Suite struct ASCIITwinTests {
  @Test func `the twin of any picture is ASCII of the same size`() {
    var canvas = Canvas(Size(64, 4))
    let inside = canvas.box(Rect(canvas.size), title: "7 ERRORS", focused: true, note: "▼ 3 more · PgDn")
    canvas.write("“Grüße” ✔ ✘ 43804 ↔ 7777 … 日本 é e\u{301} 👩‍👩‍👧 ═▶ ▒▒▶ \u{fffd}", x: inside.x, y: inside.y)
    let twin = canvas.asciiTwin
    #expect(twin.size == canvas.size)
    #expect(twin.cells.allSatisfy { $0.character.asciiValue.map { (0x20..<0x7f).contains($0) } ?? false })
    #expect(
      twin.lines[1] == "|\"Gruse\" + x 43804 ~ 7777 ~ ???? e e ?? => ##> ?"
        + String(repeating: " ", count: 15)
        + "|")
  }

  @Test func `every Unicode glyph has a twin of its own`() {
    let glyphs = Glyphs.unicode
    let texts = [
      glyphs.both, glyphs.to, glyphs.from, glyphs.marker, glyphs.ok, glyphs.bad, glyphs.ellipsis,
      glyphs.bullet,
      glyphs.dot, glyphs.dash, glyphs.live, glyphs.ring, glyphs.more, glyphs.less,
      String([
        glyphs.clear, glyphs.encrypted, glyphs.arrowLeft, glyphs.arrowRight, glyphs.filled, glyphs.empty,
      ]),
      String([glyphs.teeRight, glyphs.teeLeft, glyphs.teeDown, glyphs.teeUp, glyphs.cross, glyphs.branch]),
    ]
    for character in texts.joined() {
      #expect(ASCIITwin.of(character) != "?")
      #expect(DisplayWidth.of(character) == 1)
    }
  }

  @Test(arguments: [(0, "▱▱▱▱"), (3, "▰▰▰▱"), (9, "▰▰▰▰")])
  func `progress is a bar of fixed length`(done: Int, bar: String) {
    #expect(Glyphs.unicode.progress(done, of: 4) == bar)
  }
}
