/// The characters pictures are drawn with, once for terminals that show Unicode and once for those that
/// don't. Every Unicode glyph is one column wide; an ASCII twin may be longer where a word is clearer.
package struct Glyphs: Hashable, Sendable {
  /// The six characters of a frame.
  package struct Border: Hashable, Sendable {
    package let horizontal: Character
    package let vertical: Character
    package let topLeft: Character
    package let topRight: Character
    package let bottomLeft: Character
    package let bottomRight: Character
  }

  /// An ordinary frame, and the one of the focused pane.
  package let light: Border
  package let heavy: Border
  /// Where one line branches from another: `├ ┤ ┬ ┴ ┼ └`.
  package let teeRight: Character
  package let teeLeft: Character
  package let teeDown: Character
  package let teeUp: Character
  package let cross: Character
  package let branch: Character

  /// Traffic in clear and encrypted traffic, as the shaft of an arrow.
  package let clear: Character
  package let encrypted: Character
  package let arrowLeft: Character
  package let arrowRight: Character
  /// Two ends of one connection.
  package let both: String
  package let to: String
  package let from: String

  /// The chosen row, the pane that has the focus, a step in a path.
  package let marker: String
  package let ok: String
  package let bad: String
  package let ellipsis: String
  package let bullet: String
  package let dot: String
  package let dash: String
  package let live: String
  package let ring: String
  package let more: String
  package let less: String
  package let filled: Character
  package let empty: Character
}

extension Glyphs {
  /// For terminals in a UTF-8 locale.
  package static let unicode = Glyphs(
    light: Border(
      horizontal: "─", vertical: "│", topLeft: "┌", topRight: "┐", bottomLeft: "└", bottomRight: "┘"),
    heavy: Border(
      horizontal: "━", vertical: "┃", topLeft: "┏", topRight: "┓", bottomLeft: "┗", bottomRight: "┛"),
    teeRight: "├", teeLeft: "┤", teeDown: "┬", teeUp: "┴", cross: "┼", branch: "└",
    clear: "═", encrypted: "▒", arrowLeft: "◀", arrowRight: "▶", both: "↔", to: "→", from: "←",
    marker: "▸", ok: "✔", bad: "✘", ellipsis: "…", bullet: "•", dot: "·", dash: "–", live: "●", ring: "○",
    more: "▼", less: "▲", filled: "▰", empty: "▱")

  /// For all the others; `Canvas.asciiTwin` turns what is left.
  package static let ascii = Glyphs(
    light: Border(
      horizontal: "-", vertical: "|", topLeft: "+", topRight: "+", bottomLeft: "+", bottomRight: "+"),
    heavy: Border(
      horizontal: "=", vertical: "|", topLeft: "+", topRight: "+", bottomLeft: "+", bottomRight: "+"),
    teeRight: "+", teeLeft: "+", teeDown: "+", teeUp: "+", cross: "+", branch: "`",
    clear: "=", encrypted: "#", arrowLeft: "<", arrowRight: ">", both: "<=>", to: "->", from: "<-",
    marker: ">", ok: "ok", bad: "x", ellipsis: "...", bullet: "*", dot: "-", dash: "-", live: "*", ring: "o",
    more: "v", less: "^", filled: "#", empty: "-")

  /// A bar of `total` cells, of which `done` are filled.
  package func progress(_ done: Int, of total: Int) -> String {
    let full = min(max(0, done), max(0, total))
    return String(repeating: filled, count: full) + String(repeating: empty, count: max(0, total) - full)
  }
}
