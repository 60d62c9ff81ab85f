import LabFacts

/// A lesson that a search found, and what of it matched where that is not its own text.
package struct FoundLesson: Equatable, Sendable {
  package let lesson: Lesson
  /// `card tls-to-plain-port: The other side does not speak TLS`.
  package let because: String?
}

extension Catalog {
  /// Lessons that a text leads to: by what they say of themselves, by the beliefs they test, and by the cards of the
  /// failures they show. A pasted error message finds its card, as `netlab explain` does, whatever stands around
  /// it; the lessons of that card come first.
  package func search(_ text: String) -> [FoundLesson] {
    let words = SearchWords.of(text)
    guard !words.isEmpty else { return lessons.map { FoundLesson(lesson: $0, because: nil) } }
    let shown = ErrorReader.recognised(text).map { lessons(showing: $0.failure.code) } ?? []
    let known = Set(shown.map(\.lesson.id))
    return shown + byWords(words).filter { !known.contains($0.lesson.id) }
  }

  /// In the card's own order: the one that shows the failure best stands first there.
  private func lessons(showing code: FailureCode) -> [FoundLesson] {
    guard let card = card(for: code) else { return [] }
    return card.lessons.compactMap { lesson($0) }.map {
      FoundLesson(lesson: $0, because: "card \(card.code.rawValue): \(card.title)")
    }
  }

  private func byWords(_ words: [String]) -> [FoundLesson] {
    let exact = found(words)
    if !exact.isEmpty { return exact }
    let essential = SearchWords.essential(words)
    return essential.isEmpty || essential == words ? [] : found(essential)
  }

  private func found(_ words: [String]) -> [FoundLesson] {
    lessons.compactMap { lesson in
      if SearchWords.match(words, own(lesson)) { return FoundLesson(lesson: lesson, because: nil) }
      let beliefs = lesson.beliefs.compactMap { belief($0) }
      if let belief = beliefs.first(where: { SearchWords.match(words, "\($0.id) \($0.belief) \($0.truth)") })
      {
        return FoundLesson(lesson: lesson, because: "belief \(belief.id): \(belief.belief)")
      }
      let cards = cards(of: lesson)
      guard let card = cards.first(where: { SearchWords.match(words, searchText($0)) }) else { return nil }
      return FoundLesson(lesson: lesson, because: "card \(card.code.rawValue): \(card.title)")
    }
  }

  private func own(_ lesson: Lesson) -> String {
    ([lesson.id, lesson.code, lesson.title, lesson.question, lesson.track, track(lesson.track)?.title ?? ""]
      + lesson.teaches).joined(separator: " ")
  }

  /// Cards that the lesson names, in its order, and then those that name it: first those that it is about most.
  private func cards(of lesson: Lesson) -> [Explanation] {
    let named = lesson.steps.flatMap(\.cards)
    func rank(_ card: Explanation) -> (Int, Int, String) {
      (
        named.firstIndex(of: card.code) ?? .max, card.lessons.firstIndex(of: lesson.id) ?? .max,
        card.code.rawValue
      )
    }
    return cards.values.filter { $0.lessons.contains(lesson.id) || named.contains($0.code) }
      .sorted { rank($0) < rank($1) }
  }

  private func searchText(_ card: Explanation) -> String {
    ([card.code.rawValue, card.title] + card.elsewhere.flatMap { [$0.program, $0.says] })
      .joined(separator: " ")
  }
}

/// The words of a search, and of what is searched.
enum SearchWords {
  /// Words that stand in every error message.
  private static let common: Set<String> = ["error", "ssl", "tls", "routines", "failed", "the", "connect"]

  static func of(_ text: String) -> [String] {
    text.lowercased().split { !($0.isLetter || $0.isNumber) }.map(String.init)
  }

  /// Without numbers, short words and those of every message.
  static func essential(_ words: [String]) -> [String] {
    words.filter { word in word.count > 2 && !common.contains(word) && !word.contains(where: \.isNumber) }
  }

  /// Is every word, or what begins with it, in the text?
  static func match(_ words: [String], _ text: String) -> Bool {
    let hay = of(text)
    let all = hay.joined(separator: " ")
    return words.allSatisfy { word in hay.contains { $0.hasPrefix(word) } || all.contains(word) }
  }
}
