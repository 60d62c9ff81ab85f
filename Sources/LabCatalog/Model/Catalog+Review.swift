package import LabFacts
package import LabCore

/// A question of the review or of the test, and where it comes from.
package struct AskedQuestion: Equatable, Sendable {
  /// The name of a recall item, or a belief's id.
  package var id: String
  package var belief: String?
  package var question: ShortQuestion
  /// The lesson it comes from.
  package var lesson: String?

  package init(id: String, belief: String?, question: ShortQuestion, lesson: String? = nil) {
    self.id = id
    self.belief = belief
    self.question = question
    self.lesson = lesson
  }
}

extension Lesson {
  /// The recall items with the names they have in the review: `sp2-port-hopping/recall/0`.
  package var recallItems: [(name: String, item: RecallItem)] {
    steps.flatMap { step -> [(name: String, item: RecallItem)] in
      guard case .recall(let items) = step.kind else { return [] }
      return items.enumerated().map { ("\(id)/\(step.id)/\($0)", $1) }
    }
  }
}

extension RecallItem {
  /// What the review asks; nothing where the item makes no sense without its run.
  package var standing: ShortQuestion? {
    if let later { return later }
    let needsRun = ([ask, why] + choices).contains { $0.contains("{{") }
    guard !needsRun, choices.count > 1, !correct.isEmpty else { return nil }
    return ShortQuestion(ask: ask, choices: choices, correct: correct, why: why, place: place)
  }
}

extension Catalog {
  /// The questions that are due, the longest overdue first; those of lessons that are gone are passed over.
  package func due(_ progress: Progress, on day: Day) -> [AskedQuestion] {
    let items = lessons.flatMap { lesson in lesson.recallItems.map { ($0.name, (lesson, $0.item)) } }
    let byName = Dictionary(items, uniquingKeysWith: { first, _ in first })
    return progress.dueReviews(on: day).compactMap { name in
      guard let (lesson, item) = byName[name], let question = item.standing else { return nil }
      return AskedQuestion(id: name, belief: item.belief, question: question, lesson: lesson.id)
    }
  }

  /// The questions of the test.
  package var test: [AskedQuestion] {
    checkItems.map { AskedQuestion(id: $0.belief, belief: $0.belief, question: $0.question) }
  }

  /// Lessons that are done take part in the review, also those done before there was one.
  package func enrollDone(in progress: inout Progress) {
    for lesson in lessons {
      guard let done = progress.lessons[lesson.id]?.done.flatMap({ Day($0) }) else { continue }
      progress.enroll(lesson.recallItems.map(\.name), learned: done)
    }
  }

  /// The lessons that put a belief to the test.
  package func lessons(against belief: String) -> [Lesson] {
    let named = Set(self.belief(belief)?.lessons ?? [])
    return lessons.filter { named.contains($0.id) || $0.beliefs.contains(belief) }
  }
}
