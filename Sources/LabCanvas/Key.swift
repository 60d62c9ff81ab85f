/// A key press, or another thing a terminal reports, free of any terminal's numbers.
package enum Key: Hashable, Sendable {
  /// A printable character; Space is `.character(" ")`.
  case character(Character)
  /// Ctrl with a letter, lower case: `.control("p")`.
  case control(Character)
  case enter
  case escape
  case tab
  case backTab
  case backspace
  case delete
  case up
  case down
  case left
  case right
  case home
  case end
  case pageUp
  case pageDown
  case function(Int)
  /// The left button was pressed; column and row from 0.
  case click(x: Int, y: Int)
  case wheelUp(x: Int, y: Int)
  case wheelDown(x: Int, y: Int)
  /// Something the keyboard table does not know. Shown nowhere, does nothing.
  case unknown
}
