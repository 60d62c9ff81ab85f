import Foundation
import LabCatalog

/// The data folder, with the lesson files that were named on the command line in their place.
struct NamedFiles {
  private(set) var source: FileSource
  /// How each was named, by its place in the data folder.
  private(set) var names: [String: String] = [:]

  init(_ names: [String], folder: String) {
    source = .disk(root: folder)
    for name in names where name.hasSuffix(".yaml") {
      let lesson = WatchedLesson(path: name, folder: folder)
      guard lesson.isLesson, let with = lesson.withFile(over: source) else { continue }
      source = with
      self.names[lesson.desk.key] = name
    }
  }

  /// The problem, with the file as it was named.
  func named(_ problem: AuthorProblem) -> AuthorProblem {
    var problem = problem
    problem.file = names[problem.file] ?? problem.file
    return problem
  }
}
