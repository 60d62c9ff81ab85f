package import LabFacts

/// Plays a lesson in a person's place: answers rightly, or as told, and goes on.
package struct AutoPlayer: Equatable, Sendable {
  /// Keys to answer with, by step id: the choices of a question, one per question of a recall step, or
  /// the moves of a *try*. What is not named is answered rightly.
  package var answers: [String: [String]]

  package init(answers: [String: [String]] = [:]) { self.answers = answers }

  /// What to do now; nothing while the lab has to go on first, and at the end.
  package func nextIntent(for run: LessonRun) -> Intent? {
    switch run.awaiting {
    case .advance, .release: .advance
    case .answer(let question): answer(question, run)
    case .confidence: .confidence(2)
    case .move: move(run)
    case .facts, .finished: nil
    }
  }

  private func answer(_ question: Question, _ run: LessonRun) -> Intent {
    guard let step = run.step, let given = answers[step.id] else { return .answer(right(run)) }
    switch question.kind {
    case .predict: return .answer(given)
    case .observe:
      let left = given.filter { !question.tried.contains($0) }
      return .answer(left.first.map { [$0] } ?? right(run))
    case .recall: return .answer(given.indices.contains(run.itemIndex) ? [given[run.itemIndex]] : right(run))
    }
  }

  private func right(_ run: LessonRun) -> [String] {
    switch run.step?.kind {
    case .predict(let prediction): prediction.choices.filter(\.correct).map(\.key)
    case .observe(let observation): observation.choices.filter(\.correct).map(\.key)
    case .recall(let items): items[run.itemIndex].correct.map { Choice.key(at: $0) }
    case .say, .perform, .explain, .attempt, nil: []
    }
  }

  private func move(_ run: LessonRun) -> Intent {
    let made = run.bench.moves.count
    guard let step = run.step, let given = answers[step.id], made < given.count else { return .showSolution }
    return .move(given[made])
  }
}
