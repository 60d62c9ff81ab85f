/// Cuts an author's text into paragraphs for a screen that wraps by itself.
enum Paragraphs {
  /// Blank lines part paragraphs; line breaks within one are only the author's. Lines that are indented
  /// stand for themselves.
  static func split(_ text: String) -> [String] {
    var paragraphs: [String] = []
    var isOpen = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).map({ $0.trimmingEnd() }) {
      if line.isEmpty {
        isOpen = false
      } else if line.hasPrefix("  ") {
        paragraphs.append(line)
        isOpen = false
      } else if isOpen {
        paragraphs[paragraphs.count - 1] += " " + line
      } else {
        paragraphs.append(line)
        isOpen = true
      }
    }
    return paragraphs
  }
}
