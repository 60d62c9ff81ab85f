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
    /// Was the rule named rightly? Absent where it was not asked, or left out.
    package var rule: Bool?
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

extension LessonAnswers {
  /// How it went, in sentences. A sure and wrong prediction is the best moment to learn, and said so.
  package var summary: [String] {
    var lines: [String] = []
    let made = predictions.filter { $0.choice != nil }
    if !made.isEmpty {
      lines.append("Predictions that came true: \(made.filter(\.correct).count) of \(made.count).")
    }
    let surprises = made.filter { !$0.correct && $0.confidence == 3 }.count
    if surprises > 0 {
      lines.append(
        "You were sure and surprised \(surprises == 1 ? "once" : "\(surprises) times"): those stay.")
    }
    let recalled = recalls.compactMap(\.correct)
    if !recalled.isEmpty { lines.append("Recalled: \(recalled.filter { $0 }.count) of \(recalled.count).") }
    return lines
  }
}
