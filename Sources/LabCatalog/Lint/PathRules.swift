import LabCore
import LabFacts

/// L12: every path in a text or a condition can mean something, and is known by then.
enum PathRules {
  static func check(_ lesson: Lesson) -> [AuthorProblem] {
    let grammar = PathGrammar(lesson)
    var started: Set<ActorID> = []
    return lesson.steps.flatMap { step -> [AuthorProblem] in
      started.formUnion(step.actions.flatMap(\.started))
      return step.texts.flatMap { texts($0, grammar, started, lesson) }
        + step.conditions.flatMap { conditions($0, grammar, lesson) }
    }
  }

  private static func texts(
    _ text: Step.Text, _ grammar: PathGrammar, _ started: Set<ActorID>, _ lesson: Lesson
  ) -> [AuthorProblem] {
    if text.text.firstRange(of: "{{") != nil, Template.paths(in: text.text).isEmpty {
      return [lesson.problem("L12", at: text.place, "A `{{` is never closed.", help: "Write `{{srv.port}}`.")]
    }
    return Template.paths(in: text.text).compactMap { path in
      if let trouble = grammar.trouble(path) { return lesson.problem("L12", at: text.place, trouble) }
      guard let actor = Subject.split(path)?.subject.actor, actor != "kernel", !started.contains(actor) else {
        return nil
      }
      return lesson.problem(
        "L12", at: text.place, "`\(path)` is not known yet: `\(actor)` starts in a later step.",
        help: "Move the text behind the start, or say it without the number.")
    }
  }

  private static func conditions(_ condition: Condition, _ grammar: PathGrammar, _ lesson: Lesson)
    -> [AuthorProblem]
  {
    condition.troubles(grammar).map { lesson.problem("L12", at: condition.place, $0) }
  }
}

extension Condition {
  /// What is wrong with its paths.
  func troubles(_ grammar: PathGrammar) -> [String] {
    switch kind {
    case .fact(let property, let of, let comparisons):
      let own =
        of.isEmpty ? [grammar.trouble(property)] : of.map { grammar.trouble(property, of: $0) }
      return own.compactMap { $0 } + comparisons.flatMap(\.paths).compactMap { grammar.trouble($0) }
    case .failure(_, let of), .noFailure(let of):
      return of.compactMap { grammar.trouble("error.key", of: $0) }
    }
  }
}

extension Comparison {
  /// The paths its values ask for.
  fileprivate var paths: [String] {
    switch self {
    case .equal(let literal), .notEqual(let literal), .atLeast(let literal), .atMost(let literal),
      .contains(let literal), .startsWith(let literal), .allEqual(let literal):
      Template.paths(in: literal.description)
    case .oneOf(let literals): literals.flatMap { Template.paths(in: $0.description) }
    case .inRange(let range): range.contains(".") ? [range] : []
    case .holds, .allDistinct, .exists: []
    }
  }
}
