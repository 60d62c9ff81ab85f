import Foundation
import LabCore
import LabFacts
import Testing

@testable import LabCatalog

/// Questions that are no choice: what is accepted, what is right, and what the player does.
struct QuestionKindTests {
  private static func lesson(_ step: String) throws -> Lesson {
    let start = try #require(Small.yaml.range(of: "  - id: read"))
    let head = String(Small.yaml[..<start.lowerBound])
    let log = ProblemLog(file: "small.yaml")
    let root = try #require(YamlFile.root(head + step, log))
    let lesson = try #require(LessonReader.read(root, file: "small.yaml"))
    #expect(log.problems == [])
    return lesson
  }

  private static let kinds: [(yaml: String, wrong: [String], right: [String])] = [
    ("type: number, correct: 7777", ["7778"], ["7777"]),
    ("type: bool, correct: false", ["a"], ["b"]),
    (
      "type: order, items: [\"SYN\", \"SYN+ACK\", \"ACK\"]", ["a", "b", "c"], []
    ),
    (
      "type: fill, field: { of: cli, path: tls.hello_sni }, correct: \"netlab.test\"", ["lab.test"],
      ["NetLab.test"]
    ),
    (
      """
      type: multi, choices: [{ key: a, text: one, correct: true }, { key: b, text: two }, { key: c, text: x, correct: true }]
      """, ["a"], ["c", "a"]
    ),
  ]

  @Test(arguments: kinds)
  func `a wrong answer is asked again, and a right one ends the question`(
    _ kind: (yaml: String, wrong: [String], right: [String])
  ) throws {
    let lesson = try Self.lesson(
      "  - id: look\n    observe: { ask: \"Which?\", wrong: \"Look there.\", \(kind.yaml) }\n")
    var play = Rehearsal(lesson)
    play.person(.answer(kind.wrong))
    #expect(play.run.answers.observations == [])
    #expect(play.run.pane.feedback?.hasSuffix("Look there.") == true)
    play.person(.answer(kind.right.isEmpty ? play.run.rightAnswer : kind.right))
    #expect(play.run.answers.observations == [.init(step: "look", tries: 2)])
    #expect(play.run.awaiting == .advance)
  }

  @Test(arguments: kinds) func `the player answers rightly`(
    _ kind: (yaml: String, wrong: [String], right: [String])
  ) throws {
    let lesson = try Self.lesson(
      "  - id: end\n    recall:\n      - { ask: \"Which?\", why: \"So.\", \(Self.inRecall(kind.yaml)) }\n")
    var play = Rehearsal(lesson)
    let intent = try #require(AutoPlayer().nextIntent(for: play.run))
    play.person(intent)
    #expect(play.run.answers.recalls.map(\.correct) == [true])
  }

  /// Choices are texts there.
  private static func inRecall(_ yaml: String) -> String {
    yaml.hasPrefix("type: multi") ? "type: multi, choices: [one, two, three], correct: [0, 2]" : yaml
  }

  @Test func `items are shown in another order than the right one`() throws {
    let lesson = try Self.lesson(
      "  - id: look\n    observe: { ask: \"Which?\", wrong: \"No.\", \(Self.kinds[2].yaml) }\n")
    let play = Rehearsal(lesson)
    guard case .answer(let question) = play.run.awaiting else { return }
    #expect(question.options.map(\.text) != ["SYN", "SYN+ACK", "ACK"])
    #expect(play.run.rightAnswer.map(question.text) == ["SYN", "SYN+ACK", "ACK"])
  }

  @Test func `a number is made of digits`() throws {
    let lesson = try Self.lesson(
      "  - id: look\n    observe: { ask: \"Which?\", wrong: \"No.\", \(Self.kinds[0].yaml) }\n")
    var play = Rehearsal(lesson)
    play.person(.answer(["many"]))
    #expect(play.run.answers.observations == [])
    #expect(play.run.pane.feedback == "Only digits make a number here.")
  }

  @Test(arguments: ["number", "fill, field: { of: cli, path: port }"])
  func `a run that does not know what is right differs, and asks nothing`(type: String) throws {
    let lesson = try Self.lesson(
      """
        - id: look
          observe: { ask: "Which?", wrong: "No.", type: \(type), correct: "{{cli.port}}" }

      """)
    let play = Rehearsal(lesson)
    guard case .differed(let mismatches) = play.run.result else {
      Issue.record("the question was asked")
      return
    }
    #expect(mismatches.map(\.subject) == ["cli.port"])
  }

  @Test func `the player answers as told, and rightly where that is no answer`() throws {
    let lesson = try Self.lesson(
      "  - id: look\n    observe: { ask: \"Which?\", wrong: \"No.\", \(Self.kinds[0].yaml) }\n")
    let play = Rehearsal(lesson)
    func answer(_ told: [String]) -> Intent? { AutoPlayer(answers: ["look": told]).nextIntent(for: play.run) }
    #expect(answer(["1"]) == .answer(["1"]))
    #expect(answer(["many"]) == .answer(["7777"]))
    #expect(answer([]) == .answer(["7777"]))
  }

  @Test func `the player tries what it was told, one after the other`() throws {
    let lesson = try Self.lesson(
      "  - id: look\n    observe: { ask: \"Which?\", wrong: \"No.\", \(Self.kinds[0].yaml) }\n")
    var play = Rehearsal(lesson)
    let player = AutoPlayer(answers: ["look": ["1", "2"]])
    var given: [Intent] = []
    while let intent = player.nextIntent(for: play.run), given.count < 4 {
      given.append(intent)
      play.person(intent)
      if play.run.awaiting == .advance { break }
    }
    #expect(given == [.answer(["1"]), .answer(["2"]), .answer(["7777"])])
    #expect(play.run.answers.observations.map(\.tries) == [3])
  }
}
