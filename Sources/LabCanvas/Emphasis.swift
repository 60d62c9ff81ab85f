extension Text {
  /// Turns `*word*` into a span of another role. An asterisk that opens or closes nothing stays as it is.
  package static func emphasis(_ text: String, role: Role = .text, strong: Role = .strong) -> Line {
    let characters = Array(text)
    var cells: [Cell] = []
    var index = 0
    while index < characters.count {
      if opens(characters, at: index), let end = closing(characters, after: index) {
        cells += characters[(index + 1)..<end].map { Cell($0, strong) }
        index = end + 1
      } else {
        cells.append(Cell(characters[index], role))
        index += 1
      }
    }
    return Line(characters: cells)
  }

  private static func opens(_ text: [Character], at index: Int) -> Bool {
    guard text[index] == "*", index + 1 < text.count else { return false }
    let next = text[index + 1]
    return !next.isWhitespace && next != "*" && (index == 0 || !isWord(text[index - 1]))
  }

  private static func closing(_ text: [Character], after index: Int) -> Int? {
    for end in text.indices.dropFirst(index + 2) where text[end] == "*" {
      if text[end - 1].isWhitespace { continue }
      if end + 1 == text.count || !isWord(text[end + 1]) { return end }
    }
    return nil
  }

  private static func isWord(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || character == "*"
  }
}
