package import LabCatalog

/// What the linter found, for programs.
package enum LintJSON {
  /// One JSON object, on one line.
  package static func line(for problem: AuthorProblem) -> String {
    JSONLines.encode(
      Line(
        file: problem.file, line: problem.line, column: problem.column, code: problem.code,
        severity: problem.severity.rawValue, message: problem.message, help: problem.help))
  }

  private struct Line: Encodable {
    let file: String
    let line: Int
    let column: Int
    let code: String
    let severity: String
    let message: String
    let help: String
  }
}
