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

  /// How often a belief was held, and how often it was seen through.
  package struct Belief: Equatable, Sendable, Codable {
    package var missed = 0
    package var beaten = 0
    package init() {}
  }

  package static let currentVersion = 1
  package var version = Progress.currentVersion
  /// By lesson id.
  package var lessons: [String: Entry] = [:]
  /// By belief id.
  package var beliefs: [String: Belief] = [:]

  package init() {}

  package var doneCount: Int { lessons.values.filter { $0.done != nil }.count }
}
