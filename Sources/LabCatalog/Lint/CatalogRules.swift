import LabFacts

/// L11, L13, L14, L24, L29: what only the whole catalog shows.
enum CatalogRules {
  static func check(_ scope: LintScope) -> [AuthorProblem] {
    cycles(scope.catalog) + beliefs(scope) + missingCards(scope) + positions(scope.catalog)
      + BenchRules.failFirst(scope.catalog) + NewcomerRules.check(scope) + CoverageRules.check(scope)
      + LengthRules.check(scope.catalog)
  }

  private static func cycles(_ catalog: Catalog) -> [AuthorProblem] {
    catalog.lessons.compactMap { lesson in
      var seen: Set<String> = []
      var open = lesson.needs
      while let id = open.popLast() {
        if id == lesson.id {
          return lesson.problem(
            "L11", at: lesson.place(of: "needs"), "The lesson needs itself, by a round trip.")
        }
        if seen.insert(id).inserted { open += catalog.lesson(id)?.needs ?? [] }
      }
      return nil
    }
  }

  private static func beliefs(_ scope: LintScope) -> [AuthorProblem] {
    scope.catalog.beliefs.flatMap { belief in
      belief.lessons.filter { !scope.lessonIDs.contains($0) }.map {
        AuthorProblem(
          file: "lessons/beliefs.yaml", place: belief.place, code: "L13",
          message: "\(belief.id) names the lesson `\($0)`, which does not exist.",
          help: DidYouMean.hint(for: $0, among: scope.lessonIDs).trimmingStart())
      }
    }
  }

  private static func missingCards(_ scope: LintScope) -> [AuthorProblem] {
    FailureCode.allCases.compactMap { code in
      let file = "lessons/explanations/\(code.rawValue).yaml"
      guard scope.catalog.card(for: code) == nil, !scope.broken.contains(file) else { return nil }
      return AuthorProblem(
        file: file, place: .start, code: "L14", message: "`\(code.rawValue)` has no card.",
        help: "Write one; `generic: true` says that there is no real explanation yet.")
    }
  }

  /// The letter of the right answer must not give it away.
  private static func positions(_ catalog: Catalog) -> [AuthorProblem] {
    let questions = catalog.lessons.flatMap { lesson in
      lesson.steps.compactMap { $0.rightKey.map { (lesson, $0) } }
    }
    guard questions.count >= 20 else { return [] }
    let counts = Dictionary(grouping: questions, by: \.1).mapValues(\.count)
    return counts.filter { $0.value * 5 > questions.count * 2 }.sorted { $0.key < $1.key }.map { key, count in
      AuthorProblem(
        file: "lessons/tracks.yaml", place: .start, code: "L24",
        message: "\(key) is the right answer of \(count) of \(questions.count) questions.",
        help: "No letter should be right in more than two of five: move some choices.")
    }
  }
}

extension Step {
  fileprivate var rightKey: String? {
    switch kind {
    case .predict(let prediction): prediction.answering.rightLetter
    case .observe(let observation): observation.answering.rightLetter
    case .say, .perform, .explain, .attempt, .recall: nil
    }
  }
}

extension Answering {
  /// True and false have no letters to give away.
  fileprivate var rightLetter: String? {
    guard case .pick(.choice, let choices) = self else { return nil }
    return choices.first(where: \.correct)?.key
  }
}
