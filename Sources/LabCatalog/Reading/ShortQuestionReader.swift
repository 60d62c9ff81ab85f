/// Reads questions that stand by themselves: `later` of recall items, and the items of the test.
enum ShortQuestionReader {
  static let keys = ["ask", "choices", "correct", "why"]

  static func later(_ reader: NodeReader) -> ShortQuestion? {
    reader.map("a later question", keys: keys).flatMap { question($0, at: reader.place) }
  }

  static func question(_ map: MapReader, at place: Place) -> ShortQuestion? {
    let choices = map.required("choices")?.texts() ?? []
    let correct = map.required("correct")?.items().compactMap { $0.int() } ?? []
    let why = map.required("why")?.text() ?? ""
    guard let ask = map.required("ask")?.text() else { return nil }
    return ShortQuestion(ask: ask, choices: choices, correct: correct, why: why, place: place)
  }
}

/// Reads `lessons/checkup.yaml`.
enum CheckItemReader {
  static func read(_ root: NodeReader) -> [CheckItem] {
    guard let list = root.map("the test", keys: ["items"])?.required("items")?.list() else { return [] }
    return list.compactMap { item in
      guard let map = item.map("an item of the test", keys: ["belief"] + ShortQuestionReader.keys) else {
        return nil
      }
      let belief = map.required("belief")?.text()
      guard let question = ShortQuestionReader.question(map, at: item.place), let belief else { return nil }
      return CheckItem(belief: belief, question: question)
    }
  }
}
