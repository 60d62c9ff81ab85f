import LabCore
import LabFacts

/// Looks for a failure of a certain kind.
struct FailureCheck {
  private let pattern: FailurePattern
  private let witness: Witness

  init(_ pattern: FailurePattern, _ witness: Witness) {
    self.pattern = pattern
    self.witness = witness
  }

  func mismatches(of text: String) -> [Mismatch] {
    let subjects = witness.subjects(text)
    guard !subjects.isEmpty else {
      return [Mismatch(subject: Subject.words(text), expected: pattern.words, seen: "no connection")]
    }
    return subjects.compactMap { subject in
      let failures = witness.failures(of: subject)
      if failures.contains(where: pattern.matches) { return nil }
      return Mismatch(
        subject: Subject.words(subject), expected: pattern.words, seen: FailureCheck.words(failures))
    }
  }

  static func unwanted(of text: String, _ witness: Witness) -> [Mismatch] {
    witness.subjects(text).compactMap { subject in
      let failures = witness.failures(of: subject)
      return failures.isEmpty
        ? nil
        : Mismatch(subject: Subject.words(subject), expected: "no failure", seen: words(failures))
    }
  }

  private static func words(_ failures: [Failure]) -> String {
    failures.isEmpty ? "no failure" : failures.map(\.words).joined(separator: ", then ")
  }
}

extension FailurePattern {
  func matches(_ failure: Failure) -> Bool {
    guard codes.contains(failure.code) else { return false }
    if !phases.isEmpty, !phases.contains(where: { failure.phase.isCovered(by: $0) }) { return false }
    if let decidedBy, decidedBy != failure.decidedBy { return false }
    let evidence = failure.evidence
    return [
      (errno, evidence.errno), (reason, evidence.reason), (verify, evidence.verify),
      (alert, evidence.alert?.number),
    ].allSatisfy { wanted, found in wanted == nil || wanted == found }
  }

  var words: String {
    var parts = ["failure " + codes.map(\.rawValue).joined(separator: " or ")]
    if !phases.isEmpty { parts.append("in \(phases.joined(separator: " or "))") }
    if let decidedBy { parts.append("decided by \(decidedBy.rawValue)") }
    let numbers = [("errno", errno), ("reason", reason), ("verify", verify), ("alert", alert)]
    parts += numbers.compactMap { name, number in number.map { "\(name) \($0)" } }
    return parts.joined(separator: ", ")
  }
}

extension Failure {
  /// One line for a report: code, phase, who decided, the numbers.
  var words: String {
    let numbers = [
      ("errno", evidence.errno), ("reason", evidence.reason), ("verify", evidence.verify),
      ("alert", evidence.alert?.number),
    ].compactMap { name, number in number.map { "\(name) \($0)" } }
    let head = "failure \(code.rawValue), in \(phase.rawValue), decided by \(decidedBy.rawValue)"
    return ([head] + numbers).joined(separator: ", ")
  }
}
