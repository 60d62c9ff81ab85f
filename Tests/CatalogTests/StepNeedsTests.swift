import LabCore
import LabFacts
import Testing

@testable import LabCatalog

/// Steps that not every machine can run.
@Suite struct StepNeedsTests {
  private static let poor = Abilities(programs: [], ipv6: false, bindsLowPorts: true)

  private static func steps(_ requires: String) throws -> Lesson {
    let log = ProblemLog(file: "needs")
    let root = try #require(
      YamlFile.root(
        """
        netlab: 1
        id: sp9-needs
        code: SP9
        track: sockets
        title: "Needs"
        question: "What has this machine?"
        minutes: 1
        level: 1
        actors:
          srv: { role: server, kind: greet, transport: plain }
        steps:
          - id: read
            say: "First."
          - id: run
            requires: { \(requires) }
            do: [ { start: srv } ]
          - id: again
            requires: { \(requires) }
            say: "Passed over too."
          - id: end
            say: "Last."
        """, log))
    let lesson = LessonReader.read(root, file: "needs")
    #expect(log.problems == [])
    return try #require(lesson)
  }

  @Test(arguments: [
    ("program: chromium", "chromium is not installed here."),
    ("program: [curl, chromium]", "curl is not installed here."),
    ("ipv6: true", "This machine has no IPv6 loopback address."),
    ("unprivileged_ports: true", "This process may use ports below 1024"),
  ])
  func `steps that can't run are passed over, and the reason is told once`(
    requires: String, reason: String
  ) throws {
    var play = Rehearsal(try Self.steps(requires), abilities: Self.poor)
    play.person(.advance)
    #expect(play.run.awaiting == .advance)
    #expect(play.run.pane.paragraphs.first == "2 steps are passed over: this can't run here.")
    #expect(play.run.pane.paragraphs.count { $0.hasPrefix(reason) } == 1)
    #expect(play.takeEffects() == [])
    play.person(.advance)
    #expect(play.run.pane.paragraphs == ["Last."])
    play.person(.advance)
    #expect(play.run.result == .completed)
  }

  @Test func `the same steps run where the machine has what they need`() throws {
    var play = Rehearsal(try Self.steps("program: [curl, openssl], ipv6: true, unprivileged_ports: true"))
    play.person(.advance)
    #expect(play.run.step?.id == "run")
    #expect(!play.takeEffects().isEmpty)
  }

  @Test func `what a lesson lacks is known before it is opened`() throws {
    let lesson = try Self.steps("program: chromium, ipv6: true")
    #expect(lesson.lacks(Self.poor).count == 2)
    #expect(lesson.possibleSteps(Self.poor) == 2)
    #expect(lesson.lacks(.all) == [])
    #expect(lesson.possibleSteps(.all) == 4)
  }
}
