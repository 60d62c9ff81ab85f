import LabCanvas
import LabCore
import LabFacts
import LabTesting
import Testing

@testable import LabCatalog
@testable import LabViews

/// Who keeps the lines of a pane where not all have room.
@Suite struct PaneRoomTests {
  private static let lesson = Lesson(
    id: "sp9-crowd", code: "SP9", track: "sockets", title: "A crowd", question: "Who is here?",
    actors: ["near", "far"].map { PaneSamples.actor($0, .server, .plain) }
      + ["one", "two"].map { PaneSamples.actor($0, .client, .plain) },
    steps: [Step(id: "read", kind: .say("Read."))])

  /// Two servers with a client each; the one of *far* came last.
  private func crowd(wanted: Set<ActorID>?) -> PaneContext {
    var story = FactStory()
    story.listen("near", 7001)
    story.listen("far", 7002)
    story.open(EndID("one", 1), from: 40001, to: 7001)
    story.accept(EndID("near", 1), at: 7001, from: 40001)
    story.open(EndID("two", 1), from: 40002, to: 7002)
    story.accept(EndID("far", 1), at: 7002, from: 40002)
    var run = LessonRun(lesson: Self.lesson, catalog: Catalog())
    if let wanted { run.beforeTry = BeforeTry(highlight: nil, wanted: wanted, ends: [2]) }
    return PaneSamples.context(story, run: run)
  }

  private func rows(_ context: PaneContext, height: Int) -> [String] {
    PaneSamples.picture(PlainPairPane.self, 38, height, context).split(separator: "\n").map {
      String($0.split(separator: " ")[0])
    }
  }

  @Test func `in a try the goal's client and its server come before the newest`() {
    #expect(rows(crowd(wanted: nil), height: 2) == ["near", "two"])
    #expect(rows(crowd(wanted: ["one"]), height: 2) == ["near", "one"])
    #expect(rows(crowd(wanted: ["two"]), height: 2) == ["far", "two"])
  }

  /// Both ends failed; the one that decided is told, where there is one line for two.
  @Test func `of two failures the one of the end that decided stays`() {
    let picture = PaneSamples.picture(
      TLSPairPane.self, 38, 3, PaneSamples.context(PaneSamples.refused))
    #expect(picture.contains("! tcli unknown-ca here"))
    #expect(!picture.contains("peer-unknown-ca"))
  }

  @Test func `what a program wrote keeps all its words while there is room`() throws {
    let written = "curl: (60) SSL certificate problem: self-signed certificate in certificate chain"
    var program = ProgramState(order: ProgramOrder(kind: .curl, arguments: ["https://localhost/"]), count: 1)
    program.end = ProgramEnd(
      manner: .exit(60), output: Bytes([]), errorOutput: Bytes(Array("\(written)\nMore here.\n".utf8)),
      milliseconds: 12)
    var pane = StepPane(paragraphs: ["Look what it says."])
    pane.ran = [StepPane.Ran(actor: "visit", program: program)]
    let context = PaneSamples.context(FactStory(), run: PaneSamples.run(pane))
    func shown(_ height: Int) -> [String] {
      PaneSamples.picture(ExplainPane.self, 60, height, context).split(separator: "\n").map(String.init)
    }
    let words = Set(written.split(separator: " "))
    for height in [5, 6, 9] {
      #expect(words.isSubset(of: Set(shown(height).flatMap { $0.split(separator: " ") })), "\(height) lines")
    }
    #expect(shown(5).contains { $0.contains("(1 more line)") })
    #expect(shown(9).contains("  | More here."))
    #expect(shown(3).contains { $0.hasPrefix("visit: ") && $0.hasSuffix("…") })
  }
}
