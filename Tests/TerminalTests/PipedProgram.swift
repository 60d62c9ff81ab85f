import Foundation
import LabTesting

/// The real program without a terminal: its input and its output are pipes.
final class PipedProgram {
  private let process = Process()
  private let input = Pipe.forOneChild()
  private let output = Pipe.forOneChild()
  private let errors = Pipe.forOneChild()
  private(set) var said = ""

  init(_ program: Program, _ arguments: [String]) throws {
    process.executableURL = URL(fileURLWithPath: Program.path)
    process.arguments = arguments
    process.environment = program.environment
    (process.standardInput, process.standardOutput, process.standardError) = (input, output, errors)
    try process.run()
  }

  deinit { if process.isRunning { process.terminate() } }

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
    while try read() {}
    process.waitUntilExit()
    let complaint = errors.fileHandleForReading.readDataToEndOfFile()
    return Result(
      status: process.terminationStatus, output: said, errors: String(decoding: complaint, as: UTF8.self))
  }

  /// Reads on until something new ends with a line that is as wanted; answers what is new.
  func wait(_ what: String, _ isWanted: (Substring) -> Bool) throws -> Substring {
    let start = said.endIndex.utf16Offset(in: said)
    while true {
      let new = said[String.Index(utf16Offset: start, in: said)...]
      if new.last == "\n", let last = new.dropLast().split(separator: "\n").last, isWanted(last) {
        return new
      }
      guard try read() else { throw TerminalFailure("The program ended before \(what).\n\(said)") }
    }
  }

  /// False at the end of the output. What never comes is an error, not a hanging test.
  private func read() throws -> Bool {
    let handle = output.fileHandleForReading
    var entry = pollfd(fd: handle.fileDescriptor, events: Int16(POLLIN), revents: 0)
    guard poll(&entry, 1, 30_000) > 0 else { throw TerminalFailure("Nothing more came.\n\(said)") }
    let bytes = handle.availableData
    said += String(decoding: bytes, as: UTF8.self)
    return !bytes.isEmpty
  }
}
