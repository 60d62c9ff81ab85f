import Foundation
import LabCanvas
import LabTesting
import Testing

/// A saved run through a terminal, and as lines.
@Suite(.serialized) struct ReplayTests {
  /// A run of a lesson in a file.
  private static func saved(_ program: Program) throws -> String {
    let file = program.state.appendingPathComponent("run.jsonl").path
    let export = try PipedProgram(program, ["export", "sp2", "--format", "json", "-o", file]).finish()
    #expect(export.status == 0, "\(export.errors)")
    return file
  }

  @Test(arguments: [Size(80, 24), Size(140, 40)])
  func `a person walks through it and leaves`(size: Size) throws {
    let program = try Program()
    defer { program.remove() }
    let file = try ReplayTests.saved(program)
    let session = try program.start(["replay", file], size: size)
    try session.expect("REPLAY  SP2 Port hopping")
    try session.expect("EVENT 1/")
    session.type(" ")
    try session.expect("EVENT 2/")
    session.press(.backspace)
    try session.expect("EVENT 1/")
    session.type("N")
    try session.expect("step 4 [RUN]")
    session.press(.end)
    try session.wait("the last event") { screen in
      screen.text.firstMatch(of: /EVENT (\d+)\/(\d+)/).map { $0.1 == $0.2 } ?? false
    }
    session.type("P")
    try session.expect("step 8 [TRY]")
    session.press(.home)
    try session.expect("EVENT 1/")
    session.type("?")
    try session.expect("a saved run")
    session.type("q")
    try session.expect("REPLAY")
    session.type("q")
    try #expect(session.waitForExit() == .status(0))
    #expect(session.screen.problems == [])
    // Nothing was made: no certificates, no progress.
    let made = try FileManager.default.contentsOfDirectory(atPath: program.state.path)
    #expect(made.filter { $0 != "run.jsonl" && $0 != "netlab" } == [])
    let own = (try? FileManager.default.contentsOfDirectory(atPath: program.state.path + "/netlab")) ?? []
    #expect(own.filter { $0 != "errors.log" && !$0.hasSuffix(".log") } == [])
  }

  @Test func `as lines it says the same`() throws {
    let program = try Program()
    defer { program.remove() }
    let file = try ReplayTests.saved(program)
    let session = try PipedProgram(program, ["replay", "--plain", file])
    for line in ["", "p", "last", "", "step 4", "k", "ladder", "live", "q"] { session.type(line) }
    let result = try session.finish()
    #expect(result.status == 0, "\(result.errors)")
    for words in [
      "A saved run of SP2 Port hopping", "REPLAY. Event 1 of", "REPLAY. Event 2 of",
      "That was the last event",
      "in step 4 (RUN)", "Kernel: srv listen, port", "Ladder of", "live means nothing here",
    ] {
      #expect(result.output.contains(words), "\(words)")
    }
  }

  @Test func `a file that is no run is refused by its line`() throws {
    let program = try Program()
    defer { program.remove() }
    let file = program.state.appendingPathComponent("bad.jsonl")
    try Data("{}\n".utf8).write(to: file)
    let result = try PipedProgram(program, ["replay", file.path]).finish()
    #expect(result.status == 2)
    #expect(result.errors.contains("bad.jsonl:1: this is no run that netlab saved"))
    #expect(result.output == "")
  }
}
