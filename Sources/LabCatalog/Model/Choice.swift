/// One answer a question offers.
package struct Choice: Equatable, Sendable {
  /// `a`, `b`, …
  package var key: String
  package var text: String
  package var correct: Bool
  /// The wrong idea behind it.
  package var belief: String?
  /// Why someone might choose it, where no belief stands behind it.
  package var plausible: String?
  package var place: Place
  /// What the run shows if this prediction is right, and only then.
  package var shows: [Condition] = []
  /// Where its key stands in the file.
  package var keyPlace = Place.start

  package init(
    key: String, text: String, correct: Bool = false, belief: String? = nil, plausible: String? = nil,
    place: Place = .start
  ) {
    self.key = key
    self.text = text
    self.correct = correct
    self.belief = belief
    self.plausible = plausible
    self.place = place
  }

  /// The key of the choice at this position: 0 is `a`.
  package static func key(at index: Int) -> String {
    String(UnicodeScalar(UInt8(ascii: "a") + UInt8(clamping: index)))
  }
}

/// A short question at the end of a lesson, asked again days later.
package struct RecallItem: Equatable, Sendable {
  package var ask: String
  package var answering: Answering
  package var belief: String?
  /// One line that says why.
  package var why: String
  /// The same idea in a new situation, for a review on another day.
  package var later: ShortQuestion?
  package var place: Place

  package init(
    ask: String, answering: Answering, belief: String? = nil, why: String = "",
    later: ShortQuestion? = nil, place: Place = .start
  ) {
    self.ask = ask
    self.answering = answering
    self.belief = belief
    self.why = why
    self.later = later
    self.place = place
  }

  /// `correct` are positions of the right choices, from 0.
  package init(
    ask: String, choices: [String], correct: [Int], belief: String? = nil, why: String = "",
    later: ShortQuestion? = nil, place: Place = .start
  ) {
    let all = choices.enumerated().map {
      Choice(key: Choice.key(at: $0), text: $1, correct: correct.contains($0), place: place)
    }
    self.init(
      ask: ask, answering: .pick(correct.count > 1 ? .multi : .choice, all), belief: belief, why: why,
      later: later, place: place)
  }

  /// What it offers; nothing where the answer is no choice.
  package var choices: [String] { answering.choices.map(\.text) }
  /// Positions of the right choices, from 0.
  package var correct: [Int] { answering.choices.indices.filter { answering.choices[$0].correct } }
}
