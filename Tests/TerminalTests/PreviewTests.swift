import Foundation
import LabCanvas
import LabTesting
import Testing

/// A lesson is written while it is looked at.
@Suite struct PreviewTests {
  /// A folder with a new lesson in it, made by `netlab new lesson`.
  private static func withLesson(_ body: (URL, Program) throws -> Void) throws {
    let program = try Program()
    defer { program.remove() }
    let made = try PipedProgram(
      program,
      [
        "new", "lesson", "--track", "SP", "--code", "SP77", "--title", "A draft", "-o", program.state.path,
      ]
    ).finish()
    #expect(made.status == 0)
    #expect(made.lines.first?.hasSuffix("sp77-a-draft.yaml. It lints and runs as it is.") == true)
    try body(program.state.appendingPathComponent("sp77-a-draft.yaml"), program)
  }

  private static func change(_ file: URL, _ find: String, _ replacement: String) throws {
    let text = try String(contentsOf: file, encoding: .utf8)
    try #require(text.contains(find))
    try Data(text.replacing(find, with: replacement).utf8).write(to: file, options: .atomic)
  }

  @Test func `a new lesson lints and runs, and is not written twice`() throws {
    try Self.withLesson { file, program in
      let lint = try PipedProgram(program, ["lint", file.path]).finish()
      #expect(lint.status == 0, "\(lint.output)")
      #expect(lint.lines.last?.hasSuffix(" 0 errors, 0 warnings.") == true)
      let run = try PipedProgram(program, ["run", file.path]).finish()
      #expect(run.status == 0, "\(run.output)")
      #expect(run.output.contains("pass  SP77  A draft"))
      let again = try PipedProgram(
        program,
        ["new", "lesson", "--track", "SP", "--code", "SP77", "--title", "A draft", "-o", program.state.path]
      ).finish()
      #expect(again.status == 2)
      #expect(again.errors.contains("can't be written"))
    }
  }

  @Test func `a lesson starts anew when its file is saved, and a broken version is told in place`() throws {
    try Self.withLesson { file, program in
      let session = try program.start(["preview", file.path])
      try session.wait("the lesson") {
        $0.text.contains("Two servers greet") && $0.text.contains("Version 1")
      }
      try Self.change(file, "Two servers greet", "Three servers greet")
      try session.wait("the new version") { $0.text.contains("Three servers greet") }
      try Self.change(file, "connect: srv }", "connect: nobody }")
      try session.wait("what is wrong") {
        $0.text.contains("There is no program") && $0.text.contains("the last good one")
      }
      session.press(.escape)
      try session.wait("the last good version") {
        $0.text.contains("Three servers greet") && $0.text.contains("The last good version stays")
      }
      session.type("M")
      try session.wait("the messages again") { $0.text.contains("What the linter says") }
      try Self.change(file, "connect: nobody }", "connect: srv }")
      try session.wait("the mended version") {
        $0.text.contains("Three servers greet") && $0.text.contains("Version 3")
      }
    }
  }

  @Test func `in plain mode a new version is told from its beginning, and a broken one with its lines`()
    throws
  {
    try Self.withLesson { file, program in
      let session = try PipedProgram(program, ["preview", "--plain", file.path])
      let isAsking = { (line: Substring) in line.hasPrefix("Enter goes on") }
      #expect(try session.wait("the lesson", isAsking).contains("Two servers greet"))
      try Self.change(file, "Two servers greet", "Three servers greet")
      #expect(try session.wait("the new version", isAsking).contains("Three servers greet"))
      try Self.change(file, "connect: srv }", "connect: nobody }")
      let told = try session.wait("what is wrong", isAsking)
      #expect(told.contains("error[L10]: There is no program `nobody`."))
      session.type("q")
      let result = try session.finish()
      #expect(result.status == 0)
      #expect(!result.output.contains("lessons, 0 done."))
    }
  }

  @Test(arguments: [
    (["new", "lesson", "--track", "SP", "--code", "SP2", "--title", "Again"], "SP2 is there already"),
    (["preview", "/nonexistent.yaml"], "There is no file /nonexistent.yaml."),
    (["lint", "nosuch"], "nosuch is no lesson and no file"), (["lint", "--rounds", "0"], "1 to 1000"),
    (["lint", "--rounds", "3", "sp1"], "say --run too"),
  ])
  func `what can't be is told, with status 2`(arguments: [String], complaint: String) throws {
    let program = try Program()
    defer { program.remove() }
    let result = try PipedProgram(program, arguments).finish()
    #expect(result.status == 2)
    #expect(result.errors.contains(complaint))
  }

  @Test func `lint mends what needs no judgement, and runs a lesson again and again`() throws {
    try Self.withLesson { file, program in
      try Self.change(file, "minutes: 5\n", "minutes: 5  \n")
      let mended = try PipedProgram(program, ["lint", "--fix", file.path]).finish()
      #expect(mended.status == 0)
      #expect(mended.lines.first?.hasPrefix("\(file.path):8:12: mended[L06]: ") == true)
      #expect(try PipedProgram(program, ["lint", "--fix", file.path]).finish().lines.count == 1)
      let ran = try PipedProgram(program, ["lint", "--run", "--rounds", "2", file.path]).finish()
      #expect(ran.status == 0, "\(ran.output)")
      try Self.change(file, "is: \"Hey Herbert!\"", "is: \"Hey Sabine!\"")
      let wrong = try PipedProgram(program, ["lint", "--json", "--run", "--rounds", "2", file.path]).finish()
      #expect(wrong.status == 1)
      #expect(wrong.output.contains("\"code\":\"L40\""))
      #expect(wrong.output.contains("In 2 of 2 runs: Step `run` is not what happens"))
    }
  }
}
