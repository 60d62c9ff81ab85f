import Foundation
import LabTesting

/// The real program without a terminal: its input and its output are pipes.
final class PipedProgram {
  private let input = Pipe.forOneChild()
  private let child: ChildProgram

  init(_ program: Program, _ arguments: [String]) throws {
    child = try ChildProgram(Program.path, arguments, environment: program.environment, input: input)
  }

  /// All it wrote to its output.
  var said: String { child.said }

  /// How one call ended, and all it said.
  struct Result {
    let status: Int32
    let output: String
    let errors: String

    var lines: [Substring] { output.split(separator: "\n") }
  }

  /// Calls the program with nothing to read. The environment changes what a test's own program would have.
  static func call(_ arguments: String..., environment changes: [String: String] = [:]) throws -> Result {
    let program = try Program(changes)
    defer { program.remove() }
    return try PipedProgram(program, arguments).finish()
  }

  /// Types one line.
  func type(_ line: String) { input.fileHandleForWriting.write(Data((line + "\n").utf8)) }

  /// Ends the input, and waits for the end of the program.
  func finish() throws -> Result {
    try input.fileHandleForWriting.close()
    return Result(status: try child.finish(), output: said, errors: child.told)
  }

  /// Reads on until something new ends with a line that is as wanted; answers what is new.
  func wait(_ what: String, _ isWanted: (Substring) -> Bool) throws -> Substring {
    let start = said.endIndex.utf16Offset(in: said)
    while true {
      let new = said[String.Index(utf16Offset: start, in: said)...]
      if new.last == "\n", let last = new.dropLast().split(separator: "\n").last, isWanted(last) {
        return new
      }
      try child.hear(for: what)
    }
  }
}
