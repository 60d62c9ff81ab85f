package import LabFacts

/// Plays a lesson in a person's place: answers rightly, or as told, and goes on.
package struct AutoPlayer: Equatable, Sendable {
  /// Keys to answer with, by step id: the choices of a question, one per question of a recall step, or
  /// the moves of a *try*. What is not named, or has not the shape that is asked for, is answered rightly.
  package var answers: [String: [String]]

  package init(answers: [String: [String]] = [:]) { self.answers = answers }

  /// What to do now; nothing while the lab has to go on first, and at the end.
  package func nextIntent(for run: LessonRun) -> Intent? {
    switch run.awaiting {
    case .advance, .release: .advance
    case .answer(let question): answer(question, run)
    case .confidence: .confidence(2)
    case .move(let bench): bench.labsTurn == nil ? move(run) : nil
    case .facts, .finished: nil
    }
  }

  private func answer(_ question: Question, _ run: LessonRun) -> Intent {
    guard let step = run.step, let told = given(question, step.id, run), question.accepts(told) else {
      return .answer(right(question, run))
    }
    return .answer(told)
  }

  private func given(_ question: Question, _ step: String, _ run: LessonRun) -> [String]? {
    switch question.kind {
    case .predict: return answers[step]
    case .observe: return observed(question, step)
    case .recall:
      let given = answers[step] ?? []
      return given.indices.contains(run.itemIndex) ? split(given[run.itemIndex], question) : nil
    // The step's own answers are the moves.
    case .rule: return answers["\(step).rule"]
    }
  }

  /// Each answer in its turn, until none is left.
  private func observed(_ question: Question, _ step: String) -> [String]? {
    guard let given = answers[step] else { return nil }
    switch question.form {
    case .order: return question.tried.isEmpty ? given : nil
    case .pick where question.isMultiple: return question.tried.isEmpty ? given : nil
    case .pick, .number, .fill, .point:
      return given.first { !question.tried.contains($0) }.map { [$0] }
    }
  }

  /// One answer of a recall question may be several keys: `a c`.
  private func split(_ given: String, _ question: Question) -> [String] {
    guard question.isMultiple || question.form == .order else { return [given] }
    return given.split { $0 == " " || $0 == "," }.map(String.init)
  }

  private func right(_ question: Question, _ run: LessonRun) -> [String] {
    if case .point = question.form { return Array(run.rightAnswer.prefix(1)) }
    return run.rightAnswer
  }

  private func move(_ run: LessonRun) -> Intent {
    let made = run.bench.moves.count
    guard let step = run.step, let given = answers[step.id], made < given.count else { return .showSolution }
    return .move(given[made])
  }
}
