package import LabFacts

/// When a question of a finished lesson is asked again: one, three, seven and twenty-one days after the last time.
/// A wrong answer starts again at one.
package struct ReviewSchedule: Equatable, Sendable, Codable {
  /// Days between two times.
  package static let gaps = [1, 3, 7, 21]
  /// More are not asked at once.
  package static let atOnce = 3

  /// Right answers in a row.
  package private(set) var passed: Int
  /// Absent once every gap has been passed.
  package private(set) var due: Day?

  /// First asked the day after.
  package init(learned day: Day) {
    passed = 0
    due = day + ReviewSchedule.gaps[0]
  }

  package func isDue(on day: Day) -> Bool { due.map { $0 <= day } ?? false }

  package mutating func answered(right: Bool, on day: Day) {
    passed = right ? passed + 1 : 0
    due = ReviewSchedule.gaps.indices.contains(passed) ? day + ReviewSchedule.gaps[passed] : nil
  }
}

extension Progress {
  /// Takes these questions into the review, if they are not there. Those there keep their dates.
  package mutating func enroll(_ items: [String], learned day: Day) {
    for item in items where reviews[item] == nil { reviews[item] = ReviewSchedule(learned: day) }
  }

  /// What is due, the longest overdue first.
  package func dueReviews(on day: Day) -> [String] {
    let due = reviews.compactMap { item, schedule in
      schedule.isDue(on: day) ? schedule.due.map { (day: $0, item: item) } : nil
    }
    return due.sorted { ($0.day, $0.item) < ($1.day, $1.item) }.map(\.item)
  }

  /// The next day with something to ask after that one.
  package func nextReview(after day: Day) -> Day? {
    reviews.values.compactMap(\.due).filter { $0 > day }.min()
  }

  /// Takes in an answer of the review.
  package mutating func reviewed(_ item: String, belief: String?, right: Bool, on day: Day) {
    reviews[item]?.answered(right: right, on: day)
    if let belief { met(belief, right: right, on: day) }
  }

  /// Takes in that a belief was seen through, or held.
  package mutating func met(_ belief: String, right: Bool, on day: Day?) {
    if right {
      beliefs[belief, default: Belief()].beat(on: day)
    } else {
      beliefs[belief, default: Belief()].miss(on: day)
    }
  }
}
