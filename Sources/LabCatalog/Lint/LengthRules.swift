/// L24: the longest answer is not always the right one.
enum LengthRules {
  static func check(_ catalog: Catalog) -> [AuthorProblem] {
    let asked = catalog.lessons.map { ($0, $0.steps.flatMap { $0.picks(inRecall: false) }) }
    let recalled = catalog.lessons.flatMap { $0.steps.flatMap { $0.picks(inRecall: true) } }
    return asked.flatMap { alone($0, $1) } + tooOften("predictions and observations", asked.flatMap(\.1))
      + tooOften("recall questions", recalled)
  }

  /// A lesson with enough questions to see a habit.
  private static func alone(_ lesson: Lesson, _ questions: [[Choice]]) -> [AuthorProblem] {
    guard questions.count >= 3, questions.allSatisfy(isLongestRight) else { return [] }
    return [
      lesson.problem(
        "L24", at: lesson.place(of: "steps"), "In every question the longest choice is the right one.",
        help: "Say a wrong one in more words, or the right one in fewer.")
    ]
  }

  private static func tooOften(_ what: String, _ questions: [[Choice]]) -> [AuthorProblem] {
    let count = questions.count(where: isLongestRight)
    guard questions.count >= 20, count * 2 > questions.count else { return [] }
    return [
      AuthorProblem(
        file: "lessons/tracks.yaml", place: .start, code: "L24",
        message: "The longest choice is the right one in \(count) of \(questions.count) \(what).",
        help: "Not in more than half: say some wrong ones in more words.", severity: .warning)
    ]
  }

  static func isLongestRight(_ choices: [Choice]) -> Bool {
    let longest = choices.map { ScreenRules.columns($0.text) }.max() ?? 0
    let found = choices.filter { ScreenRules.columns($0.text) == longest }
    return found.count == 1 && found[0].correct
  }
}

extension Step {
  /// The choices of its questions that have one right answer.
  fileprivate func picks(inRecall: Bool) -> [[Choice]] {
    let all: [Answering] =
      switch kind {
      case .predict(let prediction): inRecall ? [] : [prediction.answering]
      case .observe(let observation): inRecall ? [] : [observation.answering]
      case .recall(let items): inRecall ? items.map(\.answering) : []
      case .say, .perform, .explain, .attempt: []
      }
    return all.compactMap { answering in
      guard case .pick(.choice, let choices) = answering, choices.count(where: \.correct) == 1 else {
        return nil
      }
      return choices
    }
  }
}
