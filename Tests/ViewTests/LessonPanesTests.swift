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
}
