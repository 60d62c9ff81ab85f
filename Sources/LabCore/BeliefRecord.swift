package import LabFacts

extension Progress {
  /// How often a belief was held and how often it was seen through, with the newest date of each.
  package struct Belief: Equatable, Sendable {
    /// How a person stands to a belief now.
    package enum Standing: String, Sendable, CaseIterable {
      case believed
      case seenThrough
      /// It was seen through, and then believed again.
      case cameBack
    }

    package var missed = 0
    package var beaten = 0
    /// How often it was missed after it had been beaten.
    package var cameBack = 0
    package var lastMissed: Day?
    package var lastBeaten: Day?
    /// What the newest meeting came to; absent in files of version 1.
    package var newest: Standing?

    package init() {}

    package var standing: Standing { newest ?? (missed > beaten ? .believed : .seenThrough) }

    package mutating func miss(on day: Day?) {
      let hadBeaten = beaten > 0
      let wasBeaten = hadBeaten && standing == .seenThrough
      missed += 1
      lastMissed = day ?? lastMissed
      if wasBeaten { cameBack += 1 }
      newest = hadBeaten ? .cameBack : .believed
    }

    package mutating func beat(on day: Day?) {
      beaten += 1
      lastBeaten = day ?? lastBeaten
      newest = .seenThrough
    }
  }
}

extension Progress.Belief.Standing: Codable {}

extension Progress.Belief: Codable {
  private enum CodingKeys: String, CodingKey {
    case missed, beaten, cameBack, lastMissed, lastBeaten, newest
  }

  /// What a file of version 1 has not got counts as none.
  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    missed = try values.decodeIfPresent(Int.self, forKey: .missed) ?? 0
    beaten = try values.decodeIfPresent(Int.self, forKey: .beaten) ?? 0
    cameBack = try values.decodeIfPresent(Int.self, forKey: .cameBack) ?? 0
    lastMissed = try values.decodeIfPresent(Day.self, forKey: .lastMissed)
    lastBeaten = try values.decodeIfPresent(Day.self, forKey: .lastBeaten)
    newest = try values.decodeIfPresent(Standing.self, forKey: .newest)
  }
}
