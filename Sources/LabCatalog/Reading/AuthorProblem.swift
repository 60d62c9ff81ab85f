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

  package init(
    file: String, place: Place, code: String, message: String, help: String = "", severity: Severity = .error
  ) {
    self.file = file
    line = place.line
    column = place.column
    self.code = code
    self.message = message
    self.help = help
    self.severity = severity
  }

  /// The same with what mends it.
  package func mended(by edits: [TextEdit]) -> AuthorProblem {
    var problem = self
    problem.edits = edits
    return problem
  }

  /// `lessons/x.yaml:3:7: error[L01]: …`, and the help on a line of its own.
  package var description: String {
    let head = "\(file):\(line):\(column): \(severity.rawValue)[\(code)]: \(message)"
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
