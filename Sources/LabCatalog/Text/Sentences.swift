/// Cuts text where its sentences end. Dots inside `{{…}}` and inside words end none.
enum Sentences {
  /// The sentences, each with the white space after it, so that joining them gives the text back.
  static func split(_ text: String) -> [String] {
    var sentences: [String] = []
    var current = ""
    var depth = 0
    var ended = false
    for character in text {
      if ended, !character.isWhitespace, !closers.contains(character) {
        sentences.append(current)
        current = ""
        ended = false
      }
      current.append(character)
      if character == "{" { depth += 1 }
      if character == "}" { depth = max(0, depth - 1) }
      guard depth == 0 else { continue }
      if enders.contains(character) { continue }
      if character.isWhitespace, endsSentence(current) || isBlankLine(current) { ended = true }
    }
    if !current.isEmpty { sentences.append(current) }
    return sentences
  }

  private static let enders: Set<Character> = [".", "!", "?"]
  private static let closers: Set<Character> = [")", "\"", "*", "'"]

  private static func endsSentence(_ text: String) -> Bool {
    let words = text.trimmingEnd()
    guard let end = words.last(where: { !closers.contains($0) }) else { return false }
    return enders.contains(end)
  }

  private static func isBlankLine(_ text: String) -> Bool { text.hasSuffix("\n\n") }
}
