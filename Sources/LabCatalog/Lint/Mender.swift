/// Makes the changes that need no judgement: what `netlab lint --fix` does.
package enum Mender {
  /// What came of it.
  package struct Outcome: Equatable, Sendable {
    /// The whole new text of each file that changed.
    package var files: [String: String] = [:]
    /// Problems that are gone now.
    package var mended: [AuthorProblem] = []
  }

  /// A mended file shows what its mistake hid, so this goes on until nothing is left to do.
  private static let rounds = 8

  /// The mended files of a data folder. `wanted` chooses files. Writes nothing.
  package static func mend(_ source: FileSource, wanted: (String) -> Bool = { _ in true }) -> Outcome {
    var outcome = Outcome()
    for _ in 0..<rounds {
      let current = source.with(outcome.files)
      let (catalog, problems) = Catalog.load(from: current)
      let open = (problems + Linter.problems(in: catalog)).filter { !$0.edits.isEmpty && wanted($0.file) }
      var isChanged = false
      for (file, problems) in Dictionary(grouping: open, by: \.file).sorted(by: { $0.key < $1.key }) {
        guard case .text(let text) = current.read(file) else { continue }
        let (better, mended) = mend(text, problems)
        guard better != text else { continue }
        isChanged = true
        outcome.files[file] = better
        outcome.mended += mended
      }
      if !isChanged { break }
    }
    return outcome
  }

  /// One text, and the problems whose changes could all be made.
  static func mend(_ text: String, _ problems: [AuthorProblem]) -> (text: String, mended: [AuthorProblem]) {
    var lines = text.scalarLines
    var done: Set<TextEdit> = []
    var last: Place?
    // From the end, so that places before a change stay true.
    for edit in Set(problems.flatMap(\.edits)).sorted(by: { $1.place < $0.place }) {
      let length = edit.old.unicodeScalars.count
      let end = Place(line: edit.place.line, column: edit.place.column + length)
      if let last, last < end { continue }
      guard apply(edit, to: &lines) else { continue }
      last = edit.place
      done.insert(edit)
    }
    let mended = problems.filter { $0.edits.allSatisfy(done.contains) }
    return (lines.map { String(scalars: $0) }.joined(separator: "\n"), mended)
  }

  private static func apply(_ edit: TextEdit, to lines: inout [[Unicode.Scalar]]) -> Bool {
    let index = edit.place.line - 1
    guard lines.indices.contains(index) else { return false }
    let old = Array(edit.old.unicodeScalars)
    // A word may stand in quotes; they stay.
    for start in [edit.place.column - 1, edit.place.column] {
      let end = start + old.count
      guard start >= 0, end <= lines[index].count, Array(lines[index][start..<end]) == old else { continue }
      lines[index].replaceSubrange(start..<end, with: edit.new.unicodeScalars)
      return true
    }
    return false
  }
}

extension Place: Comparable {
  package static func < (a: Place, b: Place) -> Bool { (a.line, a.column) < (b.line, b.column) }
}
