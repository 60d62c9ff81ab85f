/// Something a lesson said would be seen, and what was seen instead. In words, for people.
package struct Mismatch: Hashable, Sendable {
  /// Whom it is about: `cli1`, `srv.conn(1)`.
  package let subject: String
  package let expected: String
  package let seen: String

  package init(subject: String, expected: String, seen: String) {
    self.subject = subject
    self.expected = expected
    self.seen = seen
  }

  package var sentence: String { "\(subject): expected \(expected); seen \(seen)." }
}
