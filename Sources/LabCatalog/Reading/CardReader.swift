import LabFacts

/// Reads a card of `lessons/explanations`.
enum CardReader {
  private static let partKeys = [
    "title", "decided", "what", "not", "causes", "check", "fix", "other_side",
  ]

  static func read(_ root: NodeReader, file: String) -> Explanation? {
    let keys = ["code"] + partKeys + ["variants", "elsewhere", "lessons", "generic"]
    guard let map = root.map("a card", keys: keys) else { return nil }
    let parts = parts(map)
    for key in ["title", "decided", "what"] where parts.isMissing(key) { _ = map.required(key) }
    guard let code: FailureCode = map.required("code")?.word() else { return nil }
    return Explanation(
      code: code, parts: parts, variants: map["variants"]?.items().compactMap(variant) ?? [],
      elsewhere: map["elsewhere"]?.items().compactMap(elsewhere) ?? [],
      lessons: map["lessons"]?.texts() ?? [],
      isGeneric: map["generic"]?.flag() ?? false, file: file,
      places: Dictionary(
        map.present.compactMap { key in map[key].map { (key, $0.place) } },
        uniquingKeysWith: { first, _ in first })
    )
  }

  private static func parts(_ map: MapReader) -> Explanation.Parts {
    var parts = Explanation.Parts()
    parts.title = map["title"]?.text()
    parts.decided = map["decided"]?.text()
    parts.what = map["what"]?.text()
    parts.not = map["not"]?.texts()
    parts.causes = map["causes"]?.items().compactMap(cause)
    parts.check = map["check"]?.items().compactMap(check)
    parts.fix = map["fix"]?.texts()
    parts.otherSide = map["other_side"]?.text()
    return parts
  }

  private static func variant(_ reader: NodeReader) -> Explanation.Variant? {
    guard let map = reader.map("a variant", keys: ["when"] + partKeys) else { return nil }
    let parts = parts(map)
    guard let when = map.required("when") else { return nil }
    return Explanation.Variant(when: ConditionReader.conditions(when), parts: parts, place: reader.place)
  }

  private static func cause(_ reader: NodeReader) -> Explanation.Cause? {
    guard let map = reader.map("a cause", keys: ["when", "rank", "say"]) else { return nil }
    let when = map["when"].map(ConditionReader.conditions) ?? []
    let rank = map["rank"]?.int(1...5) ?? 1
    return map.required("say")?.text().map { Explanation.Cause(when: when, rank: rank, say: $0) }
  }

  private static func check(_ reader: NodeReader) -> Explanation.Check? {
    guard let map = reader.map("a check", keys: ["run", "tells"]) else { return nil }
    let tells = map.required("tells")?.text()
    guard let run = map.required("run")?.text(), let tells else { return nil }
    return Explanation.Check(run: run, tells: tells)
  }

  private static func elsewhere(_ reader: NodeReader) -> Explanation.Elsewhere? {
    guard let map = reader.map("elsewhere", keys: ["program", "says"]) else { return nil }
    let says = map.required("says")?.text()
    guard let program = map.required("program")?.text(), let says else { return nil }
    return Explanation.Elsewhere(program: program, says: says)
  }
}

extension Explanation.Parts {
  fileprivate func isMissing(_ key: String) -> Bool {
    switch key {
    case "title": title == nil
    case "decided": decided == nil
    default: what == nil
    }
  }
}
