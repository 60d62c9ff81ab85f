import Foundation
import Testing

/// The verbs as scripts meet them: arguments in; words, objects and exit codes out.
@Suite struct CommandLineTests {
  @Test func `the version is one line`() throws {
    let result = try PipedProgram.call("--version")
    #expect(result.status == 0)
    #expect(result.output.hasPrefix("netlab ") && result.lines.count == 1)
  }

  @Test(arguments: [["--help"], ["run", "--help"], ["help", "demo"]])
  func `help is no mistake`(arguments: [String]) throws {
    let program = try Program()
    defer { program.remove() }
    let result = try PipedProgram(program, arguments).finish()
    #expect(result.status == 0)
    #expect(result.output.contains("USAGE: netlab"))
    #expect(result.errors == "")
  }

  @Test func `the lessons are listed with their codes`() throws {
    let result = try PipedProgram.call("lessons")
    #expect(result.status == 0)
    #expect(result.output.contains("  SP2  sp2-port-hopping "))
    #expect(result.errors == "")
  }

  @Test func `the lessons that come along have no mistakes`() throws {
    let result = try PipedProgram.call("lint")
    #expect(result.status == 0)
    #expect(result.lines.last?.contains(" 0 errors, ") == true)
  }

  @Test(arguments: [
    (["run"], "Which lesson?"), (["run", "--all", "sp2"], "not both"),
    (["run", "sp2", "--json", "--plain"], "choose one"), (["nosuch"], "Unexpected argument 'nosuch'"),
    (["--color", "pink"], "The value 'pink' is invalid"), (["demo", "--port", "65536"], "0 to 65535"),
    (["run", "nosuch"], "There is no lesson nosuch."),
    (["run", "sp22"], "Did you mean SP2 (sp2-port-hopping)?"),
    (["run", "\u{1b}[2J"], "There is no lesson \\x1b[2J."),
  ])
  func `a mistake on the command line is told, with status 2`(arguments: [String], complaint: String) throws {
    let program = try Program()
    defer { program.remove() }
    let result = try PipedProgram(program, arguments).finish()
    #expect(result.status == 2)
    #expect(result.errors.contains(complaint))
    #expect(result.output == "")
  }

  @Test func `a missing data folder is told with the places that were looked at`() throws {
    let result = try PipedProgram.call("--data", "/nonexistent")
    #expect(result.status == 2)
    #expect(result.errors.contains("/nonexistent  (--data)"))
    #expect(result.output == "")
  }

  @Test func `a lesson as JSON is one object a line, the last one its result`() throws {
    let result = try PipedProgram.call("run", "sp2", "--json")
    #expect(result.status == 0)
    let objects = try result.lines.map { line in
      try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any], "\(line)")
    }
    #expect(objects.allSatisfy { $0["lesson"] as? String == "sp2-port-hopping" })
    let summary = try #require(objects.last)
    #expect(summary["event"] as? String == "summary")
    #expect(summary["result"] as? String == "pass")
  }

  @Test func `a lesson in words tells its steps and its result`() throws {
    let result = try PipedProgram.call("run", "sp2", "--plain")
    #expect(result.status == 0)
    #expect(result.output.contains("[SP2 step 1 of "))
    #expect(result.output.contains("pass  SP2  Port hopping"))
    #expect(result.lines.last == "1 of 1 lessons passed.")
  }

  @Test func `the trust steps name a certificate that is there, and its fingerprint`() throws {
    let program = try Program()
    defer { program.remove() }
    let result = try PipedProgram(program, ["demo", "--trust"]).finish()
    #expect(result.status == 0)
    let path = program.state.path + "/netlab/pki/lab-ca.crt"
    #expect(result.lines.first == "CA file: \(path)")
    #expect(FileManager.default.fileExists(atPath: path))
    #expect(result.output.contains(/SHA-256 .*: ([0-9A-F]{2}:){31}[0-9A-F]{2}\n/))
  }

  @Test func `the doctor looks at everything`() throws {
    let result = try PipedProgram.call("doctor")
    #expect(result.status == 0)
    for subject in ["data folder", "OpenSSL", "kernel view", "certificates", "port range", "terminal"] {
      let line = try #require(result.lines.first { $0.hasPrefix(subject + " ") }, "\(subject)")
      #expect(line.dropFirst(subject.count).contains { !$0.isWhitespace })
    }
  }

  @Test func `a whole lesson can be gone through by typed lines`() throws {
    let program = try Program()
    defer { program.remove() }
    let session = try PipedProgram(program, ["--plain"])
    _ = try session.wait("the catalog") { $0.hasSuffix("q quit:") }
    session.type("SP2")
    var learner = LineLearner(session)
    try learner.finish()
    session.type("q")
    let result = try session.finish()
    #expect(result.status == 0)
    #expect(!result.output.contains("means nothing here"))
    #expect(!result.output.contains("Please choose"))
    #expect(!result.output.unicodeScalars.contains("\u{1b}"))
  }
}
