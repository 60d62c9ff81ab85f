package import LabCanvas

/// A text in parts that is wrapped when it is drawn.
package struct Document: Equatable, Sendable {
  package enum Part: Equatable, Sendable {
    case heading(String)
    /// May hold `*emphasis*` and line breaks.
    case paragraph(String, Role)
    /// Further lines stand under the first word.
    case item(mark: String, String, Role)
    /// What somebody else wrote: a `*` in it is a star, not emphasis.
    case verbatim(mark: String, String)
    /// A shell command: not wrapped at words, but broken where the room ends.
    case command(String, mark: String = "")
    /// A word in the first column, the rest in the second.
    case row(String, String, Role)
    case line(Line)
    case gap
  }

  package var parts: [Part] = []
  /// Paragraphs are never wider: longer lines are hard to read.
  package var measure = 76

  package init(_ parts: [Part] = []) { self.parts = parts }

  package mutating func add(_ part: Part) { parts.append(part) }

  /// A heading, with a gap before it unless it is the first thing.
  package mutating func section(_ title: String) {
    if !parts.isEmpty { parts.append(.gap) }
    parts.append(.heading(title))
  }

  package mutating func paragraphs(_ texts: [String], _ role: Role = .text) {
    parts += texts.map { .paragraph($0, role) }
  }

  package mutating func items(_ texts: [String], mark: String, _ role: Role = .text) {
    parts += texts.map { .item(mark: mark, $0, role) }
  }

  /// The lines at a width.
  package func lines(width: Int, _ glyphs: Glyphs = .unicode) -> [Line] {
    guard width > 0 else { return [] }
    let column = min(max(width / 3, min(32, width * 2 / 5)), parts.reduce(0) { max($0, $1.firstColumn) } + 2)
    return parts.flatMap { Document.lines($0, width: width, measure: measure, column: column, glyphs) }
  }

  private static func lines(
    _ part: Part, width: Int, measure: Int, column: Int, _ glyphs: Glyphs
  ) -> [Line] {
    let reading = min(width, measure)
    switch part {
    case .heading(let text):
      return [Text.clip([Span(text, .strong)], width: width, ellipsis: glyphs.ellipsis)]
    case .paragraph(let text, let role):
      return Text.wrap(Text.emphasis(Fingerprint.breakable(text, width: reading), role: role), width: reading)
    case .item(let mark, let text, let role):
      let room = max(8, reading - mark.count - 1)
      let body = Text.wrap(Text.emphasis(Fingerprint.breakable(text, width: room), role: role), width: room)
      return hang(body, mark: mark, role: role)
    case .verbatim(let mark, let text):
      let room = max(8, reading - (mark.isEmpty ? 0 : mark.count + 1))
      let body = Text.wrap([Span(text)], width: room)
      return mark.isEmpty ? body : hang(body, mark: mark, role: .dim)
    case .command(let text, let mark): return commandLines(text, mark: mark, width: width)
    case .row(let name, let value, let role):
      let room = max(1, min(width, 100) - column)
      let names = Text.wrap([Span(name, .dim)], width: column - 1)
      let values = Text.wrap([Span(Fingerprint.breakable(value, width: room), role)], width: room)
      return (0..<max(names.count, values.count)).map { index in
        let left = names.indices.contains(index) ? names[index] : []
        let right = values.indices.contains(index) ? values[index] : []
        return Text.pad(left, width: column) + right
      }
    case .line(let line): return [Text.clip(line, width: width, ellipsis: glyphs.ellipsis)]
    case .gap: return [[]]
    }
  }

  private static func hang(_ body: [Line], mark: String, role: Role) -> [Line] {
    let blank = String(repeating: " ", count: DisplayWidth.of(mark) + 1)
    return body.enumerated().map { index, line in
      [index == 0 ? Span(mark + " ", role) : Span(blank)] + line
    }
  }

  private static func commandLines(_ text: String, mark: String, width: Int) -> [Line] {
    let lead = mark.isEmpty ? "" : mark + " "
    let blank = String(repeating: " ", count: lead.count)
    let lines = Text.wrap(text, width: max(1, width - 4 - lead.count))
    return lines.enumerated().map { index, line in
      let more = index + 1 < lines.count ? " \\" : ""
      return [Span(index == 0 ? lead + "$ " : blank + "  ", .dim), Span(line + more, .key)]
    }
  }
}

/// A fingerprint or a serial number is one long word: it is broken between two bytes, into lines of as many.
enum Fingerprint {
  static func breakable(_ text: String, width: Int) -> String {
    text.split(separator: " ", omittingEmptySubsequences: false)
      .map { isFingerprint($0) && $0.count > width ? broken($0, width: width) : String($0) }
      .joined(separator: " ")
  }

  /// The first and the last bytes, for a hint where there is no room.
  static func short(_ text: String) -> String {
    text.count > 40 ? "\(text.prefix(23))\u{2026}\(text.suffix(5))" : text
  }

  /// Hex bytes with colons between them.
  private static func isFingerprint(_ word: Substring) -> Bool {
    word.count >= 23 && word.count % 3 == 2
      && word.enumerated().allSatisfy { $0 % 3 == 2 ? $1 == ":" : $1.isHexDigit }
  }

  private static func broken(_ word: Substring, width: Int) -> String {
    let length = 3 * ([16, 8, 4].first { 3 * $0 <= width } ?? 4)
    return stride(from: 0, to: word.count, by: length)
      .map { String(word.dropFirst($0).prefix(length)) }.joined(separator: "\n")
  }
}

extension Document.Part {
  fileprivate var firstColumn: Int {
    if case .row(let name, _, _) = self { return DisplayWidth.of(name) }
    return 0
  }
}
