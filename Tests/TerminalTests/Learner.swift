import Foundation
import LabCanvas
import LabTesting
import Testing

/// A person who goes through a lesson by what the screen says, and by nothing else. It knows no answers: it tries,
/// and asks for hints.
struct Learner {
  private let session: TerminalSession
  /// The question that is open, by what the top line says of the step, and how often it was answered.
  private var question = ""
  private var tries = 0
  /// The pane with the question has the whole screen.
  private var isZoomed = false

  init(_ session: TerminalSession) { self.session = session }

  /// Goes on until the lesson's end is on the screen.
  mutating func finish() throws {
    for _ in 0..<600 {
      try session.wait("something to do", within: 30) { Learner.footer($0).contains(Learner.ways) }
      let seen = session.screen.text
      let footer = Learner.footer(session.screen)
      if footer.contains("R restart") { return }
      try act(on: footer)
      try session.wait("the screen goes on\n\(seen)", within: 30) { $0.text != seen }
    }
    Issue.record("the lesson does not end:\n\(session.screen.text)")
  }

  /// The keys that the last line names.
  private static func footer(_ screen: TerminalEmulator) -> String {
    screen.lines.last { !$0.allSatisfy(\.isWhitespace) } ?? ""
  }

  private static var ways: Regex<Substring> {
    /how sure|Esc close|Space next|R restart|v solution|answer|Enter type|0-9 type|Enter this row/
  }

  private mutating func act(on footer: String) throws {
    let isNew = question != session.screen.lines.first
    if isNew { (question, tries) = (session.screen.lines.first ?? "", 0) }
    // What the last line says may be another thing then: it is looked at anew.
    if isZoomed, !footer.contains("J item down") { return zoom() }
    if footer.contains("how sure") { return session.type("2") }
    if footer.contains("Esc close") { return session.press(.escape) }
    if footer.contains("v solution") { return session.type("v") }
    if footer.contains("s skip"), !footer.contains(/[a-e](-[a-e])? answer/) { return session.type("s") }
    if footer.contains("J item down") { return order() }
    if footer.contains("Enter this row") { return point() }
    if footer.contains("0-9 type") || footer.contains("Enter type") { return try typed(footer) }
    if footer.contains("answer") { return choose(footer) }
    (question, tries) = ("", 0)
    session.type(" ")
  }

  /// One letter after the other. Where several are right: as they come, and then as the hint says.
  private mutating func choose(_ footer: String) {
    if footer.contains("s skip"), tries > 0 { return session.type("s") }
    let letters = Array("abcde")
    let letter = letters[tries % letters.count]
    tries += 1
    session.type(String(letter))
    session.waitUntilStill()
    guard let chosen = Learner.chosen(session.screen) else { return }
    if tries > 3, !isZoomed { zoom() }
    if tries > 3, !footer.contains("s skip"), let texts = hint()?.split(separator: "; ") {
      let prose = Learner.prose(session.screen)
      let right = letters.map(String.init).filter { key in
        texts.contains { prose.contains("\(key)) \($0)") }
      }
      for key in Set(right).symmetricDifference(chosen).sorted() { session.type(key) }
    }
    session.press(.enter)
  }

  /// `chosen: a c` of a question with several right answers.
  private static func chosen(_ screen: TerminalEmulator) -> Set<String>? {
    screen.text.firstMatch(of: /chosen: ([a-e ]+)/).map { Set($0.1.split(separator: " ").map(String.init)) }
  }

  /// Wrong numbers or words, until the hint tells what is there to be seen.
  private mutating func typed(_ footer: String) throws {
    tries += 1
    let word = (tries > 3 ? hint() : nil) ?? String(tries)
    if footer.contains("Enter type") {
      session.press(.enter)
      try session.wait("room to type in") { Learner.footer($0).contains(/Esc cancel|Space next/) }
      if Learner.footer(session.screen).contains("Space next") { return }
    }
    session.type(word)
    session.press(.enter)
  }

  /// One row after the other, from the first, until one is right.
  private mutating func point() {
    if tries == 0 { session.type("g") } else { session.press(.down) }
    tries += 1
    session.waitUntilStill()
    session.press(.enter)
    session.waitUntilStill()
  }

  /// As it stands, which may be wrong, and then as the hint says.
  private mutating func order() {
    tries += 1
    if !isZoomed { zoom() }
    if tries > 3, let told = hint() {
      let wanted = told.components(separatedBy: ", then ")
      for (place, item) in wanted.enumerated() {
        let rows = items()
        guard let now = rows.firstIndex(where: { item.hasPrefix($0) || $0.hasPrefix(item) }) else { continue }
        for _ in rows { session.type("k") }
        for _ in 0..<now { session.type("j") }
        for _ in 0..<max(0, now - place) { session.type("K") }
        session.waitUntilStill()
      }
    } else {
      session.type("J")
    }
    session.press(.enter)
  }

  /// The items of an order as they stand, as far as their rows show them.
  private func items() -> [Substring] {
    session.screen.text.matches(of: /┃ [▸ ] [1-9]  ([^┃]*?) *┃/).map(\.1)
  }

  private mutating func zoom() {
    isZoomed.toggle()
    session.type("z")
    session.waitUntilStill()
  }

  /// What a hint tells after three looks in vain: `It is 7777. Find it there, then answer.`
  private func hint() -> String? {
    session.type("H")
    session.waitUntilStill()
    return Learner.prose(session.screen).firstMatch(of: /It is (.+)\. Find it there/).map { String($0.1) }
  }

  /// The text of the pane, its lines joined.
  private static func prose(_ screen: TerminalEmulator) -> String {
    screen.lines.compactMap { line in line.firstMatch(of: /┃ (.*?) *┃/).map { String($0.1) } }
      .joined(separator: " ")
  }
}
