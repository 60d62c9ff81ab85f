import LabCanvas
import LabTesting
import Testing

/// A person who goes through a lesson by what the screen says, and by nothing else.
struct Learner {
  let session: TerminalSession

  init(_ session: TerminalSession) { self.session = session }

  /// Goes on until the lesson's end is on the screen.
  mutating func finish() throws {
    for _ in 0..<400 {
      try session.wait("something to do") { Learner.isAsking($0.text) }
      let seen = session.screen.text
      if Learner.isOver(seen) { return }
      press(for: seen)
      try session.wait("the screen goes on after \(lastKey)\n\(seen)") { $0.text != seen }
    }
    Issue.record("the lesson does not end:\n\(session.screen.text)")
  }

  private var lastKey = ""

  private static func isOver(_ text: String) -> Bool { text.contains("n next lesson") }

  private static func isAsking(_ text: String) -> Bool {
    isOver(text) || prompts.contains { text.contains($0) }
  }

  private static let prompts = ["Press ", "How sure", "v solution", pointing]
  private static let pointing = "Put the cursor on the row"

  private mutating func press(for text: String) {
    if text.contains("How sure") { return type("2") }
    if text.contains("H hint"), text.contains("v solution") { return type("v") }
    if text.contains("Press Space") { return type(" ") }
    if text.contains(Learner.pointing) { return point() }
    // A question: the first answer that was not told to be wrong.
    type(Learner.open(text).first ?? " ")
    if text.contains("then Enter") { session.press(.enter) }
  }

  /// Letters of the answers on the screen that bear no mark yet.
  private static func open(_ text: String) -> [String] {
    text.split(separator: "\n").compactMap { line in
      guard let letter = "abcde".first(where: { line.contains(" \($0)) ") }), !line.contains("✘") else {
        return nil
      }
      return String(letter)
    }
  }

  /// One row after the other, until one is right.
  private mutating func point() {
    if lastKey == "Enter" { session.press(.down) }
    lastKey = "Enter"
    session.press(.enter)
  }

  private mutating func type(_ key: String) {
    lastKey = key
    session.type(key)
  }
}
