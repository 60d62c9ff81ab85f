/// A few questions one after the other: of the review, or of the test. A value that screens and lines share.
package struct QuestionRound: Equatable, Sendable {
  package enum Purpose: Equatable, Sendable {
    case review
    /// The test taken first. What was right is not told, so that the test can be taken again.
    case before
    case after
  }

  package struct Answer: Equatable, Sendable {
    package let keys: [String]
    package let right: Bool
  }

  package let purpose: Purpose
  package let questions: [AskedQuestion]
  package private(set) var index = 0
  /// What has been answered, by the question's id; what was left out is not there.
  package private(set) var answers: [String: Answer] = [:]
  /// The answer of the shown question, while its explanation is read.
  package private(set) var shown: Answer?

  package init(_ purpose: Purpose, _ questions: [AskedQuestion]) {
    self.purpose = purpose
    self.questions = questions
  }

  package var current: AskedQuestion? { questions.indices.contains(index) ? questions[index] : nil }
  package var isOver: Bool { current == nil }

  /// Takes an answer. Answers whether it was right; nothing where there is nothing to answer.
  package mutating func answer(_ keys: [String]) -> Bool? {
    guard let current, shown == nil, !keys.isEmpty else { return nil }
    let answer = Answer(keys: keys, right: current.question.isRight(keys))
    answers[current.id] = answer
    if purpose == .before { index += 1 } else { shown = answer }
    return answer.right
  }

  /// Goes on to the next question; one that has no answer is left out.
  package mutating func next() {
    shown = nil
    index = min(index + 1, questions.count)
  }

  package var rightCount: Int { answers.values.count { $0.right } }

  /// The verdicts of the test by belief.
  package var verdicts: [String: Bool] { answers.mapValues(\.right) }
}
