/// A row of lessons on one subject.
package struct Track: Equatable, Sendable {
  package var id: String
  /// The letters its lessons' codes start with: `SP`.
  package var code: String
  package var title: String
  package var about: String
  package var place: Place

  package init(id: String, code: String, title: String, about: String, place: Place = .start) {
    self.id = id
    self.code = code
    self.title = title
    self.about = about
    self.place = place
  }
}
