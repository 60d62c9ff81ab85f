import LabCanvas
import Testing

@Suite struct BoxTests {
  @Test func `the focused frame is heavier and its title is marked and reversed`() {
    var canvas = Canvas(Size(40, 4))
    canvas.box(Rect(x: 0, y: 0, width: 20, height: 4), title: "1 PLAIN", focused: true)
    let inside = canvas.box(Rect(x: 20, y: 0, width: 20, height: 4), title: "2 TLS", note: "▼ 12 more · PgDn")
    #expect(
      canvas.lines == [
        "┏━ ▸1 PLAIN ━━━━━━━┓┌─ 2 TLS ──────────┐",
        "┃                  ┃│                  │",
        "┃                  ┃│                  │",
        "┗━━━━━━━━━━━━━━━━━━┛└─ ▼ 12 more · P… ─┘",
      ])
    #expect(inside == Rect(x: 21, y: 1, width: 18, height: 2))
    #expect(canvas[3, 0].reversed && canvas[10, 0].reversed && !canvas[11, 0].reversed)
    #expect(!canvas[23, 0].reversed)
  }

  @Test func `the same frame in ASCII`() {
    var canvas = Canvas(Size(30, 3))
    canvas.box(
      Rect(x: 0, y: 0, width: 30, height: 3), title: "3 CONNECTIONS", focused: true, note: "v 3 more",
      glyphs: .ascii)
    #expect(
      canvas.lines == [
        "+= >3 CONNECTIONS ===========+",
        "|                            |",
        "+================= v 3 more =+",
      ])
  }

  @Test func `a title that does not fit is clipped between the corners`() {
    var canvas = Canvas(Size(12, 2))
    canvas.box(Rect(x: 0, y: 0, width: 12, height: 2), title: "HANDSHAKE LADDER")
    #expect(canvas.lines == ["┌─ HANDS… ─┐", "└──────────┘"])
  }

  @Test(arguments: 0..<8, 0..<4)
  func `a frame of any size stays in its rectangle`(width: Int, height: Int) {
    var canvas = Canvas(Size(12, 8))
    let rect = Rect(x: 2, y: 2, width: width, height: height)
    let inside = canvas.box(rect, title: "title", focused: true, note: "note")
    for y in 0..<8 {
      for x in 0..<12 where !(x >= 2 && x < rect.right && y >= 2 && y < rect.bottom) {
        #expect(canvas[x, y] == .blank)
      }
    }
    #expect(inside.width == max(0, width - 2) || inside.isEmpty)
  }
}
