import Foundation
package import LabCatalog
package import LabCore
package import LabFacts

/// A run to take along: what was run and when, and its facts.
package struct SavedRun: Equatable, Sendable {
  /// The lesson's id, and its code and title.
  package var lesson: String
  package var title: String
  /// Microseconds since 1970 UTC; 0 where that is not known.
  package var began: Int
  package var engine: String
  package var facts: [StampedFact]

  /// Where each step of the lesson began.
  package var marks: [StepMark]

  package init(
    lesson: String, title: String, began: Int, engine: String, facts: [StampedFact], marks: [StepMark] = []
  ) {
    self.marks = marks
    self.lesson = lesson
    self.title = title
    self.began = began
    self.engine = engine
    self.facts = facts
  }

  /// The version of this form.
  static let version = 1

  struct Header: Codable {
    let v: Int
    let event: String
    let lesson: String
    let title: String
    let began: Int
    let engine: String
    /// Left out by early versions.
    var steps: [StepMark]?
  }

  /// One JSON object a line: what was run, then every fact. Keys of TLS are left out.
  package var lines: [String] {
    let header = Header(
      v: SavedRun.version, event: SavedRun.event, lesson: lesson, title: title, began: began, engine: engine,
      steps: marks)
    return [JSONLines.encode(header)] + JSONLines.lines(for: facts.filter { !$0.fact.isSecret })
  }

  static let event = "saved-run"

  /// The same, to be looked at again.
  package func replay(of file: String, _ catalog: Catalog) -> Replay {
    var source = Replay.Source(
      file: Notation.escaped(file), lesson: lesson, title: title,
      began: began > 0 ? Int64(began / 1_000_000) : nil, engine: engine)
    source.marks = marks
    return Replay(source, facts, catalog)
  }
}

extension Fact {
  /// With it, anybody could read what was encrypted.
  fileprivate var isSecret: Bool {
    if case .keyLogged = self { return true }
    return false
  }
}
