package import LabCore
package import LabFacts

/// A lesson being run: the one interpreter of the screen, the headless mode and the tests.
///
/// Pure: facts and intents go in, effects come out. Call `handle` for a fact after the reducer took it.
package struct LessonRun: Equatable, Sendable {
  package let lesson: Lesson
  package internal(set) var awaiting: Awaiting = .advance
  package internal(set) var pane = StepPane()
  package internal(set) var highlight: Highlight?
  package internal(set) var journal: [JournalEntry] = []
  package internal(set) var answers = LessonAnswers()
  /// From 0; the step shown.
  package internal(set) var stepIndex = 0
  /// Records go through the gate without waiting for Space.
  package internal(set) var runsFree = false

  package init(lesson: Lesson, catalog: Catalog) {
    self.lesson = lesson
  }

  package var step: Step? { lesson.steps.indices.contains(stepIndex) ? lesson.steps[stepIndex] : nil }
  /// From 1.
  package var stepNumber: Int { min(stepIndex + 1, stepCount) }
  package var stepCount: Int { lesson.steps.count }
  package var phase: LessonPhase { step?.phase ?? lesson.steps.last?.phase ?? .read }

  /// How it ended, once it has.
  package var result: LessonResult? {
    if case .finished(let result) = awaiting { return result }
    return nil
  }

  /// Begins with the first step. The lab must be empty.
  package mutating func begin(_ lab: LabState) -> [Effect] { [] }

  /// Takes what a person wants. An intent that does not fit the moment changes nothing.
  package mutating func handle(_ intent: Intent, _ lab: LabState) -> [Effect] { [] }

  /// Takes what happened; `lab` is the state after it.
  package mutating func handle(_ fact: Fact, _ lab: LabState) -> [Effect] { [] }
}
