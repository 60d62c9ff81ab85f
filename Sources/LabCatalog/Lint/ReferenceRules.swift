import LabCore
import LabFacts

/// L10: everything a lesson names exists.
enum ReferenceRules {
  static func check(_ lesson: Lesson, _ scope: LintScope) -> [AuthorProblem] {
    header(lesson, scope) + actors(lesson, scope) + lesson.steps.flatMap { step($0, lesson, scope) }
      + stepIDs(lesson)
  }

  private static func header(_ lesson: Lesson, _ scope: LintScope) -> [AuthorProblem] {
    var problems: [AuthorProblem] = []
    if scope.knowsTracks, scope.catalog.track(lesson.track) == nil {
      problems.append(
        unknown("track", lesson.track, scope.catalog.tracks.map(\.id), lesson, lesson.place(of: "track")))
    }
    for need in lesson.needs where !scope.lessonIDs.contains(need) {
      problems.append(unknown("lesson", need, scope.lessonIDs, lesson, lesson.place(of: "needs")))
    }
    if scope.knowsBeliefs {
      for belief in lesson.beliefs {
        problems += unknownBelief(belief, lesson, lesson.place(of: "beliefs"), scope)
      }
    }
    let shown = (lesson.layout.left ?? []) + (lesson.layout.right ?? [])
    return problems + contrast(lesson)
      + shown.flatMap { unknownActor($0, lesson, lesson.place(of: "layout")) }
  }

  /// Two ladders side by side need two halves that are named, and a client in each.
  private static func contrast(_ lesson: Lesson) -> [AuthorProblem] {
    guard lesson.layout.contrast else { return [] }
    let place = lesson.place(of: "layout")
    let halves = [
      ("left", lesson.leftActors, lesson.layout.leftTitle),
      ("right", lesson.rightActors, lesson.layout.rightTitle),
    ]
    return halves.flatMap { name, actors, title -> [AuthorProblem] in
      let hasClient = actors.contains { lesson.actor($0)?.role == .client }
      let missing =
        hasClient
        ? []
        : [
          lesson.problem(
            "L15", at: place, "`contrast` shows a ladder of each half, and no client is on the \(name).",
            help: "Name one in `\(name)`, or leave `contrast` out.")
        ]
      guard title == nil else { return missing }
      return missing + [
        lesson.problem(
          "L15", at: place, "`contrast` shows two ladders, and the \(name) one has no title.",
          help: "Say in `\(name)_title` what it is, such as \"TLS 1.2\".")
      ]
    }
  }

  private static func actors(_ lesson: Lesson, _ scope: LintScope) -> [AuthorProblem] {
    lesson.actors.flatMap { actor in
      settings(actor.settings, lesson, actor.place, scope)
    }
  }

  private static func settings(
    _ settings: ActorSettings, _ lesson: Lesson, _ place: Place, _ scope: LintScope
  ) -> [AuthorProblem] {
    var problems: [AuthorProblem] = []
    if scope.knowsIdentities {
      let asked = settings.tls.identitiesByName.map { $0.values.sorted() } ?? []
      for name in [settings.identity?.text].compactMap({ $0 }) + (settings.trust ?? []) + asked
      where !scope.identityNames.contains(name) {
        problems.append(unknown("identity", name, scope.identityNames, lesson, place))
      }
    }
    for backend in settings.relay?.allBackends ?? [] {
      problems += self.settings(backend.settings, lesson, place, scope)
      problems += target(backend.target.server, lesson, place)
    }
    if let other = settings.portOf { problems += target(other, lesson, place) }
    if let proxy = settings.via?.proxy { problems += target(proxy, lesson, place) }
    guard let server = settings.connect?.server else { return problems }
    return problems + target(server, lesson, place)
  }

  private static func target(_ server: ActorID, _ lesson: Lesson, _ place: Place) -> [AuthorProblem] {
    let missing = unknownActor(server, lesson, place)
    guard missing.isEmpty, lesson.actor(server)?.role != .server else { return missing }
    return [
      lesson.problem(
        "L10", at: place, "`\(server)` is a client: nobody can connect to it.", help: "Name a server.")
    ]
  }

  private static func step(_ step: Step, _ lesson: Lesson, _ scope: LintScope) -> [AuthorProblem] {
    let subjects = step.actions.flatMap { action in action.subjects.map { ($0, action.place) } }
    var problems = subjects.flatMap { unknownActor($0.actor, lesson, $1) }
    problems += step.actions.flatMap { action -> [AuthorProblem] in
      action.settings.map { settings($0, lesson, action.place, scope) } ?? []
    }
    if scope.knowsIdentities {
      for action in step.actions {
        for name in action.identities where !scope.identityNames.contains(name) {
          problems.append(unknown("identity", name, scope.identityNames, lesson, action.place))
        }
      }
    }
    problems += step.highlighted.flatMap { unknownActor($0.actor, lesson, step.place) }
    problems += step.asked.flatMap { unknownActor($0.subject.actor, lesson, $0.place) }
    problems += moves(step, lesson)
    problems += step.order.flatMap { unknownActor($0.of.actor, lesson, $0.place) }
    if scope.knowsBeliefs {
      problems += step.beliefs.flatMap { unknownBelief($0.id, lesson, $0.place, scope) }
    }
    for card in step.cards where scope.catalog.card(for: card) == nil {
      problems.append(
        lesson.problem(
          "L14", at: step.place, "`\(card.rawValue)` has no card.",
          help: "Write lessons/explanations/\(card.rawValue).yaml."))
    }
    return problems
  }

  /// `for_move` answers moves of the *try* before it.
  private static func moves(_ step: Step, _ lesson: Lesson) -> [AuthorProblem] {
    guard case .explain(let refutation) = step.kind, !refutation.forMove.isEmpty,
      let index = lesson.steps.firstIndex(of: step)
    else { return [] }
    let bench = lesson.steps[..<index].reversed().lazy.compactMap { step -> Bench? in
      if case .attempt(let bench) = step.kind { return bench }
      return nil
    }.first
    let keys = bench?.moves.map(\.key) ?? []
    return refutation.forMove.keys.sorted().filter { !keys.contains($0) }.map {
      lesson.problem(
        "L10", at: step.place, "`for_move` answers the move `\($0)`, which no `try` before it offers.",
        help: keys.isEmpty
          ? "Put a `try` with `first: true` before it." : "Its moves are \(keys.joined(separator: ", ")).")
    }
  }

  private static func stepIDs(_ lesson: Lesson) -> [AuthorProblem] {
    var seen: Set<String> = []
    return lesson.steps.compactMap { step in
      if !seen.insert(step.id).inserted {
        return lesson.problem(
          "L10", at: step.place, "Another step is called `\(step.id)` too.",
          help: "Answers are kept by step id.")
      }
      return nil
    }
  }

  private static func unknownActor(_ actor: ActorID, _ lesson: Lesson, _ place: Place) -> [AuthorProblem] {
    guard lesson.actor(actor) == nil else { return [] }
    return [unknown("program", actor.rawValue, lesson.actors.map(\.id.rawValue), lesson, place)]
  }

  private static func unknownBelief(
    _ belief: String, _ lesson: Lesson, _ place: Place, _ scope: LintScope
  ) -> [AuthorProblem] {
    guard scope.catalog.belief(belief) == nil else { return [] }
    let names = scope.catalog.beliefs.map(\.id)
    return [
      unknown("belief", belief, names, lesson, place, advice: " A new one goes into lessons/beliefs.yaml.")
    ]
  }

  private static func unknown(
    _ what: String, _ name: String, _ names: [String], _ lesson: Lesson, _ place: Place, advice: String = ""
  ) -> AuthorProblem {
    lesson.problem(
      "L10", at: place, "There is no \(what) `\(name)`.",
      help: (DidYouMean.hint(for: name, among: names) + advice).trimmingStart())
  }
}
