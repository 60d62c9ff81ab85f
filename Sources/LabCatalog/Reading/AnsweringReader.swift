import LabCore
import LabFacts

/// Reads what a question wants for an answer: its `type:` and the keys that go with it.
enum AnsweringReader {
  static let keys = [
    "type", "choices", "correct", "field", "items", "pane", "target", "message", "dir",
  ]

  /// Which of these keys go with a type.
  private static func keys(of type: String) -> [String] {
    switch type {
    case "choice", "multi", "teach-back": ["type", "choices", "correct"]
    case "bool", "number": ["type", "correct"]
    case "fill": ["type", "field", "correct"]
    case "order": ["type", "items"]
    default: ["type", "pane", "target", "message", "dir"]
    }
  }

  /// `inRecall`: choices are texts, and `correct` tells their positions.
  static func read(_ map: MapReader, inRecall: Bool = false, place: Place) -> Answering? {
    guard let type = type(map) else { return nil }
    let allowed = keys(of: type)
    for key in map.present where keys.contains(key) && !allowed.contains(key) {
      map[key]?.problem("L01", "`\(key)` does not go with `type: \(type)`.")
    }
    switch type {
    case "bool":
      let belief = inRecall ? nil : map["belief"]?.text()
      return map.required("correct")?.flag().map {
        .bool(
          correct: $0, belief: belief, plausible: inRecall ? nil : map["plausible"]?.text(), place: place)
      }
    case "number": return map.required("correct")?.literal().map { .number(correct: $0.description) }
    case "fill":
      let correct = map.required("correct")?.literal()
      guard let field = map.required("field").flatMap(field), let correct else { return nil }
      return .fill(field, correct: correct.description)
    case "order": return (map.required("items")?.texts()).map(Answering.order)
    case "point": return point(map)
    default:
      let picking = Answering.Picking(rawValue: type) ?? .choice
      return .pick(picking, inRecall ? positions(map, place: place) : choices(map))
    }
  }

  private static func type(_ map: MapReader) -> String? {
    guard let reader = map["type"] else { return Answering.Picking.choice.rawValue }
    guard let word = reader.text() else { return nil }
    if Answering.types.contains(word) { return word }
    let hint = DidYouMean.hint(for: word, among: Answering.types)
    reader.problem(
      "L01", "`type` can't be `\(word)`.",
      help: (hint + " It is one of: \(Answering.types.joined(separator: ", ")).").trimmingStart())
    return nil
  }

  /// Choices as maps with a key of their own.
  private static func choices(_ map: MapReader) -> [Choice] {
    map["correct"]?.problem("L01", "`correct` stands at the right choice here: `correct: true`.")
    return (map.required("choices")?.list() ?? []).compactMap { item in
      let keys = ["key", "text", "correct", "belief", "plausible", "shows"]
      guard let map = item.map("a choice", keys: keys) else { return nil }
      let key = map.required("key")?.text()
      guard let text = map.required("text")?.text(), let key else { return nil }
      var choice = Choice(
        key: key, text: text, correct: map["correct"]?.flag() ?? false, belief: map["belief"]?.text(),
        plausible: map["plausible"]?.text(), place: item.place)
      choice.keyPlace = map["key"]?.place ?? item.place
      choice.shows = map["shows"].map(ConditionReader.conditions) ?? []
      return choice
    }
  }

  /// Choices as texts, and `correct` with their positions from 0.
  static func positions(_ map: MapReader, place: Place) -> [Choice] {
    let texts = map.required("choices")?.texts() ?? []
    let correct = map.required("correct")?.items().compactMap { $0.int() } ?? []
    // Where none points at a choice the linter says so.
    let isSome = correct.contains(where: texts.indices.contains)
    for position in correct where isSome && !texts.indices.contains(position) {
      map["correct"]?.problem(
        "L20", "`correct` does not point at one of the choices.",
        help: "Count from 0: the first choice is 0.")
    }
    return texts.enumerated().map {
      Choice(key: Choice.key(at: $0), text: $1, correct: correct.contains($0), place: place)
    }
  }

  private static func field(_ reader: NodeReader) -> BlankField? {
    guard let map = reader.map("field", keys: ["of", "path"]) else { return nil }
    let of = map.required("of").flatMap(ActionReader.subject)
    guard let path = map.required("path")?.text(), let of else { return nil }
    return BlankField(of: of, path: path)
  }

  private static func point(_ map: MapReader) -> Answering? {
    let pane: Lesson.Pane? = map.required("pane")?.word()
    let target = map.required("target").flatMap(ActionReader.subject)
    guard let pane, let target else { return nil }
    return .point(
      PointTarget(
        pane: pane, target: target, message: map["message"]?.text(), direction: map["dir"]?.word()))
  }
}
