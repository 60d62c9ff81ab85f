import Foundation
import Glibc
import LabTesting

/// A program that runs beside the test, and what it says on its two pipes.
final class ChildProgram {
  private let process = Process()
  private let output = Pipe.forOneChild()
  private let errors = Pipe.forOneChild()
  /// Has a byte once the program has ended. Its own pipes need not: a program that another test starts at the same
  /// moment may have inherited them.
  private let end = Pipe.forOneChild()
  /// What it wrote to its output.
  private(set) var said = ""
  /// What it wrote to its error output.
  private(set) var told = ""
  private(set) var hasEnded = false

  /// Starts it. `input` is a pipe or a file handle.
  init(_ path: String, _ arguments: [String], environment: [String: String], input: Any) throws {
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.environment = environment
    process.standardInput = input
    (process.standardOutput, process.standardError) = (output, errors)
    // It holds the whole pipe: nobody may read any more when the program ends, and that must be no broken pipe.
    process.terminationHandler = { [end] _ in end.fileHandleForWriting.write(Data([0])) }
    try process.run()
  }

  deinit { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }

  var identifier: Int32 { process.processIdentifier }
  var isRunning: Bool { process.isRunning }

  /// Takes in what it says next, on whichever of its two pipes: one that nobody reads would stop it. What never
  /// comes is an error, not a hanging test.
  func hear(for what: String) throws {
    guard !hasEnded else { throw TerminalFailure("It ended; waited for \(what).\n\(last)") }
    let ready = ChildProgram.ready([output, errors, end], milliseconds: 30_000)
    guard !ready.isEmpty else { throw TerminalFailure("Nothing more came; waited for \(what).\n\(last)") }
    let said = ready.contains(0) && take(output, into: \.said)
    let told = ready.contains(1) && take(errors, into: \.told)
    // What it wrote before its end is read first.
    hasEnded = ready.contains(2) && !said && !told
  }

  /// Its status, once it has ended.
  func finish() throws -> Int32 {
    while !hasEnded { try hear(for: "its end") }
    process.waitUntilExit()
    return process.terminationStatus
  }

  /// False where nothing was left in the pipe.
  private func take(_ pipe: Pipe, into text: ReferenceWritableKeyPath<ChildProgram, String>) -> Bool {
    let bytes = pipe.fileHandleForReading.availableData
    self[keyPath: text] += String(decoding: bytes, as: UTF8.self)
    return !bytes.isEmpty
  }

  /// The places of those that have something to read, or are at their end.
  private static func ready(_ pipes: [Pipe], milliseconds: Int32) -> [Int] {
    var entries = pipes.map {
      pollfd(fd: $0.fileHandleForReading.fileDescriptor, events: Int16(POLLIN), revents: 0)
    }
    poll(&entries, nfds_t(entries.count), milliseconds)
    return entries.indices.filter { entries[$0].revents != 0 }
  }

  /// The newest of what it said, and what its threads wait in.
  private var last: String {
    let lines = told.split(separator: "\n")
    let tasks = "/proc/\(identifier)/task"
    let threads = ((try? FileManager.default.contentsOfDirectory(atPath: tasks)) ?? []).map { task in
      let words = ["comm", "wchan", "syscall"].map { name in
        (try? String(contentsOfFile: "\(tasks)/\(task)/\(name)", encoding: .utf8)) ?? "?"
      }
      return words.map { $0.split(separator: "\n").first.map(String.init) ?? "" }.joined(separator: " ")
    }
    return """
      \(said)
      \(lines.count) lines in its log, the last:
      \(lines.suffix(8).joined(separator: "\n"))
      its threads:
      \(threads.joined(separator: "\n"))
      """
  }
}
