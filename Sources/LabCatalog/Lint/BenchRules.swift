import LabFacts

/// L25, L29: a *try* that can be lost and won.
enum BenchRules {
  static func check(_ lesson: Lesson) -> [AuthorProblem] {
    let benches = lesson.steps.compactMap { step -> (Step, Bench)? in
      if case .attempt(let bench) = step.kind { return (step, bench) }
      return nil
    }
    guard lesson.level == 1 || !benches.isEmpty else {
      return [
        lesson.problem(
          "L29", at: lesson.place(of: "level"),
          "A lesson of level \(lesson.level) has a `try` step; this one has none.")
      ]
    }
    return benches.flatMap { check($0.1, $0.0, lesson) }
  }

  /// Who does the last part alone is asked for the principle behind it.
  private static func fading(_ bench: Bench, _ step: Step, _ lesson: Lesson) -> [AuthorProblem] {
    guard lesson.level > 1, bench.rule == nil else { return [] }
    return [
      lesson.problem(
        "L29", at: step.place, "A `try` of level \(lesson.level) does not ask which rule was used.",
        help: "Add `rule: { ask, choices, correct, why }`.", severity: .warning)
    ]
  }

  /// Half the lessons of these tracks let the learner try before anything is explained.
  static func failFirst(_ catalog: Catalog) -> [AuthorProblem] {
    let tracks = catalog.tracks.filter { ["WB", "CT", "FW"].contains($0.code) }.map(\.id)
    let lessons = catalog.lessons.filter { tracks.contains($0.track) }
    let first = lessons.count { lesson in
      lesson.steps.contains { step in
        if case .attempt(let bench) = step.kind { return bench.first }
        return false
      }
    }
    guard first * 2 < lessons.count else { return [] }
    return [
      AuthorProblem(
        file: "lessons/tracks.yaml", place: .start, code: "L29",
        message: "\(first) of \(lessons.count) lessons of WB, CT and FW let the learner try first.",
        help: "Put a `try` with `first: true` before the explanation in half of them.", severity: .warning)
    ]
  }

  private static func check(_ bench: Bench, _ step: Step, _ lesson: Lesson) -> [AuthorProblem] {
    var problems = fading(bench, step, lesson)
    if bench.first, !lesson.hasExplanation(after: step) {
      problems.append(
        lesson.problem(
          "L29", at: step.place, "A `try` with `first: true` has no explanation behind it.",
          help: "Add an `explain` step that builds on what was tried, with `for_move`."))
    }
    func add(_ code: String, _ message: String, _ help: String) {
      problems.append(lesson.problem(code, at: step.place, message, help: help))
    }
    if bench.hints.count != 3 {
      add(
        "L25", "A try has three hints; this one has \(bench.hints.count).",
        "Say where to look, then which idea, then the exact move.")
    }
    let keys = bench.moves.indices.map { Choice.key(at: $0) }
    if bench.moves.map(\.key) != keys {
      add("L29", "The moves are not keyed in order.", "Use the keys \(keys.joined(separator: ", ")).")
    }
    if bench.doneWhen.isEmpty {
      add("L29", "`done_when` is empty.", "Say what the lab shows when the goal is reached.")
    }
    if bench.solution.isEmpty || !bench.solution.allSatisfy(keys.contains) {
      add("L29", "The solution is not made of the moves.", "List keys of moves, in order.")
    }
    if Set(bench.solution).count >= bench.moves.count {
      add(
        "L29", "Every move belongs to the solution: nothing can go wrong.",
        "Offer a move that does not lead there.")
    }
    return problems
  }
}

extension Lesson {
  fileprivate func hasExplanation(after step: Step) -> Bool {
    guard let index = steps.firstIndex(of: step) else { return false }
    return steps[index...].contains { $0.phase == .explain }
  }
}
