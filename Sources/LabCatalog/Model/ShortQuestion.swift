/// A question that stands by itself: it needs no lab beside it, so it can be asked any day.
package struct ShortQuestion: Equatable, Sendable {
  package var ask: String
  package var choices: [String]
  /// Positions of the right choices, from 0.
  package var correct: [Int]
  /// What is true, and why, in a line or two.
  package var why: String
  package var place: Place

  package init(ask: String, choices: [String], correct: [Int], why: String, place: Place = .start) {
    self.ask = ask
    self.choices = choices
    self.correct = correct
    self.why = why
    self.place = place
  }

  package var isMultiple: Bool { correct.count > 1 }

  /// The keys of the right choices: `a`, `b`, ….
  package var rightKeys: [String] { correct.map(Choice.key(at:)) }

  /// Are these exactly the right keys?
  package func isRight(_ keys: [String]) -> Bool { Set(keys) == Set(rightKeys) }
}
