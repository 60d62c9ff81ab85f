import LabCore

/// A wrong prediction and what the run would show if it were right.
struct WrongOutcome: Equatable, Sendable {
  let step: String
  let key: String
  let shows: [Condition]

  func holds(_ lab: LabState) -> Bool { shows.allSatisfy { $0.mismatches(in: lab).isEmpty } }

  func mismatch(_ lab: LabState) -> Mismatch {
    Mismatch(
      subject: step, expected: "choice \(key) to be wrong in this run",
      seen: shows.map { $0.sentence(in: lab) }.joined(separator: "; "))
  }
}

extension Lesson {
  /// What the `do` step at this index proves of the predictions before it: what the right choices show, and the
  /// wrong ones.
  func outcome(of index: Int) -> (right: [Condition], wrong: [WrongOutcome]) {
    var right: [Condition] = []
    var wrong: [WrongOutcome] = []
    for (predicted, step) in steps.prefix(index).enumerated() {
      guard case .predict(let prediction) = step.kind, lastRun(after: predicted) == index else { continue }
      for choice in prediction.choices where !choice.shows.isEmpty {
        if choice.correct {
          right += choice.shows
        } else {
          wrong.append(WrongOutcome(step: step.id, key: choice.key, shows: choice.shows))
        }
      }
    }
    return (right, wrong)
  }

  /// The last `do` step that a prediction is about: the next one, and those after it up to another prediction or
  /// a *try*.
  func lastRun(after prediction: Int) -> Int? {
    var last: Int?
    for (index, step) in steps.enumerated().dropFirst(prediction + 1) {
      switch step.kind {
      case .perform: last = index
      case .predict, .attempt: if last != nil { return last }
      case .say, .observe, .explain, .recall: break
      }
    }
    return last
  }
}
