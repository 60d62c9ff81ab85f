/// docs/coverage.md, read as a table.
enum CoverageTable {
  struct Row {
    let id: String
    let words: String

    /// What stands in backticks and begins with a word that promises something.
    var claims: [Claim] {
      words.matches(of: /`(verb|actor|lesson|card|doc|test):\s+([^`]+)`/).map {
        Claim(row: id, kind: String($0.1), text: String($0.2))
      }
    }

    /// Says why something is not there, in words.
    var givesReason: Bool { words.contains(/`(no|open):`\s+\w+(\s+\S+){2,}/) }
  }

  struct Claim: CustomStringConvertible {
    let row: String
    let kind: String
    let text: String

    var words: [String] { text.split(separator: " ").map(String.init) }
    var description: String { "\(row) `\(kind): \(text)`" }
  }

  static let rows: [Row] = rows(of: Repository.lines("docs/coverage.md").map(String.init))

  static func rows(of lines: [String]) -> [Row] {
    lines.compactMap { line in
      guard let match = line.firstMatch(of: /^\| ([A-EN]\d+) \| [^|]+ \| ([^|]+) \|$/) else { return nil }
      return Row(id: String(match.1), words: String(match.2))
    }
  }

  /// Every row there must be, in order.
  static let ids: [String] = [("A", 21), ("B", 11), ("C", 59), ("D", 36), ("E", 53), ("N", 16)]
    .flatMap { letter, count in (1...count).map { "\(letter)\($0)" } }
}
