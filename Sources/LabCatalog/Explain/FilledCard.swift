package import LabFacts

/// A card filled with one failure's own numbers and names: what the error screen shows.
package struct FilledCard: Equatable, Sendable {
  package struct Cause: Equatable, Sendable {
    package var say: String
    package var rank: Int
    /// What of this run speaks for it. Empty: it may always be so.
    package var evidence: [String]
  }

  /// A library's own words, with the end that has them: `cli1`, `srv conn 1`.
  package struct Verbatim: Equatable, Sendable {
    package var who: String
    package var text: String

    package init(who: String, text: String) {
      self.who = who
      self.text = text
    }
  }

  package var code: FailureCode
  package var title: String
  /// Who decided, in the card's words.
  package var decided: String
  /// Who decided and who only reports it, by name: `The kernel decided; cli1 (client) reports it.`
  package var reported: String
  /// Paragraphs.
  package var what: [String]
  package var not: [String]
  /// Likeliest first; only those whose conditions hold.
  package var causes: [Cause]
  /// Only those whose values are all known.
  package var check: [Explanation.Check]
  package var fix: [String]
  package var otherSide: String?
  package var elsewhere: [Explanation.Elsewhere]
  /// Ids of lessons.
  package var lessons: [String]
  package var verbatim: [Verbatim]
  /// `tls / tls-to-plain-port / client / handshake-start / reason 267 / confidence high`.
  package var matched: String
  /// There is no explanation for this failure yet.
  package var isGeneric: Bool
}
