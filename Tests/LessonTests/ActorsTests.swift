import LabCatalog
import LabRuntime
import Testing

// As in the shipped lessons: never two at once.
extension LessonTests {
  /// Every kind of program a lesson may have, on real sockets.
  @Suite struct ActorsTests {
    @Test(
      arguments: ActorsCase.relays + ActorsCase.proxies + ActorsCase.mail + ActorsCase.handshakes
        + ActorsCase.servers + ActorsCase.certificates + ActorsCase.habits + ActorsCase.wireFaults
        + ActorsCase.defects + ActorsCase.programs + ActorsCase.revocation + ActorsCase.ports
        + ActorsCase.pipes)
    func `programs do what a lesson says of them`(lesson: ActorsCase) async throws {
      let report = try await lesson.play()
      #expect(report.mismatches.map(\.sentence) == [])
      let passed = report.passed
      #expect(passed)
    }

    @Test func `what does not happen is noticed`() async throws {
      let report = try await ActorsCase(
        "wrong expectation", "srv: { role: server, kind: echo, transport: plain }",
        """
        do: [ { start: srv } ]
        within_seconds: 1
        expect: [ { fact: srv.conn.count, is: 1 } ]
        """
      ).play()
      let passed = report.passed
      #expect(!passed)
    }
  }
}
