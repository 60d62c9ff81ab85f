package import LabFacts

/// What a person has done so far. Kept in a file between runs; no names, no network.
package struct Progress: Equatable, Sendable, Codable {
  /// One lesson's record.
  package struct Entry: Equatable, Sendable, Codable {
    /// Steps reached, from 1.
    package var reached = 0
    package var steps = 0
    /// RFC 3339 date of the newest completion.
    package var done: String?
    package var hints = 0
    package var predictions: [Prediction] = []
    package init() {}
  }

  package struct Prediction: Equatable, Sendable, Codable {
    package let step: String
    /// Absent where it was left out.
    package let choice: String?
    package let correct: Bool
    package let confidence: Int?

    package init(step: String, choice: String?, correct: Bool, confidence: Int?) {
      self.step = step
      self.choice = choice
      self.correct = correct
      self.confidence = confidence
    }
  }

  /// One taking of the test before and after.
  package struct Check: Equatable, Sendable, Codable {
    package var day: Day
    /// By belief id: seen through, or not.
    package var answers: [String: Bool]

    package init(day: Day, answers: [String: Bool]) {
      self.day = day
      self.answers = answers
    }
  }

  package static let currentVersion = 2
  package var version = Progress.currentVersion
  /// By lesson id.
  package var lessons: [String: Entry] = [:]
  /// By belief id.
  package var beliefs: [String: Belief] = [:]
  /// By the name of a recall item: `sp2-port-hopping/recall/0`.
  package var reviews: [String: ReviewSchedule] = [:]
  /// The test as it was taken first, and as it was taken last since.
  package var before: Check?
  package var after: Check?

  package init() {}

  /// Takes in a test: the first is *before*, every further one *after*.
  package mutating func checked(_ answers: [String: Bool], on day: Day) {
    let check = Check(day: day, answers: answers)
    if before == nil { before = check } else { after = check }
  }

  package var doneCount: Int { lessons.values.filter { $0.done != nil }.count }
}

extension Progress {
  private enum CodingKeys: String, CodingKey {
    case version, lessons, beliefs, reviews, before, after
  }

  /// Reads this version and the one before it, which had neither reviews nor tests.
  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    let found = try values.decode(Int.self, forKey: .version)
    guard found <= Progress.currentVersion else {
      throw DecodingError.dataCorruptedError(forKey: .version, in: values, debugDescription: "newer")
    }
    lessons = try values.decode([String: Entry].self, forKey: .lessons)
    beliefs = try values.decode([String: Belief].self, forKey: .beliefs)
    reviews = try values.decodeIfPresent([String: ReviewSchedule].self, forKey: .reviews) ?? [:]
    before = try values.decodeIfPresent(Check.self, forKey: .before)
    after = try values.decodeIfPresent(Check.self, forKey: .after)
  }
}
