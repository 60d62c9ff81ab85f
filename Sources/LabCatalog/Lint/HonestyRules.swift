import LabFacts

/// L30, L32, L33: numbers come from the run, failures are known by their numbers, and none is swallowed.
enum HonestyRules {
  static func check(_ lesson: Lesson) -> [AuthorProblem] {
    literals(lesson) + texts(lesson) + lesson.steps.flatMap { swallowed($0, lesson) }
  }

  private static func literals(_ lesson: Lesson) -> [AuthorProblem] {
    let chosen = Set(lesson.actors.compactMap(\.settings.localPort))
    return lesson.steps.flatMap(\.texts).flatMap { text in
      numbers(in: text.text).filter { !chosen.contains(Int($0) ?? 0) }.map {
        lesson.problem(
          "L30", at: text.place, "The text names \($0), which may be another number in the learner's run.",
          help: "Use a variable: `{{srv.port}}`, `{{srv.address}}`.")
      }
    }
  }

  /// Addresses, and numbers that look like a port of this lab.
  static func numbers(in text: String) -> [String] {
    let prose = Template.pieces(text).map { piece -> String in
      if case .text(let text) = piece { return text }
      return " "
    }.joined()
    let words = prose.split { !($0.isASCII && ($0.isNumber || $0.isLetter || $0 == "." || $0 == ":")) }
    return words.map { word in String(word.drop { $0 == "." || $0 == ":" }).trimmingPunctuation() }
      .filter { IPAddress(String($0.prefix { $0 != ":" })) != nil || isPort($0) }
  }

  private static func isPort(_ word: String) -> Bool {
    guard (4...5).contains(word.count), let number = Int(word) else { return false }
    return (1024...65535).contains(number)
  }

  private static func texts(_ lesson: Lesson) -> [AuthorProblem] {
    lesson.steps.flatMap(\.conditions).compactMap { condition in
      guard case .fact(let property, _, _) = condition.kind, property.hasSuffix("error.text") else {
        return nil
      }
      return lesson.problem(
        "L32", at: condition.place, "A failure is compared by its text, which changes with every version.",
        help: "Use `error:` with its code, and `reason`, `verify` or `alert` where needed.")
    }
  }

  private static func swallowed(_ step: Step, _ lesson: Lesson) -> [AuthorProblem] {
    guard case .perform(let performance) = step.kind else { return [] }
    let allows = performance.allowError || performance.actions.contains { $0.allowsError }
    guard allows, !step.conditions.contains(where: \.isAboutFailure) else { return [] }
    return [
      lesson.problem(
        "L33", at: step.place, "Step `\(step.id)` allows failures but expects none.",
        help: "Add `- { error: …, of: … }` to `expect`, or take `allow_error` away.")
    ]
  }
}

extension Action {
  fileprivate var allowsError: Bool {
    if case .start(_, _, true) = verb { return true }
    return false
  }
}

extension Condition {
  fileprivate var isAboutFailure: Bool {
    switch kind {
    case .failure: true
    // That nothing failed is no reason to allow failures.
    case .noFailure: false
    case .fact(let property, _, _): property.contains("error.")
    }
  }
}

extension String {
  fileprivate func trimmingPunctuation() -> String {
    var rest = self[...]
    while let last = rest.last, last == "." || last == ":" { rest = rest.dropLast() }
    return String(rest)
  }
}
