package import LabFacts

/// A card filled with one failure's own numbers and names: what the error screen shows.
package struct FilledCard: Equatable, Sendable {
  package struct Cause: Equatable, Sendable {
    package var say: String
    package var rank: Int
    /// What of this run speaks for it: `failure.first_received is HTTP/1.1 400 …`. Empty: it may always be so.
    package var evidence: [String]
  }

  package var code: FailureCode
  package var title: String
  /// Who decided, and who only reports it.
  package var decided: String
  package var what: [String]
  package var not: [String]
  /// Likeliest first; only those whose conditions hold.
  package var causes: [Cause]
  package var check: [Explanation.Check]
  package var fix: [String]
  package var otherSide: String?
  package var elsewhere: [Explanation.Elsewhere]
  /// Ids of lessons.
  package var lessons: [String]
  /// The libraries' own words, each with the end that has them: `cli1`, `srv conn 1`.
  package var verbatim: [Verbatim]
  /// `tls / tls-to-plain-port / client / handshake-start / reason 267 / confidence high`.
  package var matched: String
  /// There is no explanation for this failure yet.
  package var isGeneric: Bool

  package struct Verbatim: Equatable, Sendable {
    package var who: String
    package var text: String
    package init(who: String, text: String) {
      self.who = who
      self.text = text
    }
  }
}
