/// A common wrong idea, with what is true instead.
package struct Belief: Equatable, Sendable {
  /// `M01`.
  package var id: String
  package var belief: String
  package var truth: String
  /// Ids of the lessons that test it.
  package var lessons: [String]
  package var place: Place

  package init(id: String, belief: String, truth: String, lessons: [String] = [], place: Place = .start) {
    self.id = id
    self.belief = belief
    self.truth = truth
    self.lessons = lessons
    self.place = place
  }
}
