/// How many columns a character takes on a terminal.
package enum DisplayWidth {
  /// 0, 1 or 2 columns. East Asian wide and emoji take 2; ambiguous ones are avoided by the views.
  package static func of(_ character: Character) -> Int {
    guard let first = character.unicodeScalars.first else { return 0 }
    let value = first.value
    if value >= 0x20 && value < 0x7f { return 1 }
    switch first.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    return isWide(first) ? 2 : 1
  }

  package static func of(_ text: some StringProtocol) -> Int { text.reduce(0) { $0 + of($1) } }

  /// What a cell may hold for this character: it and up to two accents, or `?` where a terminal could take
  /// it for a command. Joined emoji lose all but the first, for terminals differ about the rest.
  package static func printable(_ character: Character) -> Character {
    let scalars = character.unicodeScalars
    guard let first = scalars.first else { return "?" }
    switch first.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator:
      return "?"
    default: break
    }
    if scalars.count == 1 { return character }
    let accents = scalars.dropFirst().prefix {
      $0.properties.generalCategory == .nonspacingMark && !$0.properties.isVariationSelector
    }
    var kept = String.UnicodeScalarView([first])
    kept.append(contentsOf: accents.prefix(2))
    return Character(String(kept))
  }

  private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x1f1e6...0x1f1ff:
      // Regional indicators: one column each where they don't make a flag.
      false
    case 0x1100...0x115f, 0x2e80...0x303e, 0x3041...0x33ff, 0x3400...0x4dbf, 0x4e00...0x9fff, 0xa000...0xa4cf,
      0xac00...0xd7a3, 0xf900...0xfaff, 0xfe30...0xfe6f, 0xff00...0xff60, 0xffe0...0xffe6, 0x1f300...0x1f320,
      0x20000...0x3fffd:
      true
    default: scalar.properties.isEmojiPresentation
    }
  }
}
