import LabCore
import LabFacts

/// How somebody goes on from one lesson to the next.
package struct Pace: Equatable, Sendable {
  /// Are texts passed over?
  package var isFast = false
  /// The newest predictions, two at most: was each right, and said to be sure?
  package var newest: [Bool] = []

  package init() {}
}

/// For those who know it already: texts are passed over, what is asked and done is not.
extension LessonRun {
  /// What the next lesson begins with.
  package var pace: Pace {
    var pace = Pace()
    pace.isFast = goesFast
    pace.newest = newestSure
    return pace
  }

  /// A right prediction that was not asked how sure says nothing, either way.
  private var newestSure: [Bool] {
    let here = answers.predictions.compactMap { made -> Bool? in
      if made.correct, !asksHowSure(made.step) { return nil }
      return made.correct && made.confidence == 3
    }
    return (sureBefore + here).suffix(2)
  }

  private func asksHowSure(_ step: String) -> Bool {
    let made = lesson.steps.first { $0.id == step }
    guard case .predict(let prediction) = made?.kind else { return false }
    return prediction.confidence
  }

  /// Were the two newest predictions right, and said to be sure?
  var isSureFooted: Bool { newestSure.count == 2 && newestSure.allSatisfy { $0 } }

  /// Is it offered to go on fast? Only where it is known by now that the predictions were right.
  package var offersFast: Bool {
    guard !goesFast, isSureFooted, stage == .reading, let step else { return false }
    switch step.kind {
    case .explain: return true
    case .say: return answers.predictions.isEmpty
    case .predict, .perform, .observe, .attempt, .recall: return false
    }
  }

  /// Where a prediction was wrong, or a guess, its explanation is not passed over.
  var passesOverText: Bool {
    guard goesFast, isSureFooted, !isCatchingUp, let step else { return false }
    switch step.kind {
    case .say, .explain: return true
    case .predict, .perform, .observe, .attempt, .recall: return false
    }
  }

  mutating func setFast(_ fast: Bool, _ lab: LabState) -> [Effect] {
    guard fast ? offersFast : goesFast else { return [] }
    goesFast = fast
    journal.append(.wentFast(fast))
    return fast ? advance(lab) : []
  }
}
