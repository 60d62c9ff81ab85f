package import LabFacts

/// The card of one failure code, as its file tells it.
package struct Explanation: Equatable, Sendable {
  /// A reason that may stand behind the failure.
  package struct Cause: Equatable, Sendable {
    /// All must hold; none: it may always be the reason.
    package var when: [Condition]
    /// 3 is likeliest.
    package var rank: Int
    package var say: String

    package init(when: [Condition] = [], rank: Int = 1, say: String) {
      self.when = when
      self.rank = rank
      self.say = say
    }
  }

  /// A command that proves it, and what its answer tells.
  package struct Check: Equatable, Sendable {
    package var run: String
    package var tells: String

    package init(run: String, tells: String) {
      self.run = run
      self.tells = tells
    }
  }

  /// The same failure in another program's words.
  package struct Elsewhere: Equatable, Sendable {
    package var program: String
    package var says: String

    package init(program: String, says: String) {
      self.program = program
      self.says = says
    }
  }

  /// The parts of a card that a variant may replace.
  package struct Parts: Equatable, Sendable {
    package var title: String?
    package var decided: String?
    package var what: String?
    package var not: [String]?
    package var causes: [Cause]?
    package var check: [Check]?
    package var fix: [String]?
    package var otherSide: String?

    package init() {}

    package func merged(with other: Parts) -> Parts {
      var merged = self
      merged.title = other.title ?? title
      merged.decided = other.decided ?? decided
      merged.what = other.what ?? what
      merged.not = other.not ?? not
      merged.causes = other.causes ?? causes
      merged.check = other.check ?? check
      merged.fix = other.fix ?? fix
      merged.otherSide = other.otherSide ?? otherSide
      return merged
    }
  }

  /// Parts to take instead where all conditions hold.
  package struct Variant: Equatable, Sendable {
    package var when: [Condition]
    package var parts: Parts
    package var place: Place

    package init(when: [Condition], parts: Parts, place: Place = .start) {
      self.when = when
      self.parts = parts
      self.place = place
    }
  }

  package var code: FailureCode
  package var parts: Parts
  package var variants: [Variant]
  package var elsewhere: [Elsewhere]
  package var lessons: [String]
  /// It has no explanation of its own yet, and says so.
  package var isGeneric: Bool
  package var file: String
  package var places: [String: Place]

  package init(
    code: FailureCode, parts: Parts, variants: [Variant] = [], elsewhere: [Elsewhere] = [],
    lessons: [String] = [], isGeneric: Bool = false, file: String = "", places: [String: Place] = [:]
  ) {
    self.code = code
    self.parts = parts
    self.variants = variants
    self.elsewhere = elsewhere
    self.lessons = lessons
    self.isGeneric = isGeneric
    self.file = file
    self.places = places
  }

  package var title: String { parts.title ?? code.rawValue }
}
