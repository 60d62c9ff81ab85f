import LabCore
import LabFacts

/// Reads the steps of a lesson.
enum StepReader {
  private static let kinds = ["say", "predict", "do", "observe", "explain", "try", "recall"]
  private static let performanceKeys = [
    "note", "expect", "order", "within_seconds", "allow_error", "highlight",
  ]

  static func steps(_ reader: NodeReader) -> [Step] {
    (reader.list() ?? []).compactMap(step)
  }

  private static func step(_ reader: NodeReader) -> Step? {
    guard let map = reader.map("a step", keys: ["id", "requires"] + kinds + performanceKeys) else {
      return nil
    }
    let id = map.required("id")?.text()
    guard let kind = map.exactlyOne(of: kinds), let body = map[kind] else { return nil }
    if kind != "do", let stray = map.present.first(where: performanceKeys.contains) {
      map[stray]?.problem("L01", "`\(stray)` belongs to a `do` step, not to a `\(kind)` step.")
    }
    guard let read = read(kind, body, map), let id else { return nil }
    return Step(
      id: id, kind: read, needs: map["requires"].map(NeedsReader.ofStep) ?? MachineNeeds(),
      place: body.place)
  }

  private static func read(_ kind: String, _ body: NodeReader, _ map: MapReader) -> Step.Kind? {
    switch kind {
    case "say": body.text().map(Step.Kind.say)
    case "predict": prediction(body).map(Step.Kind.predict)
    case "do": .perform(performance(body, map))
    case "observe": observation(body).map(Step.Kind.observe)
    case "explain": refutation(body).map(Step.Kind.explain)
    case "try": bench(body).map(Step.Kind.attempt)
    default: .recall((body.list() ?? []).compactMap(recallItem))
    }
  }

  private static func prediction(_ reader: NodeReader) -> Prediction? {
    let keys = ["ask", "confidence", "belief", "plausible"] + AnsweringReader.keys
    guard let map = reader.map("a predict step", keys: keys) else { return nil }
    let answering = AnsweringReader.read(map, place: reader.place)
    guard let ask = map.required("ask")?.text(), let answering else { return nil }
    return Prediction(
      ask: ask, answering: answering, confidence: map["confidence"]?.flag() ?? false,
      belief: map["belief"]?.text(), plausible: map["plausible"]?.text())
  }

  private static func performance(_ body: NodeReader, _ map: MapReader) -> Performance {
    Performance(
      actions: ActionReader.actions(body), note: map["note"]?.text(),
      expect: map["expect"].map(ConditionReader.conditions) ?? [],
      order: map["order"].map(ConditionReader.order) ?? [],
      withinSeconds: map["within_seconds"]?.int(1...60) ?? 5, allowError: map["allow_error"]?.flag() ?? false,
      highlight: map["highlight"].flatMap(highlight))
  }

  private static func highlight(_ reader: NodeReader) -> Highlight? {
    guard let map = reader.map("highlight", keys: ["pane", "of"]) else { return nil }
    return Highlight(
      pane: map["pane"]?.word(), of: map["of"]?.items().compactMap(ActionReader.subject) ?? [])
  }

  private static func observation(_ reader: NodeReader) -> Observation? {
    guard let map = reader.map("an observe step", keys: ["ask", "wrong"] + AnsweringReader.keys) else {
      return nil
    }
    let answering = AnsweringReader.read(map, place: reader.place)
    let wrong = map.required("wrong")?.text()
    guard let ask = map.required("ask")?.text(), let wrong, let answering else { return nil }
    return Observation(ask: ask, answering: answering, wrong: wrong)
  }

  private static func refutation(_ reader: NodeReader) -> Refutation? {
    let keys = ["say", "for_belief", "for_move", "note", "cards"]
    guard let map = reader.map("an explain step", keys: keys) else { return nil }
    let cards = map["cards"]?.items().compactMap { $0.word(FailureCode.self) } ?? []
    guard let say = map.required("say")?.text() else { return nil }
    return Refutation(
      say: say, forBelief: texts(map["for_belief"]), forMove: texts(map["for_move"]),
      note: map["note"]?.text(), cards: cards)
  }

  /// Texts under names of the author's own.
  private static func texts(_ reader: NodeReader?) -> [String: String] {
    var texts: [String: String] = [:]
    for entry in reader.map(MapReader.entries) ?? [] { texts[entry.name] = entry.value.text() }
    return texts
  }

  private static func bench(_ reader: NodeReader) -> Bench? {
    let keys = ["goal", "moves", "done_when", "hints", "solution", "rule", "first"]
    guard let map = reader.map("a try step", keys: keys) else { return nil }
    let moves = (map.required("moves")?.list() ?? []).compactMap(move)
    let done = map.required("done_when").map(ConditionReader.conditions) ?? []
    let hints = map.required("hints")?.texts() ?? []
    let solution = map.required("solution")?.texts() ?? []
    guard let goal = map.required("goal")?.text() else { return nil }
    return Bench(
      goal: goal, moves: moves, doneWhen: done, hints: hints, solution: solution,
      rule: map["rule"].flatMap(rule), first: map["first"]?.flag() ?? false)
  }

  private static func rule(_ reader: NodeReader) -> RecallItem? {
    guard let map = reader.map("a rule", keys: ["ask", "choices", "correct", "why"]) else { return nil }
    let choices = AnsweringReader.positions(map, place: reader.place)
    let why = map.required("why")?.text() ?? ""
    guard let ask = map.required("ask")?.text() else { return nil }
    return RecallItem(ask: ask, answering: .pick(.choice, choices), why: why, place: reader.place)
  }

  private static func move(_ reader: NodeReader) -> Bench.Move? {
    guard let map = reader.map("a move", keys: ["key", "text", "do"]) else { return nil }
    let key = map.required("key")?.text()
    let actions = map.required("do").map(ActionReader.actions) ?? []
    guard let text = map.required("text")?.text(), let key else { return nil }
    return Bench.Move(key: key, text: text, actions: actions, place: reader.place)
  }

  private static func recallItem(_ reader: NodeReader) -> RecallItem? {
    let keys = ["ask", "belief", "why", "later"] + AnsweringReader.keys
    guard let map = reader.map("a recall question", keys: keys) else { return nil }
    let answering = AnsweringReader.read(map, inRecall: true, place: reader.place)
    let why = map.required("why")?.text() ?? ""
    guard let ask = map.required("ask")?.text(), let answering else { return nil }
    return RecallItem(
      ask: ask, answering: answering, belief: map["belief"]?.text(), why: why,
      later: map["later"].flatMap(ShortQuestionReader.later), place: reader.place)
  }
}
