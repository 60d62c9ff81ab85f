/// L23, L31, L44: what a question asks can be seen in the run, and is not told by its own words.
enum OutcomeRules {
  static func check(_ lesson: Lesson) -> [AuthorProblem] {
    lesson.steps.indices.flatMap { index -> [AuthorProblem] in
      let step = lesson.steps[index]
      switch step.kind {
      case .predict(let prediction):
        return order(prediction.ask, prediction.answering, step, lesson) + shows(prediction, index, lesson)
          + same(prediction.choices, step, lesson)
      case .observe(let observation):
        return order(observation.ask, observation.answering, step, lesson)
          + told(observation, step, lesson) + same(observation.choices, step, lesson)
          + misplaced(observation, lesson)
      case .say, .perform, .explain, .attempt, .recall: return []
      }
    }
  }

  /// The answer of an observation comes from the run, not from the question.
  private static func told(_ observation: Observation, _ step: Step, _ lesson: Lesson) -> [AuthorProblem] {
    switch observation.answering {
    case .number(let correct), .fill(_, let correct):
      guard Template.paths(in: correct).isEmpty else { return [] }
      return [
        lesson.problem(
          "L23", at: step.place, "What `\(step.id)` wants typed is not looked up in the run.",
          help: "Write a path: `correct: \"{{cli.port}}\"`.")
      ]
    case .pick(_, let choices):
      let asked = words(observation.ask)
      let given = choices.filter { asked.contains(words($0.text)) }
      guard !given.isEmpty, given.allSatisfy(\.correct) else { return [] }
      return [
        lesson.problem(
          "L23", at: step.place, "The question of `\(step.id)` has its own answer in it.",
          help: "Ask so that only the screen tells it.")
      ]
    case .order, .point: return []
    }
  }

  /// Lower case, one space between words, and one around all. Names in emphasis are left out.
  private static func words(_ text: String) -> String {
    let plain = text.split(separator: "*", omittingEmptySubsequences: false).enumerated()
      .filter { $0.offset.isMultiple(of: 2) }.map(\.element).joined(separator: " ")
    let letters = plain.lowercased().map { $0.isLetter || $0.isNumber ? $0 : " " }
    return " " + String(letters).split(separator: " ").joined(separator: " ") + " "
  }

  private static func same(_ choices: [Choice], _ step: Step, _ lesson: Lesson) -> [AuthorProblem] {
    let right = Set(choices.filter(\.correct).map { $0.text.lowercased() })
    return choices.filter { !$0.correct && right.contains($0.text.lowercased()) }.map {
      lesson.problem(
        "L44", at: $0.place, "Choice \($0.key) of `\(step.id)` says what the right one says.",
        help: "Make it wrong, or take it away.")
    }
  }

  /// Who asks for an order must hold the run to one.
  private static func order(
    _ ask: String, _ answering: Answering, _ step: Step, _ lesson: Lesson
  ) -> [AuthorProblem] {
    let isAboutOrder: Bool =
      switch answering {
      case .order: true
      case .pick, .number, .fill, .point: asksForOrder(ask)
      }
    guard isAboutOrder, !lesson.steps.contains(where: { !$0.order.isEmpty }) else { return [] }
    return [
      lesson.problem(
        "L31", at: step.place, "`\(step.id)` asks what came first, and no `do` step has an `order`.",
        help: "Add `order:` to the `do` step that shows it.")
    ]
  }

  static func asksForOrder(_ ask: String) -> Bool {
    let text = words(ask)
    if text.contains(" in which order ") || text.contains(" in what order ") { return true }
    let asks = [" which ", " what "].contains { text.contains($0) }
    return asks && text.hasSuffixWord(in: ["came first", "comes first", "came last", "comes last"])
  }

  private static func shows(_ prediction: Prediction, _ index: Int, _ lesson: Lesson) -> [AuthorProblem] {
    let step = lesson.steps[index]
    guard prediction.choices.contains(where: { !$0.shows.isEmpty }) else { return [] }
    if lesson.lastRun(after: index) == nil {
      return [
        lesson.problem(
          "L44", at: step.place, "`\(step.id)` has `shows`, and no `do` step behind it proves them.",
          help: "Add the `do` step that shows who was right.")
      ]
    }
    return prediction.choices.filter { $0.correct && $0.shows.isEmpty }.map {
      lesson.problem(
        "L44", at: $0.place, "Wrong choices of `\(step.id)` have `shows`, and the right one has none.",
        help: "Add the conditions that hold when it is right.")
    }
  }

  private static func misplaced(_ observation: Observation, _ lesson: Lesson) -> [AuthorProblem] {
    observation.choices.filter { !$0.shows.isEmpty }.map {
      lesson.problem(
        "L44", at: $0.place, "`shows` belongs to the choices of a prediction.",
        help: "Write it into the `predict` step, or use paths in the texts.")
    }
  }
}

extension String {
  fileprivate func hasSuffixWord(in endings: [String]) -> Bool {
    endings.contains { hasSuffix(" \($0) ") }
  }
}
