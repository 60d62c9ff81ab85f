import LabCanvas
import LabTesting
import Testing

extension TerminalTests {
  /// The sandbox as a person meets it.
  @Suite struct SandboxTests {
    @Test func `a fault is put in, predicted, run, compared and taken back by keys`() throws {
      try Program.withCatalog { session, _ in
        session.type("o")
        try session.expect("from a fresh pair")
        session.type("B")
        session.press(.enter)
        try session.expect("1 change ")
        session.type(" ")
        try session.expect("What do you expect of tcli?")
        session.type("b")
        try session.expect("run 1")
        session.type("d")
        try session.expect("What differs")
        session.press(.escape)
        session.type("u")
        try session.expect("0 changes")
        session.type(" ")
        try session.expect("What do you expect of tcli?")
        session.type("s")
        try session.expect("run 2")
        session.type("c")
        try session.expect("runs 1 and 2")
        session.press(.escape)
        session.type("q")
        try session.expect("Catalog")
        session.type("q")
        try #expect(session.waitForExit() == .status(0))
        #expect(session.screen.problems == [])
      }
    }

    @Test func `lines that come at once are each taken in their turn`() throws {
      let program = try Program()
      defer { program.remove() }
      func said(_ lines: [String]) throws -> PipedProgram.Result {
        let session = try PipedProgram(program, ["--plain"])
        for line in lines { session.type(line) }
        return try session.finish()
      }
      let list = try said(["sandbox", "faults", "b"]).output.split(separator: "\n")
      let row = try #require(list.first { $0.hasSuffix("  tsrv: certificate: expired") })
      let number = row.split(separator: " ")[0]
      let result = try said(["sandbox", "ask", "faults", "run", "fault \(number)", "run", "compare", "b"])
      #expect(result.status == 0)
      #expect(result.output.contains("Run 1: as it began. Outcome: it connects and is answered."))
      #expect(
        result.output.contains("Run 2: tsrv certificate expired. Outcome: the client sees an error first."))
    }
  }
}
