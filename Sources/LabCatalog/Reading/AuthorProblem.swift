import LabFacts

/// Something an author should change, with where and how.
package struct AuthorProblem: Hashable, Sendable, CustomStringConvertible {
  package enum Severity: String, Sendable {
    case error
    case warning
  }

  /// Relative to the data folder, or as the author named it.
  package var file: String
  package let line: Int
  package let column: Int
  /// `L01`; the groups are told at `Linter`.
  package let code: String
  /// A sentence that says what is wrong.
  package let message: String
  /// A sentence that says what to do. May be empty.
  package let help: String
  package let severity: Severity
  /// Changes of the file that mend it, where no judgement is needed.
  package var edits: [TextEdit] = []
  /// The id of a lesson it is about, where it stands in another file than that lesson's.
  package var lesson: String?

  package init(
    file: String, place: Place, code: String, message: String, help: String = "", severity: Severity = .error
  ) {
    self.file = file
    line = place.line
    column = place.column
    self.code = code
    self.message = AuthorProblem.printable(message)
    self.help = AuthorProblem.printable(help)
    self.severity = severity
  }

  /// Texts of a file stand in them, and YAML can write any character. Line breaks and backslashes are ours.
  private static func printable(_ text: String) -> String {
    guard !text.utf8.allSatisfy({ (0x20...0x7e).contains($0) }) else { return text }
    return text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.split(separator: "\\", omittingEmptySubsequences: false).map { Notation.escaped(String($0)) }
        .joined(separator: "\\")
    }.joined(separator: "\n")
  }

  /// The same with what mends it.
  package func mended(by edits: [TextEdit]) -> AuthorProblem {
    var problem = self
    problem.edits = edits
    return problem
  }

  /// The same, as one about a lesson that has a file of its own.
  func about(_ lesson: Lesson) -> AuthorProblem {
    var problem = self
    problem.lesson = lesson.id
    return problem
  }

  /// `lessons/x.yaml:3:7: error[L01]: …`, and the help on a line of its own.
  package var description: String {
    let head = "\(AuthorProblem.printable(file)):\(line):\(column): \(severity.rawValue)[\(code)]: \(message)"
    return help.isEmpty ? head : head + "\n  help: \(help)"
  }
}

extension AuthorProblem {
  /// What a learner is told of broken files, in one line; nothing where there is no error.
  package static func notice(_ problems: [AuthorProblem], in files: String) -> String? {
    let count = problems.count { $0.severity == .error }
    guard count > 0 else { return nil }
    return "\(count) \(count == 1 ? "error" : "errors") in \(files): netlab lint shows them."
  }
}

extension AuthorProblem: Comparable {
  /// By file, then by place.
  package static func < (a: AuthorProblem, b: AuthorProblem) -> Bool {
    (a.file, a.line, a.column, a.code, a.message) < (b.file, b.line, b.column, b.code, b.message)
  }
}
