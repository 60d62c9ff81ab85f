import LabFacts

/// L10, L13: beliefs, seeds, cards and lessons that name each other.
enum CoverageRules {
  static func check(_ scope: LintScope) -> [AuthorProblem] {
    let lessons = scope.catalog.lessons
    return (scope.knowsBeliefs ? beliefs(scope) : []) + seeds(scope) + lessons.flatMap { cards($0, scope) }
      + cardsWithoutLesson(scope.catalog)
  }

  private static func beliefs(_ scope: LintScope) -> [AuthorProblem] {
    let asked = Set(scope.catalog.lessons.flatMap(\.recalledBeliefs))
    return scope.catalog.beliefs.flatMap { belief -> [AuthorProblem] in
      func problem(_ message: String, _ help: String, _ severity: AuthorProblem.Severity) -> [AuthorProblem] {
        [
          AuthorProblem(
            file: "lessons/beliefs.yaml", place: belief.place, code: "L13", message: message, help: help,
            severity: severity)
        ]
      }
      guard !belief.lessons.isEmpty else {
        return problem("No lesson tests \(belief.id) yet.", "Write one, and list it here.", .warning)
      }
      let deaf = belief.lessons.compactMap { scope.catalog.lesson($0) }.filter {
        !$0.beliefs.contains(belief.id)
      }
      return deaf.flatMap { lesson in
        problem(
          "\(belief.id) names the lesson `\(lesson.id)`, which does not list it.",
          "Add it to the lesson's `beliefs`, or take the lesson away here.", .error
        ).map { $0.about(lesson) }
      }
        + (asked.contains(belief.id) || !scope.broken.isEmpty
          ? []
          : problem(
            "No recall question asks about \(belief.id).",
            "Give one of a lesson's `recall` items `belief: \(belief.id)`.", .error))
    } + unlisted(scope)
  }

  /// A lesson that tests a belief stands in the belief's list: that is how a learner finds it.
  private static func unlisted(_ scope: LintScope) -> [AuthorProblem] {
    scope.catalog.lessons.flatMap { lesson in
      lesson.beliefs.filter { scope.catalog.belief($0)?.lessons.contains(lesson.id) == false }.map {
        lesson.problem(
          "L13", at: lesson.place(of: "beliefs"), "\($0) does not name this lesson.",
          help: "Add `\(lesson.id)` to its `lessons` in lessons/beliefs.yaml.")
      }
    }
  }

  private static func seeds(_ scope: LintScope) -> [AuthorProblem] {
    let seeds = scope.catalog.seeds
    guard !seeds.isEmpty else { return [] }
    let known = seeds.map(\.id)
    let taught = Set(scope.catalog.lessons.flatMap(\.seeds))
    let unknown = scope.catalog.lessons.flatMap { lesson in
      lesson.seeds.filter { !known.contains($0) }.map {
        lesson.problem(
          "L10", at: lesson.place(of: "seeds"), "There is no seed `\($0)`.",
          help: (DidYouMean.hint(for: $0, among: known) + " lessons/seeds.yaml lists them.").trimmingStart())
      }
    }
    return unknown
      + seeds.filter { !taught.contains($0.id) }.map {
        AuthorProblem(
          file: Seed.file, place: $0.place, code: "L13",
          message: "No lesson comes from the seed \($0.id) yet.",
          help: "Name it in the `seeds` of the lesson that does.", severity: .warning)
      }
  }

  /// A failure that a lesson is about leads from its card back to the lesson. A lesson without a belief is
  /// nobody's to be found by one: what was saved from the sandbox, and first drafts.
  private static func cards(_ lesson: Lesson, _ scope: LintScope) -> [AuthorProblem] {
    guard !lesson.beliefs.isEmpty else { return [] }
    return lesson.steps.flatMap(\.conditions).flatMap { condition -> [AuthorProblem] in
      guard case .failure(let pattern, _) = condition.kind else { return [] }
      let cards = pattern.codes.compactMap { scope.catalog.card(for: $0) }
      guard let first = cards.first, !cards.contains(where: { $0.lessons.contains(lesson.id) }) else {
        return []
      }
      return [
        lesson.problem(
          "L13", at: condition.place, "The card `\(first.code.rawValue)` does not list this lesson.",
          help: "Add `\(lesson.id)` to `lessons` in \(first.file).")
      ]
    }
  }

  private static func cardsWithoutLesson(_ catalog: Catalog) -> [AuthorProblem] {
    let made = Set(
      catalog.lessons.flatMap(\.steps).flatMap(\.conditions).flatMap { condition -> [FailureCode] in
        if case .failure(let pattern, _) = condition.kind { return pattern.codes }
        return []
      })
    let codes = catalog.cards.values.filter {
      !$0.isGeneric && $0.lessons.isEmpty && !made.contains($0.code)
    }.map(\.code.rawValue).sorted()
    guard !codes.isEmpty else { return [] }
    return [
      AuthorProblem(
        file: "lessons/explanations", place: .start, code: "L13",
        message: "\(codes.count) cards are of failures that no lesson shows, and say so.",
        help: codes.joined(separator: ", "), severity: .warning)
    ]
  }
}

extension Lesson {
  /// Beliefs its questions at the end ask about.
  fileprivate var recalledBeliefs: [String] {
    steps.flatMap { step -> [String] in
      if case .recall(let items) = step.kind { return items.compactMap(\.belief) }
      return []
    }
  }
}
