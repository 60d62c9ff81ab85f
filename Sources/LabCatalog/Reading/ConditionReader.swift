import LabCore
import LabFacts

/// Reads conditions and orders.
enum ConditionReader {
  private static let kinds = ["fact", "error", "no_error"]
  private static let comparators = [
    "is", "is_not", "at_least", "at_most", "contains", "starts_with", "one_of", "in_range", "all_equal",
    "all_distinct", "exists",
  ]
  private static let patternKeys = ["phase", "decided_by", "errno", "reason", "verify", "alert"]
  private static let phaseWords = Phase.allCases.map(\.rawValue) + ["read"]

  /// A list of conditions, or one.
  static func conditions(_ reader: NodeReader) -> [Condition] { reader.items().compactMap(condition) }

  static func condition(_ reader: NodeReader) -> Condition? {
    let keys = kinds + ["of", "by"] + comparators + patternKeys
    guard let map = reader.map("a condition", keys: keys), let kind = map.exactlyOne(of: kinds) else {
      return nil
    }
    refuseStrays(map, kind)
    switch kind {
    case "fact": return fact(map, reader.place)
    case "error": return failure(map, reader.place)
    default: return Condition(.noFailure(of: map["no_error"]?.texts() ?? []), place: reader.place)
    }
  }

  private static func refuseStrays(_ map: MapReader, _ kind: String) {
    let wrong = kind == "fact" ? patternKeys : comparators
    for key in map.present where wrong.contains(key) || (kind == "no_error" && patternKeys.contains(key)) {
      map[key]?.problem("L01", "`\(key)` does not go with `\(kind)`.")
    }
  }

  private static func subjects(_ map: MapReader) -> [String] { (map["of"] ?? map["by"])?.texts() ?? [] }

  private static func fact(_ map: MapReader, _ place: Place) -> Condition? {
    guard let property = map["fact"]?.text() else { return nil }
    var comparisons: [Comparison] = []
    for key in comparators {
      guard let reader = map[key] else { continue }
      guard let comparison = comparison(key, reader) else { return nil }
      comparisons.append(comparison)
    }
    let all = comparisons.isEmpty ? [.holds] : comparisons
    return Condition(.fact(property, of: subjects(map), all), place: place)
  }

  private static func comparison(_ key: String, _ reader: NodeReader) -> Comparison? {
    switch key {
    case "is": reader.literal().map(Comparison.equal)
    case "is_not": reader.literal().map(Comparison.notEqual)
    case "at_least": reader.literal().map(Comparison.atLeast)
    case "at_most": reader.literal().map(Comparison.atMost)
    case "contains": reader.literal().map(Comparison.contains)
    case "starts_with": reader.literal().map(Comparison.startsWith)
    case "one_of": .oneOf((reader.list() ?? []).compactMap { $0.literal() })
    case "in_range": reader.text().map(Comparison.inRange)
    case "all_equal": reader.literal().map(Comparison.allEqual)
    case "all_distinct": reader.flag().map { _ in .allDistinct }
    default: reader.flag().map(Comparison.exists)
    }
  }

  private static func failure(_ map: MapReader, _ place: Place) -> Condition? {
    let codes = map["error"]?.items().compactMap { $0.word(FailureCode.self) } ?? []
    let phases = map["phase"]?.items().compactMap(phase) ?? []
    guard !codes.isEmpty else { return nil }
    let of = subjects(map)
    if of.isEmpty { _ = map.required("of") }
    let pattern = FailurePattern(
      codes: codes, phases: phases, decidedBy: map["decided_by"]?.word(), errno: map["errno"]?.int(),
      reason: map["reason"]?.int(), verify: map["verify"]?.int(), alert: map["alert"]?.int())
    return Condition(.failure(pattern, of: of), place: place)
  }

  private static func phase(_ reader: NodeReader) -> String? {
    guard let word = reader.text() else { return nil }
    if phaseWords.contains(word) { return word }
    reader.problem(
      "L01", "`phase` can't be `\(word)`.",
      help: (DidYouMean.hint(for: word, among: phaseWords)
        + " It is one of: \(phaseWords.joined(separator: ", ")).")
        .trimmingStart())
    return nil
  }

  static func order(_ reader: NodeReader) -> [OrderEntry] {
    (reader.list() ?? []).compactMap { item in
      let keys = ["of", "message", "alert", "event", "dir"]
      guard let map = item.map("a line of an order", keys: keys),
        let kind = map.exactlyOne(of: ["message", "alert", "event"]), let mark = mark(kind, map)
      else { return nil }
      guard let of = map.required("of").flatMap(ActionReader.subject) else { return nil }
      return OrderEntry(of: of, mark: mark, direction: map["dir"]?.word(), place: item.place)
    }
  }

  private static func mark(_ kind: String, _ map: MapReader) -> OrderEntry.Mark? {
    switch kind {
    case "message": map["message"]?.text().map(OrderEntry.Mark.message)
    case "alert": map["alert"]?.int(0...255).map(OrderEntry.Mark.alert)
    default: (map["event"]?.word(OrderEntry.Event.self)).map(OrderEntry.Mark.event)
    }
  }
}
