package import LabCanvas

/// A text in parts that is wrapped when it is drawn.
package struct Document: Equatable, Sendable {
  package enum Part: Equatable, Sendable {
    case heading(String)
    /// May hold `*emphasis*` and line breaks.
    case paragraph(String, Role)
    /// Further lines stand under the first word.
    case item(mark: String, String, Role)
    /// A shell command: not wrapped at words, but broken where the room ends.
    case command(String)
    /// A word in the first column, the rest in the second.
    case row(String, String, Role)
    case line(Line)
    case gap
  }

  package var parts: [Part] = []

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

  /// The lines at a width. Text is never wider than 76: longer lines are hard to read.
  package func lines(width: Int, _ glyphs: Glyphs = .unicode) -> [Line] {
    guard width > 0 else { return [] }
    let column = min(width / 3, parts.reduce(0) { max($0, $1.firstColumn) } + 2)
    return parts.flatMap { Document.lines($0, width: width, column: column, glyphs) }
  }

  private static func lines(_ part: Part, width: Int, column: Int, _ glyphs: Glyphs) -> [Line] {
    let reading = min(width, 76)
    switch part {
    case .heading(let text):
      return [Text.clip([Span(text, .strong)], width: width, ellipsis: glyphs.ellipsis)]
    case .paragraph(let text, let role):
      return Text.wrap(Text.emphasis(text, role: role), width: reading)
    case .item(let mark, let text, let role):
      let body = Text.wrap(Text.emphasis(text, role: role), width: max(8, reading - mark.count - 1))
      return hang(body, mark: mark, role: role)
    case .command(let text): return commandLines(text, width: width)
    case .row(let name, let value, let role):
      let body = Text.wrap([Span(value, role)], width: max(1, min(width, 96) - column))
      return hang(
        body, mark: Text.pad(name, width: column - 1, ellipsis: glyphs.ellipsis), role: .dim)
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

  private static func commandLines(_ text: String, width: Int) -> [Line] {
    let lines = Text.wrap(text, width: max(1, width - 4))
    return lines.enumerated().map { index, line in
      let more = index + 1 < lines.count ? " \\" : ""
      return [Span(index == 0 ? "$ " : "  ", .dim), Span(line + more, .key)]
    }
  }
}

extension Document.Part {
  fileprivate var firstColumn: Int {
    if case .row(let name, _, _) = self { return DisplayWidth.of(name) }
    return 0
  }
}
