import Foundation
import LabCanvas
import LabTesting
import Testing

/// A small lesson that asks in every way there is, gone through by keys and by lines.
@Suite(.serialized) struct EveryKindTests {
  /// A program that knows this lesson alone.
  private func program() throws -> Program {
    let program = try Program(ownData: true)
    let folder = program.data
    let lessons = folder.appendingPathComponent("lessons")
    try FileManager.default.createDirectory(
      at: lessons.appendingPathComponent("sockets"), withIntermediateDirectories: true)
    for name in ["certs", "lessons/explanations"] {
      try FileManager.default.copyItem(
        at: URL(fileURLWithPath: Program.root).appendingPathComponent(name),
        to: folder.appendingPathComponent(name))
    }
    for (name, text) in EveryKind.files {
      try Data(text.utf8).write(to: lessons.appendingPathComponent(name))
    }
    return program
  }

  @Test func `every kind of question is answered by keys`() throws {
    let program = try program()
    defer { program.remove() }
    let session = try program.start(size: Size(80, 24))
    try session.expect("Catalog")
    session.press(.enter)
    try press(EveryKind.keys, session)
    let port = try #require(session.screen.text.firstMatch(of: #/ cli +(\d+) /#)?.output.1)
    session.type(String(port))
    session.press(.enter)
    try press(EveryKind.keysToLadder, session)
    try pointUpwards(session)
    try press(EveryKind.keysToEnd, session)
    try session.expect("R restart")
    session.type("qq")
    try #expect(session.waitForExit() == .status(0))
    #expect(session.screen.problems == [])
  }

  private func press(_ steps: [(String, [Key])], _ session: TerminalSession) throws {
    for (text, keys) in steps {
      try session.expect(text)
      for key in keys { session.press(key) }
    }
  }

  @Test func `keys typed in one go mean what the screen will show`() throws {
    let program = try program()
    defer { program.remove() }
    let session = try program.start(size: Size(80, 24))
    session.press(.enter)
    try session.expect("greets whoever")
    // On, false, very sure; on, one, very sure; on.
    session.type(" b3 1\r3 ")
    try session.expect("Look at what happened")
    session.type(" ")
    try session.expect("What did the server answer")
    session.press(.control("c"))
    try #expect(session.waitForExit() == .status(0))
  }

  /// From the last row of the ladder up to the client's Finished, which the words below the ladder tell of.
  private func pointUpwards(_ session: TerminalSession) throws {
    try press("G", session)
    while !session.screen.text.contains("Finished: ") { try press("k", session) }
    session.press(.enter)
  }

  /// Presses a key that moves the cursor. The row above may say the same: two tickets, one after the other.
  private func press(_ key: String, _ session: TerminalSession) throws {
    let (text, cursor) = (session.screen.text, session.screen.cursor)
    session.type(key)
    try session.wait("another row") { $0.text != text || $0.cursor != cursor }
    session.waitUntilStill()
  }

  @Test func `every kind of question is answered by lines`() throws {
    let program = try program()
    defer { program.remove() }
    let session = try PipedProgram(program, ["--plain"])
    _ = try session.wait("the catalog") { $0.hasSuffix("q quit:") }
    session.type("SP1")
    var said = ""
    for (prompt, line) in EveryKind.lines {
      said = String(try session.wait(prompt) { $0.contains(prompt) })
      let port = said.firstMatch(of: /Kernel: cli, port (\d+)/)?.output.1
      session.type(line == "PORT" ? port.map(String.init) ?? "" : line)
    }
    _ = try session.wait("the end") { $0.contains("n next lesson") }
    session.type("q")
    let result = try session.finish()
    #expect(result.status == 0)
    #expect(result.output.contains("Predicted  2 of 2 right"))
    #expect(result.output.contains("Observed   6 of 6 at the first look"))
    #expect(result.output.contains("Recalled   4 of 4"))
  }

  @Test func `answers from a file are given in a person's place`() throws {
    let program = try program()
    defer { program.remove() }
    let file = program.state.appendingPathComponent("answers.json")
    try Data(#"{ "choice": ["a"], "try": ["c", "b", "a"], "recall": ["b a c d", "a b"] }"#.utf8).write(
      to: file)
    let result = try PipedProgram(program, ["run", "SP1", "--plain", "--answers", file.path]).finish()
    #expect(result.status == 0)
    #expect(result.output.contains("Move 3: say hello again"))
    #expect(result.output.contains("You said hello: it changed nothing"))
    #expect(result.output.contains("Observed   5 of 6 at the first look"))
    #expect(result.output.contains("Recalled   2 of 4"))
    try Data("no answers".utf8).write(to: file)
    try #expect(PipedProgram(program, ["run", "SP1", "--answers", file.path]).finish().status == 2)
  }
}
