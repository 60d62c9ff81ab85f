/// L06: what nobody sees in a file and YAML, or the next author, stumbles over.
enum WhiteSpaceRules {
  static func check(_ text: String, _ log: ProblemLog) {
    if text.unicodeScalars.first == byteOrderMark {
      log.add(
        "L06", at: .start, "The file begins with a byte order mark (BOM), which nobody sees.",
        help: "Save it as UTF-8 without BOM; `netlab lint --fix` takes it away.",
        edits: [TextEdit(at: .start, replacing: String(scalars: [byteOrderMark]), by: "")])
    }
    var number = 0
    for line in text.utf8.split(separator: 0x0a, omittingEmptySubsequences: false) {
      number += 1
      if isOdd(line) { check(Array(Substring(line).unicodeScalars), number: number, log) }
    }
  }

  /// What some editors put before a text in UTF-8.
  static let byteOrderMark: Unicode.Scalar = "\u{feff}"

  /// A whole file ends with a line break; what another program adds then begins a line of its own.
  static func checkEnd(_ text: String, _ log: ProblemLog) {
    guard let last = text.utf8.last, last != 0x0a else { return }
    let lines = text.scalarLines
    let end = Place(line: lines.count, column: (lines.last?.count ?? 0) + 1)
    log.add(
      "L06", at: end, "The last line has no end.", help: "Put a line break behind it.",
      edits: [TextEdit(at: end, replacing: "", by: "\n")])
  }

  /// Files are read at each start, and nearly all lines are good: one look at the bytes.
  private static func isOdd(_ line: Substring.UTF8View) -> Bool {
    line.last == 0x20 || line.last == 0x0d || line.contains { $0 == 0x09 || $0 == 0xcc || $0 == 0xcd }
  }

  private static func check(_ line: [Unicode.Scalar], number: Int, _ log: ProblemLog) {
    if let tab = line.firstIndex(of: "\t") {
      log.add(
        "L06", at: Place(line: number, column: tab + 1), "There is a tab in this line.",
        help: "Indent with spaces; write \"\\t\" where a text needs a tab.",
        edits: indentation(line, number: number))
    }
    if let last = line.last, last == " " || last == "\r" {
      let rest = Array(line.reversed().prefix { $0 == " " || $0 == "\t" || $0 == "\r" }.reversed())
      log.add(
        "L06", at: Place(line: number, column: line.count), "There is white space at the end of this line.",
        help: "Take it away.",
        edits: [
          TextEdit(
            at: Place(line: number, column: line.count - rest.count + 1), replacing: String(scalars: rest),
            by: "")
        ])
    }
    if let mark = line.firstIndex(where: { ("\u{300}"..."\u{36f}").contains($0) }) {
      log.add(
        "L06", at: Place(line: number, column: mark + 1),
        "A letter and its accent are two characters here (not NFC).",
        help: "Type the letter anew: é is one character.")
    }
  }

  /// Two spaces for each tab a line begins with. A tab further on may belong to a text.
  private static func indentation(_ line: [Unicode.Scalar], number: Int) -> [TextEdit] {
    let blank = Array(line.prefix { $0 == " " || $0 == "\t" })
    guard blank.contains("\t"), blank.count < line.count else { return [] }
    let spaces = blank.reduce(0) { $0 + ($1 == "\t" ? 2 : 1) }
    return [
      TextEdit(
        at: Place(line: number, column: 1), replacing: String(scalars: blank),
        by: String(repeating: " ", count: spaces))
    ]
  }
}

extension String {
  init(scalars: some Sequence<Unicode.Scalar>) {
    var view = UnicodeScalarView()
    view.append(contentsOf: scalars)
    self.init(view)
  }

  /// Its lines as scalars; a text that ends with a line break has an empty last one.
  var scalarLines: [[Unicode.Scalar]] {
    unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map(Array.init)
  }
}
