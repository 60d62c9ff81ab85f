/// Something a source document asked for, that a lesson answers.
package struct Seed: Equatable, Sendable {
  static let file = "lessons/seeds.yaml"

  /// `S4.e`.
  package var id: String
  package var about: String
  package var place: Place
}
