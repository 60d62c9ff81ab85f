import Foundation
import LabCatalog
import LabFacts

/// Which files of the data folder the author wants to hear about.
struct LintChoice {
  /// Relative to the data folder; all of them where nothing was named.
  private let files: Set<String>?
  /// Ids of the lessons among them.
  private let lessons: Set<String>

  /// Names are ids or codes of lessons, or paths.
  init(_ names: [String], _ catalog: Catalog, _ named: NamedFiles, folder: String) throws {
    guard !names.isEmpty else {
      (files, lessons) = (nil, [])
      return
    }
    let root = DataPath.real(folder) + "/"
    let files = Set(
      try names.map { name in
        if let file = named.names.first(where: { $0.value == name })?.key { return file }
        if let lesson = catalog.lesson(name) { return lesson.file }
        if let file = LintChoice.broken(name, catalog) { return file }
        let path = DataPath.real(name)
        if path.hasPrefix(root), FileManager.default.fileExists(atPath: path) {
          return String(path.dropFirst(root.count))
        }
        let hint = catalog.nearestLesson(to: name).map { " Did you mean \($0.code) (\($0.id))?" } ?? ""
        Machine.complain(
          "\(Notation.escaped(name)) is no lesson and no file of \(folder).\(hint)")
        throw Exit.unable
      })
    self.files = files
    lessons = Set(catalog.lessons.filter { files.contains($0.file) }.map(\.id))
  }

  func contains(_ file: String) -> Bool { files?.contains(file) ?? true }

  /// Is it one of these files, or about a lesson among them?
  func contains(_ problem: AuthorProblem) -> Bool {
    contains(problem.file) || problem.lesson.map(lessons.contains) ?? false
  }

  /// A lesson that can't be read has no code: its file's name begins with it.
  private static func broken(_ name: String, _ catalog: Catalog) -> String? {
    let wanted = name.lowercased()
    return catalog.leftOut.sorted().first { file in
      let id = file.split(separator: "/").last.map { String($0.dropLast(".yaml".count)) } ?? ""
      return id == wanted || id.hasPrefix(wanted + "-")
    }
  }
}
