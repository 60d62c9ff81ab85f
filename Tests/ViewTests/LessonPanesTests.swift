import LabCanvas
import LabCore
import LabFacts
import LabTesting
import Testing

@testable import LabCatalog
@testable import LabViews

/// What the panes of a lesson are given to draw from, and what a key does where nothing waits for it.
@Suite struct LessonPanesTests {
  @Test(
    arguments: [
      ([0, 2], "tcli"), ([0, 2, 4], "tcli"), ([0, 2, 4, 4], "tcli"), ([0, 4], "cli1"), ([4], nil),
    ] as [([Int], ActorID?)])
  func `in a try ladder and wire keep the connection of the newest move that made one`(
    ends: [Int], shown: ActorID?
  ) {
    var snapshot = Samples.snapshot(Samples.run(.advance, step: 5))
    snapshot.lab = PaneSamples.paired.state
    snapshot.run?.highlight = nil
    snapshot.run?.beforeTry = BeforeTry(highlight: nil, wanted: [], ends: ends)
    let person = Person(snapshot)
    let context = LessonPanes.context(.ladder, person.model, snapshot)
    #expect(context.selectedConnection?.client?.actor == shown)
  }

  @Test(arguments: [([], "cli1"), (["tcli"], "tcli"), (["tsrv"], "cli1")] as [(Set<ActorID>, ActorID)])
  func `of a move that made two, the one of the client that the goal is about`(
    wanted: Set<ActorID>, shown: ActorID
  ) {
    var snapshot = Samples.snapshot(Samples.run(.advance, step: 5))
    snapshot.lab = PaneSamples.paired.state
    snapshot.run?.highlight = nil
    snapshot.run?.beforeTry = BeforeTry(highlight: nil, wanted: wanted, ends: [0])
    let context = LessonPanes.context(.wire, Person(snapshot).model, snapshot)
    #expect(context.selectedConnection?.client?.actor == shown)
  }

  @Test func `F lets nothing run where nothing is held for Space`() {
    var person = Person(Samples.snapshot(Samples.run(.advance)))
    #expect(person.press("F") == [])
    #expect(person.screen.contains("No message waits for Space now."))
  }

  @Test func `the path says when a lesson lets one try before it explains`() {
    let steps: [Step] = [
      Step(id: "read", kind: .say("Read.")),
      Step(
        id: "try",
        kind: .attempt(Bench(goal: "Try.", moves: [], doneWhen: [], hints: [], solution: []))),
      Step(id: "explain", kind: .explain(Refutation(say: "So it is."))),
      Step(id: "recall", kind: .recall([])),
    ]
    func phases(_ order: [Int]) -> [LessonPhase] {
      LessonScreen.phases(
        of: Lesson(
          id: "x", code: "X1", track: "x", title: "X", question: "X?", actors: [],
          steps: order.map { steps[$0] }))
    }
    #expect(phases([0, 1, 2, 3]) == [.read, .attempt, .explain, .recall])
    #expect(phases([0, 2, 1, 3]) == [.read, .explain, .attempt, .recall])
  }
}
