import Foundation
import Testing

/// A person at the plain mode: reads what is printed and types numbers. It knows no answers: it tries, and asks for
/// hints.
struct LineLearner {
  private let session: PipedProgram
  /// The last question, and how many of its answers were tried.
  private var question = ""
  private var tried = 0
  /// An answer is on its way: a question that is asked once more because of news is not a new one.
  private var isWaiting = false

  init(_ session: PipedProgram) { self.session = session }

  /// Goes on until the lesson's end is told.
  mutating func finish() throws {
    for _ in 0..<400 {
      let new = try session.wait("something to do", LineLearner.isPrompt)
      let prompt = new.dropLast().split(separator: "\n").last ?? ""
      if prompt.contains("n next lesson") { return }
      if let reply = reply(to: prompt, new) { session.type(reply) }
    }
    Issue.record("the lesson does not end:\n\(session.said)")
  }

  private static func isPrompt(_ line: Substring) -> Bool {
    ["Enter ", "Answer ", "Type ", "Move 1 to ", "How sure?"].contains { line.hasPrefix($0) }
      || line.contains("Enter lets the oldest go")
  }

  private mutating func reply(to prompt: Substring, _ new: Substring) -> String? {
    if prompt.hasPrefix("How sure?") { return "2" }
    if prompt.hasPrefix("Move 1 to ") { return "solution" }
    guard prompt.hasPrefix("Answer ") || prompt.hasPrefix("Type ") else {
      isWaiting = false
      return ""
    }
    if isWaiting, !LineLearner.echoes.contains(where: { new.contains($0) }) { return nil }
    isWaiting = true
    if let asked = new.split(separator: "\n").last(where: { $0.hasPrefix("Question: ") }).map(String.init),
      asked != question
    {
      (question, tried) = (asked, 0)
    }
    let isPlainChoice = prompt.hasPrefix("Answer ") && !prompt.contains("such as")
    if prompt.contains("s skip") {
      tried += 1
      return isPlainChoice ? "1" : "s"
    }
    if let told = new.firstMatch(of: /It is (.+)\. Find it there/) { return answer(String(told.1), prompt) }
    tried += 1
    if isPlainChoice, !prompt.contains("with the row") { return String(tried) }
    return tried > 3 ? "h" : wrong(prompt)
  }

  /// What a line that was taken leads to.
  private static let echoes = ["You answered", "Hint ", "Question: ", "Please choose", "digits only"]

  /// Something to be wrong with, each time another thing.
  private func wrong(_ prompt: Substring) -> String {
    if prompt.contains("several") { return String(tried) }
    guard let example = prompt.firstMatch(of: /such as ([0-9 ]+)/)?.1.split(separator: " ") else {
      return String(tried)
    }
    let place = tried % example.count
    return (example[place...] + example[..<place]).joined(separator: " ")
  }

  /// What the hint told, as this prompt wants it typed.
  private func answer(_ told: String, _ prompt: Substring) -> String {
    guard prompt.hasPrefix("Answer ") || prompt.contains("right order") else { return told }
    let parts = told.components(separatedBy: prompt.contains("right order") ? ", then " : "; ")
    return parts.compactMap { number(of: $0) }.joined(separator: " ")
  }

  /// The number in front of an answer, where its question stands last.
  private func number(of text: String) -> String? {
    let since = session.said.range(of: question, options: .backwards).map { session.said[$0.upperBound...] }
    return since?.split(separator: "\n").compactMap { line in
      line.firstMatch(of: /^ +([0-9]+)  (.*)$/).flatMap { $0.2 == text ? String($0.1) : nil }
    }.first
  }
}
