/// L26: short texts in kind words.
enum WordRules {
  static let banned = ["simply", "just", "obviously", "of course"]

  static func check(_ lesson: Lesson) -> [AuthorProblem] {
    var problems: [AuthorProblem] = []
    if lesson.question.count > 110 {
      problems.append(
        lesson.problem(
          "L26", at: lesson.place(of: "question"),
          "The question has \(lesson.question.count) characters; 110 fit the catalog."))
    }
    for word in banned(in: lesson.question) + banned(in: lesson.title) {
      problems.append(wrong(word, lesson, lesson.place(of: "question")))
    }
    return problems + lesson.steps.flatMap { check($0, lesson) }
  }

  private static func check(_ step: Step, _ lesson: Lesson) -> [AuthorProblem] {
    var problems: [AuthorProblem] = []
    if case .say(let text) = step.kind { problems += tooLong(text, 60, "`say`", step, lesson) }
    if case .explain(let refutation) = step.kind {
      problems += tooLong(refutation.say, 90, "`explain`", step, lesson)
    }
    return problems
      + step.texts.flatMap { text in banned(in: text.text).map { wrong($0, lesson, text.place) } }
  }

  private static func tooLong(
    _ text: String, _ limit: Int, _ what: String, _ step: Step, _ lesson: Lesson
  ) -> [AuthorProblem] {
    let count = text.wordCount
    guard count > limit else { return [] }
    return [
      lesson.problem(
        "L26", at: step.place, "\(what) has \(count) words; the limit is \(limit).",
        help: "Say one thing, and leave the rest to another step.")
    ]
  }

  /// Words that make a learner feel slow.
  static func banned(in text: String) -> [String] {
    let words =
      " "
      + String(text.lowercased().map { $0.isLetter ? $0 : " " }).split(separator: " ")
      .joined(separator: " ") + " "
    return banned.filter { words.contains(" \($0) ") }
  }

  private static func wrong(_ word: String, _ lesson: Lesson, _ place: Place) -> AuthorProblem {
    lesson.problem(
      "L26", at: place, "\"\(word)\" tells a learner that they are slow.",
      help: "Leave it out; nothing is lost.")
  }
}
