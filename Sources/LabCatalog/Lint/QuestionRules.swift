import LabFacts

/// L20, L21: questions that can be answered, and whose wrong answers teach something.
enum QuestionRules {
  static func check(_ lesson: Lesson) -> [AuthorProblem] {
    lesson.steps.flatMap { step -> [AuthorProblem] in
      switch step.kind {
      case .predict(let prediction):
        answering(prediction.answering, step, lesson) + reasons(prediction, step, lesson)
      case .observe(let observation): answering(observation.answering, step, lesson)
      case .recall(let items): items.flatMap { recall($0, lesson) + later($0, lesson) }
      case .attempt(let bench): bench.rule.map { recall($0, lesson) } ?? []
      case .say, .perform, .explain: []
      }
    }
  }

  private static func answering(_ answering: Answering, _ step: Step, _ lesson: Lesson) -> [AuthorProblem] {
    switch answering {
    case .pick(let picking, let choices): picks(choices, picking, step, lesson)
    case .number, .fill, .order, .point:
      AnsweringRules.check(answering, named: "Step `\(step.id)`", at: step.place, lesson)
    }
  }

  private static func picks(
    _ choices: [Choice], _ picking: Answering.Picking, _ step: Step, _ lesson: Lesson
  ) -> [AuthorProblem] {
    var problems: [AuthorProblem] = []
    let right = choices.filter(\.correct).count
    if !picking.allows(right, of: choices.count) {
      problems.append(
        lesson.problem(
          "L20", at: step.place, "Step `\(step.id)` has \(right) correct choices.", help: picking.advice))
    }
    problems += count(choices.count, at: step.place, lesson)
    let keys = choices.indices.map { Choice.key(at: $0) }
    if choices.map(\.key) != keys {
      problems.append(
        lesson.problem(
          "L20", at: step.place, "The choices of `\(step.id)` are not keyed in order.",
          help: "Use the keys \(keys.joined(separator: ", "))."))
    }
    return problems + choices.flatMap { lazy($0.text, at: $0.place, lesson) }
  }

  private static func reasons(_ prediction: Prediction, _ step: Step, _ lesson: Lesson) -> [AuthorProblem] {
    guard prediction.choices.isEmpty, prediction.belief == nil, prediction.plausible == nil else {
      return reasons(prediction.choices, lesson)
    }
    return [
      lesson.problem(
        "L21", at: step.place, "A wrong answer to `\(step.id)` has no reason anybody would have.",
        help: "Name its `belief`, or say in `plausible` why someone would answer wrongly.")
    ]
  }

  private static func reasons(_ choices: [Choice], _ lesson: Lesson) -> [AuthorProblem] {
    choices.compactMap { choice in
      if !choice.correct, choice.belief == nil, choice.plausible == nil {
        return lesson.problem(
          "L21", at: choice.place, "Choice \(choice.key) is wrong for no reason anybody would have.",
          help: "Name its `belief`, or say in `plausible` why someone would choose it.")
      }
      if choice.correct, choice.belief != nil {
        return lesson.problem("L21", at: choice.place, "The correct choice can't be a wrong belief.")
      }
      return nil
    }
  }

  private static func recall(_ item: RecallItem, _ lesson: Lesson) -> [AuthorProblem] {
    guard case .pick(let picking, _) = item.answering else {
      return AnsweringRules.check(item.answering, named: "The question", at: item.place, lesson)
    }
    var problems = count(item.choices.count, at: item.place, lesson)
    if item.correct.isEmpty || item.correct.count == item.choices.count {
      problems.append(
        lesson.problem(
          "L20", at: item.place, "`correct` does not point at one or some of the choices.",
          help: "Count from 0: the first choice is 0."))
    } else if picking != .choice, !picking.allows(item.correct.count, of: item.choices.count) {
      problems.append(
        lesson.problem(
          "L20", at: item.place, "The question has \(item.correct.count) correct choices.",
          help: picking.advice))
    }
    return problems + item.choices.flatMap { lazy($0, at: item.place, lesson) }
  }

  /// L28: what comes back days later comes back in a new situation.
  private static func later(_ item: RecallItem, _ lesson: Lesson) -> [AuthorProblem] {
    guard let later = item.later else {
      return [
        lesson.problem(
          "L28", at: item.place, "The review will ask this question word for word again.",
          help: "Add `later: { ask, choices, correct, why }`: the same idea in a new situation.",
          severity: .warning)
      ]
    }
    var problems = NewcomerRules.question(later, in: lesson.file, limit: 3)
    if later.ask == item.ask {
      problems.append(
        lesson.problem(
          "L28", at: later.place, "`later` asks the same question.",
          help: "Put the same idea into a new situation."))
    }
    return problems
  }

  private static func count(_ count: Int, at place: Place, _ lesson: Lesson) -> [AuthorProblem] {
    (2...5).contains(count)
      ? [] : [lesson.problem("L20", at: place, "A question has 2 to 5 choices; this one has \(count).")]
  }

  private static func lazy(_ text: String, at place: Place, _ lesson: Lesson) -> [AuthorProblem] {
    let words = text.lowercased()
    guard words.contains("of the above") || words == "all of them" || words == "none of them" else {
      return []
    }
    return [lesson.problem("L20", at: place, "\"\(text)\" asks about the choices, not about the lab.")]
  }
}

extension Answering.Picking {
  /// May that many choices be right?
  fileprivate func allows(_ right: Int, of count: Int) -> Bool {
    switch self {
    case .choice, .bool: right == 1
    case .multi: right >= 1 && right < count
    case .teachBack: right == 2
    }
  }

  fileprivate var advice: String {
    switch self {
    case .choice, .bool: "Mark exactly one `correct: true`."
    case .multi: "Mark one or more `correct: true`, but not every one."
    case .teachBack: "Exactly two sentences belong in the explanation."
    }
  }
}
