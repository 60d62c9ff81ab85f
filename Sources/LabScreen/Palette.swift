import CNCurses
package import LabCanvas

/// Which of the terminal's colours suit its background. Nobody needs to choose: `automatic` can be read on
/// light and on dark.
package enum Theme: String, Sendable, CaseIterable { case automatic, dark, light, mono }

/// How each role looks: one of the terminal's own sixteen colours on its own background, and attributes.
/// Blue against red is told apart by everybody; green against red is not.
package struct Palette: Hashable, Sendable {
  /// What curses is told.
  package struct Style: Hashable, Sendable {
    /// 0 to 15; nil is the terminal's own foreground.
    package var colour: Int32?
    package var bold = false
    package var dim = false
    package var underline = false
    package var reverse = false
  }

  package var theme: Theme
  /// How many colours there are; fewer than 8 count as none, fewer than 16 leave out the bright ones.
  package var colours: Int32

  package init(theme: Theme, colours: Int32) {
    self.theme = colours < 8 ? .mono : theme
    self.colours = colours
  }

  /// The look of a role.
  package subscript(role: Role) -> Style {
    var style = attributes(role)
    style.colour = colour(role).map { colours >= 16 ? $0 : $0 % 8 }
    return style
  }

  private func attributes(_ role: Role) -> Style {
    switch role {
    case .text, .plain, .encrypted: Style()
    case .dim: Style(dim: true)
    case .strong, .key, .good: Style(bold: true)
    case .selected, .past: Style(reverse: true)
    case .failure: Style(bold: true, underline: theme == .mono)
    case .notice: Style(bold: theme != .mono, underline: theme == .mono)
    }
  }

  private func colour(_ role: Role) -> Int32? {
    switch theme {
    case .mono: nil
    case .automatic: colour(role, encrypted: 5, good: 12, failure: 1, notice: nil, key: nil)
    case .light: colour(role, encrypted: 5, good: 4, failure: 1, notice: nil, key: 4)
    case .dark: colour(role, encrypted: 14, good: 10, failure: 9, notice: 11, key: 14)
    }
  }

  private func colour(
    _ role: Role, encrypted: Int32, good: Int32, failure: Int32, notice: Int32?, key: Int32?
  ) -> Int32? {
    switch role {
    case .text, .dim, .strong, .selected, .plain, .past: nil
    case .encrypted: encrypted
    case .good: good
    case .failure: failure
    case .notice: notice
    case .key: key
    }
  }

  /// Tells curses. Style `2 × role` is as it is, `2 × role + 1` reversed.
  func install() {
    for role in Role.allCases {
      let style = self[role]
      let number = Int32(role.rawValue) * 2
      lab_set_style(number, style.colour ?? -1, style.bits)
      lab_set_style(number + 1, style.colour ?? -1, style.bits | UInt32(LAB_REVERSE))
    }
  }
}

extension Palette.Style {
  fileprivate var bits: UInt32 {
    var bits: UInt32 = 0
    if bold { bits |= UInt32(LAB_BOLD) }
    if dim { bits |= UInt32(LAB_DIM) }
    if underline { bits |= UInt32(LAB_UNDERLINE) }
    if reverse { bits |= UInt32(LAB_REVERSE) }
    return bits
  }
}
