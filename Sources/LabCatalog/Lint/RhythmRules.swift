import LabFacts

/// L22, L27: predict, run, observe, explain, recall, in this order; and no wrong belief goes unanswered.
enum RhythmRules {
  static func check(_ lesson: Lesson) -> [AuthorProblem] { order(lesson) + beliefs(lesson) }

  private static func order(_ lesson: Lesson) -> [AuthorProblem] {
    let place = lesson.place(of: "steps")
    let steps = lesson.steps
    func missing(_ what: String, _ help: String) -> [AuthorProblem] {
      [lesson.problem("L22", at: place, what, help: help)]
    }
    guard let predict = steps.firstIndex(where: { $0.phase == .predict }) else {
      return missing("Nothing is predicted.", "Ask what will happen before it does: add a `predict` step.")
    }
    if let early = steps.firstIndex(where: { $0.phase == .observe }), early < predict {
      return [
        lesson.problem(
          "L22", at: steps[early].place,
          "Step `\(steps[early].id)` asks what is seen before it was predicted.",
          help: "Move it behind a `predict` step. A run that only sets the scene may come first.")
      ]
    }
    guard let run = steps.indices.first(where: { $0 > predict && steps[$0].matters(lesson) }) else {
      return missing("Nothing happens after the prediction.", "Add a `do` step that shows who was right.")
    }
    guard let observe = index(of: .observe, after: run, steps) else {
      return missing(
        "Nothing is observed after the run.", "Add an `observe` step behind the `do` step.")
    }
    guard index(of: .explain, after: observe, steps) != nil else {
      return missing("Nothing is explained after the observation.", "Add an `explain` step.")
    }
    guard steps.contains(where: { $0.phase == .recall }) else {
      return missing("Nothing is asked at the end.", "Add a `recall` step with one or two questions.")
    }
    return []
  }

  private static func index(of phase: LessonPhase, after first: Int, _ steps: [Step]) -> Int? {
    steps.indices.first { $0 > first && steps[$0].phase == phase }
  }

  private static func beliefs(_ lesson: Lesson) -> [AuthorProblem] {
    var problems: [AuthorProblem] = []
    for (index, step) in lesson.steps.enumerated() {
      guard case .predict = step.kind else { continue }
      for (belief, place) in step.beliefs {
        if !lesson.beliefs.contains(belief) {
          problems.append(
            lesson.problem(
              "L13", at: place, "The lesson does not list the belief \(belief).",
              help: "Add it to `beliefs` at the top."))
        }
        let isAnswered = lesson.steps[index...].contains { $0.answers(belief) }
        if !isAnswered {
          problems.append(
            lesson.problem(
              "L27", at: place, "Nobody answers a learner who believes \(belief).",
              help: "Add `for_belief: { \(belief): … }` to the next `explain` step."))
        }
      }
    }
    return problems
  }
}

extension Step {
  /// Does it show what a prediction could be about? Servers that only start show nothing.
  fileprivate func matters(_ lesson: Lesson) -> Bool {
    guard phase == .run else { return false }
    return actions.contains { action in
      switch action.verb {
      case .start(let actors, _, _): actors.contains { lesson.actor($0)?.role == .client }
      case .hold, .open, .set, .hooks, .pause, .waitFor, .fault: false
      case .stop, .send, .request, .close, .accept, .release, .carry, .walk, .startTLS, .stopTLS, .read,
        .decrypt,
        .run:
        true
      }
    }
  }

  fileprivate func answers(_ belief: String) -> Bool {
    if case .explain(let refutation) = kind { return refutation.forBelief[belief] != nil }
    return false
  }
}
