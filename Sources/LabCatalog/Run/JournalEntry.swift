package import LabCore
package import LabFacts

/// One line of what a lesson has shown and asked. Only ever appended: the plain mode and the JSON
/// output are made of it.
package enum JournalEntry: Equatable, Sendable {
  case stepBegan(id: String, number: Int, count: Int, phase: LessonPhase)
  case said(String)
  case asked(Question)
  /// `correct` is absent where the step does not tell yet (a prediction).
  case answered(keys: [String], correct: Bool?, belief: String?)
  /// An answer that is no choice: what was typed, or the row pointed at, in words.
  case gave(String, correct: Bool?, belief: String?)
  case sure(Int)
  case skipped
  /// Texts are passed over from here on, or no more.
  case wentFast(Bool)
  /// An action, in words.
  case did(String)
  /// A program of the machine has ended.
  case ran(ActorID, ProgramState)
  case noted(String)
  case expectationMet(String)
  case expectationMissed(Mismatch)
  case feedback(String)
  case hintShown(number: Int, text: String)
  case goal(String, moves: [TryBench.Move])
  case moved(key: String, text: String)
  case goalReached
  case solutionShown([String])
  case finished(LessonResult)
}
