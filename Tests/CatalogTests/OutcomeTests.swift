import LabCore
import LabFacts
import Testing

@testable import LabCatalog

/// `shows`: a prediction is proved by the run, and so is that the others are wrong.
@Suite struct OutcomeTests {
  private static func lesson(right: String, wrong: String) throws -> Lesson {
    let text = Small.yaml
      .replacing(
        "correct: true }\n      confidence", with: "correct: true, shows: [\(right)] }\n      confidence"
      )
      .replacing(
        "text: \"one that the client's kernel chose\", correct: true }",
        with: "text: \"one that the client's kernel chose\", correct: true, shows: [\(right)] }"
      )
      .replacing(
        "text: \"its own\", belief: M01 }", with: "text: \"its own\", belief: M01, shows: [\(wrong)] }")
    let log = ProblemLog(file: "small.yaml")
    let root = try #require(YamlFile.root(text, log))
    let lesson = try #require(LessonReader.read(root, file: "small.yaml"))
    #expect(log.problems == [])
    #expect(OutcomeRules.check(lesson) == [])
    return lesson
  }

  /// Plays up to the end of the run.
  private static func ran(_ lesson: Lesson) -> Rehearsal {
    var play = Rehearsal(lesson)
    play.person(.advance, .answer(["b"]), .confidence(2), .advance)
    play.happens(Told.listening("srv", port: 7777))
    play.happens(
      Told.opened(EndID("cli", 1), .client, port: 40_000, peer: 7777),
      Told.opened(EndID("srv", 1), .server, port: 7777, peer: 40_000))
    play.happens(Told.sent(EndID("cli", 1), "Herbert"), Told.received(EndID("cli", 1), "Hey Herbert!"))
    return play
  }

  private static let other = "{ fact: peer_port, of: \"srv.conn(1)\", is_not: \"{{srv.port}}\" }"
  private static let same = "{ fact: peer_port, of: \"srv.conn(1)\", is: \"{{srv.port}}\" }"

  @Test func `what the right choice shows is expected of the run, and the wrong one's is not seen`() throws {
    let play = Self.ran(try Self.lesson(right: Self.other, wrong: Self.same))
    #expect(play.run.awaiting == .advance)
    #expect(play.run.result == nil)
  }

  @Test func `a wrong choice that comes true makes the run differ`() throws {
    let play = Self.ran(try Self.lesson(right: Self.other, wrong: Self.other))
    guard case .differed(let mismatches) = play.run.result else {
      Issue.record("the run did not differ")
      return
    }
    #expect(mismatches.map(\.subject) == ["predict"])
    #expect(mismatches.map(\.expected) == ["choice a to be wrong in this run"])
  }

  @Test func `a right choice that does not come true makes the run differ`() throws {
    var play = Self.ran(try Self.lesson(right: Self.same, wrong: Self.same))
    play.deadlinePasses()
    guard case .differed = play.run.result else {
      Issue.record("the run did not differ")
      return
    }
  }

  @Test func `a prediction is about the runs up to the next one`() throws {
    var lesson = try Small.lesson()
    let (predict, run) = (lesson.steps[1], lesson.steps[2])
    lesson.steps = [predict, run, run, lesson.steps[3], predict, run]
    #expect(lesson.lastRun(after: 0) == 2)
    #expect(lesson.lastRun(after: 4) == 5)
    lesson.steps = [predict, predict, run]
    #expect(lesson.lastRun(after: 0) == 2)
    lesson.steps = [run, predict]
    #expect(lesson.lastRun(after: 1) == nil)
  }
}
