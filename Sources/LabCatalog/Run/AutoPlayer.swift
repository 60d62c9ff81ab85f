package import LabFacts

/// Plays a lesson in a person's place: answers rightly, or as told, and goes on.
package struct AutoPlayer: Equatable, Sendable {
  /// Keys to answer with, by step id: the choices of a question, or the moves of a *try*.
  package var answers: [String: [String]]

  package init(answers: [String: [String]] = [:]) { self.answers = answers }

  /// What to do now; nothing while the lab has to go on first, and at the end.
  package func nextIntent(for run: LessonRun) -> Intent? { nil }
}
