import LabCanvas
import Testing

struct WrapCase: Sendable, CustomTestStringConvertible {
  let text: String
  let width: Int
  let lines: [String]
  var testDescription: String { "\(text.debugDescription) in \(width)" }

  init(_ text: String, _ width: Int, _ lines: [String]) {
    self.text = text
    self.width = width
    self.lines = lines
  }
}

@Suite struct TextTests {
  @Test(arguments: [
    WrapCase("", 5, [""]),
    WrapCase("one two three", 7, ["one two", "three"]),
    WrapCase("one two three", 13, ["one two three"]),
    WrapCase("one  two", 8, ["one  two"]),
    WrapCase("a\n\nb", 5, ["a", "", "b"]),
    WrapCase("abcdefgh", 3, ["abc", "def", "gh"]),
    WrapCase("ab cdefgh", 4, ["ab", "cdef", "gh"]),
    WrapCase("- one two three", 9, ["- one two", "  three"]),
    WrapCase("  10. first second", 13, ["  10. first", "      second"]),
    WrapCase("a) yes no", 6, ["a) yes", "   no"]),
    WrapCase("  indented words", 10, ["  indented", "  words"]),
    WrapCase("日本語テキスト", 6, ["日本語", "テキス", "ト"]),
    WrapCase("ab日本 cd", 4, ["ab日", "本", "cd"]),
    WrapCase("日本", 1, ["日", "本"]),
    WrapCase("x", 0, []),
  ])
  func `text wraps at spaces and hangs below its bullet`(example: WrapCase) {
    #expect(Text.wrap(example.text, width: example.width) == example.lines)
  }

  @Test(arguments: 2..<40)
  func `no wrapped line is wider than asked, and no word is lost`(width: Int) {
    let text = """
      - The server answered with alert 48: it couldn't build a chain from 証明書 to a CA it trusts.
        Evidence: TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, then nothing.
      """
    let lines = Text.wrap(text, width: width)
    #expect(lines.allSatisfy { DisplayWidth.of($0) <= width })
    #expect(lines.joined().filter { !$0.isWhitespace } == text.filter { !$0.isWhitespace })
  }

  @Test(arguments: [
    ("abcdef", 6, "abcdef"), ("abcdef", 5, "abcd…"), ("abcdef", 1, "…"), ("abcdef", 0, ""), ("日本語", 5, "日本…"),
    ("日本語", 4, "日…"),
  ])
  func `clipping leaves room for the ellipsis`(text: String, width: Int, result: String) {
    #expect(Text.clip(text, width: width) == result)
  }

  @Test func `an ellipsis that does not fit is left out`() {
    #expect(Text.clip("abcdef", width: 2, ellipsis: "...") == "ab")
  }

  @Test func `padding fills with spaces on the side that is asked for`() {
    #expect(Text.pad("ab", width: 5) == "ab   ")
    #expect(Text.pad("ab", width: 5, alignment: .right) == "   ab")
    #expect(Text.pad("ab", width: 5, alignment: .center) == " ab  ")
    #expect(Text.pad("abcdef", width: 3) == "ab…")
  }

  @Test func `spans keep their roles through wrapping and clipping`() {
    let line: Line = [Span("a TLS "), Span("record header", .strong), Span(" has five bytes")]
    #expect(
      Text.wrap(line, width: 14) == [
        [Span("a TLS "), Span("record", .strong)], [Span("header", .strong), Span(" has")],
        [Span("five bytes")],
      ])
    #expect(Text.clip(line, width: 10) == [Span("a TLS "), Span("rec…", .strong)])
  }

  @Test(arguments: [
    ("the *first* byte", [Span("the "), Span("first", .strong), Span(" byte")]),
    ("*all of it*", [Span("all of it", .strong)]),
    ("(*x*), done", [Span("("), Span("x", .strong), Span("), done")]),
    ("2 * 3 * 4", [Span("2 * 3 * 4")]),
    ("a*b*c", [Span("a*b*c")]),
    ("*.netlab.test", [Span("*.netlab.test")]),
    ("**", [Span("**")]),
  ])
  func `asterisks around words set them apart`(text: String, line: Line) {
    #expect(Text.emphasis(text) == line)
  }
}
