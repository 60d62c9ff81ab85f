/// Wraps one paragraph: first fit, word by word.
struct ParagraphWrap {
  private let width: Int
  /// The columns before every line but the first.
  private let indent: Int
  private var lines: [[Cell]] = []
  private var line: [Cell] = []
  private var used = 0

  static func lines(of paragraph: [Cell], width: Int) -> [[Cell]] {
    var wrap = ParagraphWrap(width: width, indent: width < 4 ? 0 : min(hang(of: paragraph), width / 2))
    var gap: [Cell] = []
    for word in words(of: paragraph) {
      if word.first?.character == " " {
        gap = word
      } else {
        wrap.add(word, after: gap)
        gap = []
      }
    }
    return wrap.lines + [wrap.line]
  }

  private init(width: Int, indent: Int) {
    self.width = width
    self.indent = indent
  }

  private var isLineEmpty: Bool { used <= (lines.isEmpty ? 0 : indent) }

  private mutating func add(_ word: [Cell], after gap: [Cell]) {
    if used + gap.count + word.columns > width, !isLineEmpty {
      startLine()
    } else {
      append(gap.prefix(max(0, width - used - 1)))
    }
    var rest = word[...]
    while used + rest.columns > width {
      // Always at least one character, so that a wide one in a single column can't loop for ever.
      let fitting = Text.endOfPrefix(rest, width: width - used)
      let end = max(isLineEmpty ? 1 : 0, fitting)
      append(rest.prefix(end))
      rest = rest.dropFirst(end)
      if rest.isEmpty { return }
      startLine()
    }
    append(rest)
  }

  private mutating func append(_ cells: ArraySlice<Cell>) {
    line += cells
    used += cells.columns
  }

  private mutating func startLine() {
    lines.append(line)
    line = Array(repeating: .blank, count: indent)
    used = indent
  }

  /// Spaces and words in turn. A wide character is a word of its own: lines may break on both sides of it.
  private static func words(of paragraph: [Cell]) -> [[Cell]] {
    var words: [[Cell]] = []
    for cell in paragraph {
      if let last = words.last?.last, joins(last.character, cell.character) {
        words[words.count - 1].append(cell)
      } else {
        words.append([cell])
      }
    }
    return words
  }

  private static func joins(_ a: Character, _ b: Character) -> Bool {
    if a == " " || b == " " { return a == b }
    return DisplayWidth.of(a) < 2 && DisplayWidth.of(b) < 2
  }

  /// The column of the first word that is not a bullet, `1.`, `2)` or `a)`.
  private static func hang(of paragraph: [Cell]) -> Int {
    let indent = paragraph.prefix { $0.character == " " }.count
    let rest = paragraph.dropFirst(indent).map(\.character)
    guard let space = rest.firstIndex(of: " ") else { return indent }
    let head = rest[..<space]
    guard isBullet(head) else { return indent }
    let blanks = rest[space...].prefix { $0 == " " }.count
    return indent + head.count + blanks
  }

  private static func isBullet(_ head: ArraySlice<Character>) -> Bool {
    guard let last = head.last else { return false }
    if head.count == 1 { return "-*•·–▸✔✘".contains(last) }
    let label = head.dropLast()
    guard last == "." || last == ")" else { return false }
    return label.count <= 2 && label.allSatisfy(\.isNumber) || label.count == 1 && last == ")"
  }
}
