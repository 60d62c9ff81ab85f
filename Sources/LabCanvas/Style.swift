/// What a cell means. The screen's palette alone turns a role into colours and attributes; every role is
/// also told by a character or a word, so that nothing is lost without colour.
package enum Role: UInt8, Sendable, CaseIterable {
  /// Ordinary text in the terminal's own colours.
  case text
  /// Less important: hints, units, old things.
  case dim
  /// Headings and the focused border.
  case strong
  /// The bar where the focus is, the selected row.
  case selected
  /// Traffic in clear.
  case plain
  /// Traffic that is encrypted.
  case encrypted
  case good
  case failure
  /// A caution, or something that changed a moment ago.
  case notice
  /// The top line while the past is shown.
  case past
  /// Keys in the footer and in help.
  case key
}
