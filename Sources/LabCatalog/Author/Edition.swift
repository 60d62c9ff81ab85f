/// A lesson as its file stands at one moment, among the others of the data folder.
package struct Edition: Equatable, Sendable {
  /// As the author named the file.
  package let path: String
  package let catalog: Catalog
  /// Absent where the file can't be played as it stands.
  package let lesson: Lesson?
  /// What is wrong in this file, the linter's findings included.
  package let problems: [AuthorProblem]
}

/// A file an author works on, wherever it lies, and the data folder it is to live in.
package struct LessonDesk: Equatable, Sendable {
  /// As the author named it.
  package let path: String
  /// Where it stands in the data folder, or would.
  package let key: String

  /// `place` is its path relative to the data folder; nothing where it lies elsewhere.
  package init(path: String, place: String?, among source: FileSource) {
    self.path = path
    key = place ?? LessonDesk.key(for: path.fileName + ".yaml", in: source)
  }

  /// A copy takes the place of the file with its name.
  private static func key(for name: String, in source: FileSource) -> String {
    for folder in source.list("lessons") where folder.hasSuffix("/") && folder != "explanations/" {
      if source.list("lessons/" + folder).contains(name) { return "lessons/\(folder)\(name)" }
    }
    return "lessons/outside/\(name)"
  }

  /// The data folder with this text in the file's place.
  package func source(_ text: String, over source: FileSource) -> FileSource { source.with([key: text]) }

  /// What the file comes to now.
  package func edition(_ content: FileSource.Content, over source: FileSource) -> Edition {
    switch content {
    case .text(let text): return edition(of: self.source(text, over: source))
    case .missing: return unread("The file is not there.", source)
    case .unreadable(let why): return unread("The file can't be read: \(why).", source)
    }
  }

  private func edition(of source: FileSource) -> Edition {
    let (catalog, found) = Catalog.load(from: source)
    let problems = (found + Linter.problems(in: catalog)).filter { $0.file == key }.sorted().map(named)
    let lesson = catalog.lessons.first { $0.file == key }
    return Edition(
      path: path, catalog: catalog,
      lesson: problems.contains(where: \.keepsFromPlaying) ? nil : lesson, problems: problems)
  }

  private func unread(_ message: String, _ source: FileSource) -> Edition {
    Edition(
      path: path, catalog: Catalog.load(from: source).catalog, lesson: nil,
      problems: [AuthorProblem(file: path, place: .start, code: "L01", message: message)])
  }

  private func named(_ problem: AuthorProblem) -> AuthorProblem {
    var problem = problem
    problem.file = path
    return problem
  }
}

extension AuthorProblem {
  /// What is shaped wrongly or names what isn't there can't be played; texts that are too long can.
  package var keepsFromPlaying: Bool { severity == .error && code <= "L20" && code != "L13" && code != "L14" }
}

/// A lesson that is shown while its author writes it.
package struct PreviewState: Equatable, Sendable {
  package var file: String
  /// Good versions so far.
  package var edition = 0
  package var problems: [AuthorProblem] = []
  /// The file can't be played as it stands: what is shown is its last good version.
  package var isBroken = false

  package init(file: String) { self.file = file }

  /// Takes in what the file came to.
  package mutating func take(_ new: Edition) {
    problems = new.problems
    isBroken = new.lesson == nil
    if !isBroken { edition += 1 }
  }

  /// One line that says where it stands.
  package var notice: String {
    let errors = problems.count { $0.severity == .error }
    let warnings = problems.count - errors
    let counted = [(errors, "error"), (warnings, "warning")].filter { $0.0 > 0 }.map { count, word in
      "\(count) \(word)\(count == 1 ? "" : "s")"
    }.joined(separator: ", ")
    if isBroken {
      let first = problems.first { $0.keepsFromPlaying }
      let place = first.map { "line \($0.line): \($0.message)" } ?? counted
      return edition == 0 ? "It can't be played yet. \(place)" : "The last good version stays. \(place)"
    }
    return "Version \(edition) of \(file)" + (counted.isEmpty ? "." : ": \(counted).")
  }
}
