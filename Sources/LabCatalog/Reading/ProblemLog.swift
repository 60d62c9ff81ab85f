/// Collects the problems of one file while it is read. A class, so that the readers of its parts share it;
/// it never leaves the function that reads the file.
final class ProblemLog {
  let file: String
  private(set) var problems: [AuthorProblem] = []

  init(file: String) { self.file = file }

  /// Odd white space is no reason to leave a file out.
  var leavesOut: Bool { problems.contains { $0.code != "L06" } }

  func add(
    _ code: String, at place: Place, _ message: String, help: String = "", edits: [TextEdit] = []
  ) {
    problems.append(
      AuthorProblem(file: file, place: place, code: code, message: message, help: help).mended(by: edits))
  }
}
