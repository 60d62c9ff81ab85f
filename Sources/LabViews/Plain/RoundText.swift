package import LabCatalog
package import LabCore
package import LabFacts

/// A round of questions as lines: numbered choices, and what was true.
package enum RoundText {
  /// What is about to be asked.
  package static func opening(_ round: QuestionRound) -> [String] {
    let count = "\(round.questions.count) \(round.questions.count == 1 ? "question" : "questions")"
    switch round.purpose {
    case .review: return ["Review: \(count) from lessons you have done, in a new situation."]
    case .before:
      return [
        "Test before: \(count). What is true is told after the second time."
      ]
    case .after: return ["Test after: \(count)."]
    }
  }

  /// The question to answer now.
  package static func question(_ round: QuestionRound, _ catalog: Catalog) -> [String] {
    guard let current = round.current else { return [] }
    return ["", heading(round, catalog)] + PlainText.prose("Question: " + current.question.ask)
      + current.question.choices.enumerated().map { "  \($0 + 1)  \(PlainText.plain($1))" }
  }

  /// `Question 1 of 3, from SP2 Port hopping`
  static func heading(_ round: QuestionRound, _ catalog: Catalog) -> String {
    let from = round.current?.lesson.flatMap { catalog.lesson($0) }.map { ", from \($0.code) \($0.title)" }
    return "Question \(min(round.index + 1, round.questions.count)) of \(round.questions.count)\(from ?? "")"
  }

  /// What can be typed. `stop` is what ends the round early: `q stop`.
  package static func prompt(_ round: QuestionRound, stop: String = "q stop") -> String {
    guard let question = round.current?.question else { return "" }
    let several = question.isMultiple ? " Several are right: 1 3." : ""
    return "Answer 1 to \(question.choices.count), s skip, \(stop):\(several)"
  }

  package static let unfinishedTest = "Nothing is kept of a test that was not finished."

  /// Why there is no review now, and when there will be one.
  package static func nothingDue(_ progress: Progress, on today: Day) -> String {
    let next = progress.nextReview(after: today).map { "The next question is due on \($0)." }
    return "Nothing is due. \(next ?? "Questions come from lessons that are done.")"
  }

  /// Whether the answer was right, and what is true.
  package static func verdict(_ round: QuestionRound) -> [String] {
    guard let shown = round.shown, let question = round.current?.question else { return [] }
    let numbers = question.correct.map { String($0 + 1) }.joined(separator: " and ")
    return PlainText.prose((shown.right ? "Right. " : "The answer is \(numbers). ") + question.why)
  }

  /// The keys of what was typed, such as `2` or `1 3`; nothing where it is no answer.
  package static func keys(_ typed: String, _ round: QuestionRound) -> [String]? {
    guard let question = round.current?.question else { return nil }
    let words = typed.split { $0 == " " || $0 == "," }
    let numbers = words.compactMap { Int($0) }
    guard !numbers.isEmpty, numbers.count == words.count, question.isMultiple || numbers.count == 1,
      numbers.allSatisfy({ question.choices.indices.contains($0 - 1) })
    else { return nil }
    return numbers.map { Choice.key(at: $0 - 1) }
  }

  /// What the round came to.
  package static func ending(_ round: QuestionRound) -> String {
    let asked = round.answers.count
    let leftOut = round.questions.count - asked
    guard round.purpose == .review else {
      return "\(asked) answered, \(leftOut) left out. What it came to is told by belief."
    }
    guard asked > 0 else { return "Nothing was answered: the questions stay due." }
    let right = round.rightCount
    let parts = [
      "\(right) of \(asked) right.", right > 0 ? "What was right rests longer." : nil,
      right < asked ? "What was not comes back tomorrow." : nil,
      leftOut > 0 ? "\(leftOut) left out: still due." : nil,
    ]
    return parts.compactMap { $0 }.joined(separator: " ")
  }
}
