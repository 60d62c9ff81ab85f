package import LabCore
package import LabFacts

/// Goes on where somebody left a lesson: the steps before are done again, on real sockets, with what the person predicted
/// then. Sockets can't be kept between two days, so what happened has to happen again.
package struct Resumption: Equatable, Sendable {
  /// The step to arrive at, from 0.
  package let target: Int
  private let predictions: [String: Progress.Prediction]

  /// Nothing where the lesson is done, or was left at its first step. `steps`: as many as the lesson has now.
  package init?(_ entry: Progress.Entry?, steps: Int) {
    guard let entry, entry.done == nil, min(entry.reached, steps) > 1 else { return nil }
    target = min(entry.reached, steps) - 1
    predictions = Dictionary(entry.predictions.map { ($0.step, $0) }, uniquingKeysWith: { $1 })
  }

  package func hasArrived(_ run: LessonRun) -> Bool { run.stepIndex >= target || run.result != nil }

  /// What to do now in the person's place; nothing while the lab has to go on first.
  package func nextIntent(for run: LessonRun) -> Intent? {
    let known = run.step.flatMap { predictions[$0.id] }
    switch run.awaiting {
    case .answer(let question) where question.kind == .predict:
      guard let choice = known?.choice else { return .skip }
      return .answer(keys(choice, question))
    case .confidence: return known?.confidence.map { .confidence($0) } ?? .advance
    case .answer, .advance, .release, .facts, .move, .finished: return AutoPlayer().nextIntent(for: run)
    }
  }

  /// As they were given: progress keeps several keys as one text.
  private func keys(_ choice: String, _ question: Question) -> [String] {
    switch question.form {
    case .pick, .order: choice.split(separator: ",").map(String.init)
    case .number, .fill, .point: [choice]
    }
  }
}

extension LessonRun {
  /// The steps that follow are done again for somebody who left the lesson.
  package mutating func catchUp() { isCatchingUp = true }

  /// Forgets what was answered in the person's place, all but their own predictions.
  package mutating func arrive() {
    isCatchingUp = false
    let predicted = answers.predictions
    answers = LessonAnswers()
    answers.predictions = predicted
    let here = journal.lastIndex {
      if case .stepBegan = $0 { true } else { false }
    }
    labsAsked = [:]
    journal = Array(journal[(here ?? journal.startIndex)...])
  }
}
