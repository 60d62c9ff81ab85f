extension Canvas {
  /// The same picture in ASCII only, cell by cell, for terminals that show nothing else. What has no twin
  /// becomes `?`.
  package var asciiTwin: Canvas {
    var twin = self
    for y in 0..<size.height {
      for x in 0..<size.width { twin[x, y].character = ASCIITwin.of(self[x, y].character) }
    }
    return twin
  }
}

/// The ASCII character that stands for another one.
package enum ASCIITwin {
  /// A printable ASCII character, `?` where none is like it.
  package static func of(_ character: Character) -> Character {
    if let value = character.asciiValue, value >= 0x20, value < 0x7f { return character }
    return table[character] ?? base(of: character) ?? "?"
  }

  /// An ASCII letter under accents that are characters of their own.
  private static func base(of character: Character) -> Character? {
    guard let first = character.unicodeScalars.first, first.isASCII, first.value >= 0x20, first.value < 0x7f
    else { return nil }
    return Character(first)
  }

  private static let groups: [(Character, String)] = [
    ("-", "─╌┄–—‐‑−·▱"), ("=", "━═"), ("|", "│┃║▏▕┆╎"), ("+", "┌┐└┘├┤┬┴┼┏┓┗┛┣┫┳┻╋╭╮╰╯✔✓±"),
    ("#", "▒░▓█▰■▐▌"), (">", "▶▸→»›≥"), ("<", "◀◂←«‹≤"), ("^", "▲↑"), ("v", "▼↓"), ("~", "…≈↔"),
    ("x", "✘✗×"), ("*", "•●★"), ("o", "○◦°"), ("!", "≠⚠¡"), ("\"", "“”„"), ("'", "‘’‚´"), ("<", "⌫"),
    (" ", "\u{a0}\u{2003}\u{2009}"), ("u", "µúùû"), ("A", "ÀÁÂÃÄÅ"), ("a", "àáâãäå"), ("E", "ÈÉÊË"),
    ("e", "èéêë"), ("I", "ÌÍÎÏ"), ("i", "ìíîï"), ("O", "ÒÓÔÕÖØ"), ("o", "òóôõöø"), ("U", "ÙÚÛÜ"),
    ("u", "ü"), ("C", "Ç©"), ("c", "ç¢"), ("N", "Ñ"), ("n", "ñ"), ("s", "ß§"), ("y", "ýÿ"), ("R", "®"),
  ]

  private static let table: [Character: Character] = groups.reduce(into: [:]) { table, group in
    for character in group.1 { table[character] = group.0 }
  }
}
