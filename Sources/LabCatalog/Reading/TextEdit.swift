/// A change of a few characters in a file. Columns count Unicode scalars, from 1.
package struct TextEdit: Hashable, Sendable {
  package let place: Place
  /// What stands there now; with quotes around it or without.
  package let old: String
  package let new: String

  package init(at place: Place, replacing old: String, by new: String) {
    self.place = place
    self.old = old
    self.new = new
  }
}
