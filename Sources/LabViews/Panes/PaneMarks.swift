import LabCanvas

/// The characters that only the panes draw with, beside those of `Glyphs`.
struct PaneMarks: Hashable, Sendable {
  /// Where a closed gate stops an arrow.
  let gate: String
  /// The shaft of an arrow nobody captured.
  let inferred: Character
  /// Marks the row of the other end.
  let mirror: String
  /// Between a port and the one it talks to.
  let pair: String
  /// Between the two who chose a connection's ports.
  let chosenBy: String

  static let unicode = PaneMarks(gate: "▌", inferred: "╌", mirror: "↔", pair: "↔", chosenBy: "↔")
  static let ascii = PaneMarks(gate: "|", inferred: "-", mirror: "=", pair: "<->", chosenBy: "/")
}

extension Glyphs {
  var marks: PaneMarks { self == .ascii ? .ascii : .unicode }

  /// A short arrow to the right whose shaft tells clear from encrypted.
  func arrow(encrypted: Bool) -> Span {
    let shaft = encrypted ? self.encrypted : clear
    return Span("\(shaft)\(arrowRight)", encrypted ? .encrypted : .plain)
  }
}
