/// What a learner answered in one run: what progress is made from.
package struct LessonAnswers: Equatable, Sendable {
  package struct Predicted: Equatable, Sendable {
    package var step: String
    /// Absent where it was left out.
    package var choice: String?
    package var correct: Bool
    /// 1 guess, 2 fairly sure, 3 sure.
    package var confidence: Int?
    package var belief: String?
  }

  package struct Observed: Equatable, Sendable {
    package var step: String
    /// Answers given, the right one included.
    package var tries: Int
  }

  package struct Recalled: Equatable, Sendable {
    package var step: String
    /// Which question of the step, from 0.
    package var item: Int
    /// Absent where it was left out.
    package var correct: Bool?
    package var belief: String?
  }

  package struct Tried: Equatable, Sendable {
    package var step: String
    /// Keys of the moves made, in order.
    package var moves: [String]
    package var solved: Bool
    package var solutionShown: Bool
  }

  package var predictions: [Predicted] = []
  package var observations: [Observed] = []
  package var recalls: [Recalled] = []
  package var tries: [Tried] = []
  package var hints = 0
  /// Beliefs a question offered and the learner did not take, each time.
  package var beliefsBeaten: [String] = []
  /// Beliefs the learner chose, each time.
  package var beliefsMissed: [String] = []

  package init() {}
}
