import LabCore
import LabFacts

/// For those who know it already: texts are passed over, what is asked and done is not.
extension LessonRun {
  /// Were the two newest predictions right, and said to be sure?
  var isSureFooted: Bool {
    let newest = answers.predictions.suffix(2)
    return newest.count == 2 && newest.allSatisfy { $0.correct && $0.confidence == 3 }
  }

  /// Is it offered to go on fast? Only where it is known by now that the predictions were right.
  package var offersFast: Bool {
    !goesFast && isSureFooted && stage == .reading && step?.phase == .explain
  }

  /// Where a prediction was wrong, or a guess, its explanation is not passed over.
  var passesOverText: Bool {
    guard goesFast, isSureFooted, let step else { return false }
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
