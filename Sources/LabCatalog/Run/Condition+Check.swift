package import LabCore
import LabFacts

extension Condition {
  /// What of this condition does not hold in the lab; empty where all does.
  package func mismatches(in lab: LabState) -> [Mismatch] { mismatches(Witness(lab)) }

  func mismatches(_ witness: Witness) -> [Mismatch] {
    switch kind {
    case .fact(let property, let of, let comparisons):
      FactCheck(property: property, of: of, witness: witness).mismatches(comparisons)
    case .failure(let pattern, let of): of.flatMap { FailureCheck(pattern, witness).mismatches(of: $0) }
    case .noFailure(let of): of.flatMap { FailureCheck.unwanted(of: $0, witness) }
    }
  }

  func holds(_ witness: Witness) -> Bool { mismatches(witness).isEmpty }

  /// Does it ask the kernel's table, which must be read anew first?
  var readsKernel: Bool {
    guard case .fact(let property, let of, _) = kind else { return false }
    let path = of.isEmpty ? property : "x." + property
    return path.contains(".kernel.")
  }

  /// The condition as a sentence without a full stop: `srv connection 1: unread data is 900 bytes`.
  package var sentence: String {
    switch kind {
    case .fact(let property, let of, let comparisons):
      let (subjects, name) = Condition.split(property, of)
      return Condition.lead(subjects) + PropertyWords(name).sentence(comparisons)
    case .failure(let pattern, let of): return Condition.lead(of) + pattern.words
    case .noFailure(let of): return Condition.lead(of) + "no failure"
    }
  }

  private static func lead(_ subjects: [String]) -> String {
    subjects.isEmpty ? "" : subjects.map(Subject.words).joined(separator: ", ") + ": "
  }

  /// Whom it is about, and the name of what is asked. A card's own failure is not whom, but what.
  static func split(_ property: String, _ of: [String]) -> (subjects: [String], name: String) {
    guard of.isEmpty, !property.hasPrefix("failure."), let (subject, rest) = Subject.split(property) else {
      return (of, property)
    }
    return ([subject.text], rest)
  }

  /// The sentence with the run's own numbers.
  func sentence(in lab: LabState) -> String { Witness(lab).fill(sentence) }
}
