import LabCore
import LabFacts

/// Compares one property of some subjects with what a condition wants of it.
struct FactCheck {
  /// One subject and what was found there.
  private struct Finding {
    let subject: String
    let value: Value?
  }

  private let words: PropertyWords
  private let witness: Witness
  private let findings: [Finding]
  private let name: String

  init(property: String, of: [String], witness: Witness) {
    self.witness = witness
    var asked = property
    var subjects = of
    if of.isEmpty, let (subject, rest) = Subject.split(property) {
      subjects = [subject.text]
      asked = rest
    }
    words = PropertyWords(Condition.split(property, of).name)
    name = subjects.map(Subject.words).joined(separator: ", ")
    findings = subjects.flatMap { witness.subjects($0) }
      .map { [asked] in Finding(subject: $0, value: witness.value(asked, of: $0)) }
  }

  func mismatches(_ comparisons: [Comparison]) -> [Mismatch] {
    if findings.isEmpty {
      return [
        Mismatch(subject: name, expected: words.sentence(comparisons.map(filled)), seen: "no connection")
      ]
    }
    return comparisons.flatMap(mismatches)
  }

  private func mismatches(_ comparison: Comparison) -> [Mismatch] {
    if case .allDistinct = comparison { return distinctMismatches() }
    return findings.filter { !holds(comparison, $0.value) }.map {
      Mismatch(
        subject: Subject.words($0.subject), expected: words.sentence([filled(comparison)]),
        seen: seen($0.value))
    }
  }

  private func distinctMismatches() -> [Mismatch] {
    let texts = findings.flatMap { FactCheck.elements($0.value) }
    guard texts.isEmpty || Set(texts).count < texts.count else { return [] }
    return [
      Mismatch(
        subject: name, expected: words.sentence([.allDistinct]),
        seen: texts.isEmpty ? "nothing yet" : texts.joined(separator: ", "))
    ]
  }

  private func holds(_ comparison: Comparison, _ value: Value?) -> Bool {
    switch comparison {
    case .exists(let wanted): return (value.map { !$0.description.isEmpty } ?? false) == wanted
    case .notEqual(let literal): return !equal(value, literal)
    case .holds: return value.map(FactCheck.isTrue) ?? false
    case .equal(let literal), .allEqual(let literal): return equal(value, literal)
    case .atLeast(let literal): return compare(value, literal) { $0 >= $1 }
    case .atMost(let literal): return compare(value, literal) { $0 <= $1 }
    case .contains(let literal): return contains(value, literal)
    case .startsWith(let literal): return value?.description.hasPrefix(text(literal)) ?? false
    case .oneOf(let literals): return literals.contains { equal(value, $0) }
    case .inRange(let path): return isInRange(value, path)
    case .allDistinct: return true
    }
  }

  private func text(_ literal: Literal) -> String { witness.fill(literal.description) }

  private func equal(_ value: Value?, _ literal: Literal) -> Bool {
    guard let value else { return false }
    if case .bool(let flag) = value { return text(literal) == (flag ? "true" : "false") }
    return value.description == text(literal)
  }

  private func compare(_ value: Value?, _ literal: Literal, _ test: (Int, Int) -> Bool) -> Bool {
    guard let number = value.flatMap(FactCheck.number), let wanted = Int(text(literal)) else { return false }
    return test(number, wanted)
  }

  private func contains(_ value: Value?, _ literal: Literal) -> Bool {
    let wanted = text(literal)
    if case .list(let values) = value { return values.contains { $0.description == wanted } }
    return value?.description.contains(wanted) ?? false
  }

  private func isInRange(_ value: Value?, _ path: String) -> Bool {
    guard let number = value.flatMap(FactCheck.number) else { return false }
    if case .range(let range) = witness.value(of: path) { return range.contains(number) }
    let bounds = path.split(separator: "-").compactMap { Int($0) }
    return bounds.count == 2 && bounds[0] <= number && number <= bounds[1]
  }

  /// The condition with the run's own numbers in it.
  private func filled(_ comparison: Comparison) -> Comparison {
    switch comparison {
    case .equal(let literal): .equal(.text(text(literal)))
    case .notEqual(let literal): .notEqual(.text(text(literal)))
    case .allEqual(let literal): .allEqual(.text(text(literal)))
    case .inRange(let path): .inRange(witness.value(of: path)?.description ?? path)
    case .holds, .atLeast, .atMost, .contains, .startsWith, .oneOf, .allDistinct, .exists: comparison
    }
  }

  private static func isTrue(_ value: Value) -> Bool {
    switch value {
    case .bool(let flag): flag
    case .number(let number): number != 0
    case .text(let text): !text.isEmpty
    case .list(let values): !values.isEmpty
    case .range: true
    }
  }

  private static func number(_ value: Value) -> Int? {
    if case .number(let number) = value { return number }
    return Int(value.description)
  }

  private static func elements(_ value: Value?) -> [String] {
    if case .list(let values) = value { return values.map(\.description) }
    return value.map { [$0.description] } ?? []
  }

  private func seen(_ value: Value?) -> String {
    guard let value else { return "nothing yet" }
    switch value {
    case .bool(let flag): return words.sentence([.equal(.bool(flag))])
    case .text, .number, .range: return words.seen(value)
    case .list(let values): return "[\(values.map(\.description).joined(separator: ", "))]"
    }
  }
}
