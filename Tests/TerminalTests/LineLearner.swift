import Testing

/// A person who goes through a lesson by the lines that are printed, and by nothing else.
struct LineLearner {
  private let session: PipedProgram
  /// The last question, and how many of its answers were tried.
  private var question = ""
  private var tried = 0

  init(_ session: PipedProgram) { self.session = session }

  /// Goes on until the lesson's end is told.
  mutating func finish() throws {
    for _ in 0..<200 {
      let new = try session.wait("something to do", LineLearner.isPrompt)
      let prompt = new.dropLast().split(separator: "\n").last ?? ""
      if prompt.contains("n next lesson") { return }
      session.type(reply(to: prompt, new))
    }
    Issue.record("the lesson does not end:\n\(session.said)")
  }

  private static func isPrompt(_ line: Substring) -> Bool {
    ["Enter ", "Answer 1 to ", "Answer with the row", "Move 1 to ", "How sure?"].contains { line.hasPrefix($0) }
      || line.contains("Enter lets the oldest go")
  }

  private mutating func reply(to prompt: Substring, _ new: Substring) -> String {
    if prompt.hasPrefix("How sure?") { return "2" }
    if prompt.hasPrefix("Move 1 to ") { return "solution" }
    guard prompt.hasPrefix("Answer ") else { return "" }
    // One after the other, until one is right.
    let asked = new.split(separator: "\n").last { $0.hasPrefix("Question: ") }.map(String.init)
    if let asked, asked != question { (question, tried) = (asked, 0) }
    tried += 1
    return String(tried)
  }
}
