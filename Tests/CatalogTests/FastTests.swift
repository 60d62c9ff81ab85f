import Foundation
import LabCore
import LabFacts
import Testing

@testable import LabCatalog

/// For those who know it already.
struct FastTests {
  /// Two predictions, an explanation, a text, and a third prediction with its explanation.
  private static func lesson() throws -> Lesson {
    let start = try #require(Small.yaml.range(of: "  - id: read"))
    let guesses = ["one", "two", "three"].map {
      "  - id: \($0)\n    predict: { ask: \"Which?\", type: number, correct: 1, plausible: \"so\", confidence: true }\n"
    }
    let why = "  - id: why\n    explain: { say: \"So it is.\" }\n"
    let steps =
      guesses[0] + guesses[1] + why + "  - id: text\n    say: \"A text.\"\n" + guesses[2]
      + why.replacing("why", with: "end")
      + "  - id: last\n    recall: [{ ask: \"Is it?\", type: bool, correct: true, why: \"Yes.\" }]\n"
    let log = ProblemLog(file: "small.yaml")
    let root = try #require(YamlFile.root(String(Small.yaml[..<start.lowerBound]) + steps, log))
    let lesson = try #require(LessonReader.read(root, file: "small.yaml"))
    #expect(log.problems == [])
    return lesson
  }

  private static func predict(_ play: inout Rehearsal, _ answer: String = "1", sure: Int = 3) {
    play.person(.answer([answer]), .confidence(sure), .advance)
  }

  @Test func `after two right and sure predictions the explanation offers it`() throws {
    var play = Rehearsal(try Self.lesson())
    Self.predict(&play)
    #expect(!play.run.offersFast)
    Self.predict(&play)
    #expect(play.run.step?.id == "why")
    #expect(play.run.offersFast)
    #expect(play.run.pane.prompt.contains("> goes on fast"))
  }

  @Test(arguments: [("1", 2), ("2", 3)])
  func `a guess or a wrong prediction is no reason to hurry`(answer: String, sure: Int) throws {
    var play = Rehearsal(try Self.lesson())
    Self.predict(&play)
    Self.predict(&play, answer, sure: sure)
    #expect(!play.run.offersFast)
    play.person(.goFast(true))
    #expect(!play.run.goesFast)
    #expect(play.run.step?.id == "why")
  }

  @Test func `what was asked and left open is not sure`() throws {
    var play = Rehearsal(try Self.lesson())
    Self.predict(&play)
    play.person(.answer(["1"]), .advance, .advance)
    #expect(play.run.step?.id == "why")
    #expect(!play.run.offersFast)
  }

  @Test func `texts are passed over, what is asked is not`() throws {
    var play = Rehearsal(try Self.lesson())
    Self.predict(&play)
    Self.predict(&play)
    play.person(.goFast(true))
    #expect(play.run.step?.id == "three")
    Self.predict(&play)
    #expect(play.run.step?.id == "last")
    #expect(play.run.journal.contains(.wentFast(true)))
    #expect(!play.run.journal.contains(.said("A text.")))
  }

  @Test func `what was wrong is explained all the same`() throws {
    var play = Rehearsal(try Self.lesson())
    Self.predict(&play)
    Self.predict(&play)
    play.person(.goFast(true))
    Self.predict(&play, "2")
    #expect(play.run.step?.id == "end")
  }

  @Test func `the next lesson goes on as fast, and offers it at its first text`() throws {
    let lesson = try Self.lesson()
    var play = Rehearsal(lesson)
    Self.predict(&play)
    Self.predict(&play)
    let sure = play.run.pace
    #expect(sure.newest == [true, true])
    let small = try Small.lesson()
    var next = LessonRun(lesson: small, catalog: Catalog(), pace: sure)
    _ = next.begin(LabState())
    #expect(next.step?.id == "read")
    #expect(next.offersFast)
    #expect(next.pane.prompt.contains("> goes on fast"))
    play.person(.goFast(true))
    var fast = LessonRun(lesson: small, catalog: Catalog(), pace: play.run.pace)
    _ = fast.begin(LabState())
    #expect(fast.step?.id != "read")
    var guess = play.run.pace
    guess.newest = [true, false]
    var slow = LessonRun(lesson: small, catalog: Catalog(), pace: guess)
    _ = slow.begin(LabState())
    #expect(slow.step?.id == "read")
    #expect(!slow.offersFast)
  }

  @Test func `slow again shows texts again`() throws {
    var play = Rehearsal(try Self.lesson())
    Self.predict(&play)
    Self.predict(&play)
    play.person(.goFast(true), .goFast(false))
    Self.predict(&play)
    #expect(play.run.step?.id == "end")
  }
}

/// A task that stands before its explanation.
struct FirstTryTests {
  private static func play() throws -> Rehearsal {
    let yaml = Small.yaml.replacing(
      "solution: [b, a]", with: "solution: [b, a]\n      first: true")
    let start = try #require(yaml.range(of: "  - id: read"))
    let task = try #require(yaml.range(of: "  - id: try"))
    let log = ProblemLog(file: "small.yaml")
    let root = try #require(
      YamlFile.root(String(yaml[..<start.lowerBound] + yaml[task.lowerBound...]), log))
    return Rehearsal(try #require(LessonReader.read(root, file: "small.yaml")))
  }

  @Test func `hints come when three minutes are over`() throws {
    var play = try Self.play()
    let clocks = play.effects.compactMap { effect -> Int? in
      if case .startTimer(_, let milliseconds) = effect { return milliseconds }
      return nil
    }
    #expect(clocks == [180_000])
    play.person(.hint)
    #expect(play.run.pane.hints == [])
    play.deadlinePasses()
    #expect(play.run.pane.feedback?.hasPrefix("Three minutes are over.") == true)
    play.person(.hint)
    #expect(play.run.pane.hints == ["Look at the LISTEN row."])
  }

  @Test func `s goes on to the explanation and stops the clock`() throws {
    var play = try Self.play()
    play.person(.skip)
    #expect(play.run.step?.id == "recall")
    let isStopped = play.effects.contains { effect in
      if case .cancelTimer = effect { return true }
      return false
    }
    #expect(isStopped)
  }
}
