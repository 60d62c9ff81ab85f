/// One question of the before/after test: `lessons/checkup.yaml`.
package struct CheckItem: Equatable, Sendable {
  /// The belief it looks for.
  package var belief: String
  package var question: ShortQuestion

  package init(belief: String, question: ShortQuestion) {
    self.belief = belief
    self.question = question
  }
}
