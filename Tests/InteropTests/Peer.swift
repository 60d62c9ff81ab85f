import Dispatch
import Foundation
import LabTesting
import Testing

/// Another program, as a peer: its input, its output, its end. It waits on a queue of its own: a thread of
/// the cooperative pool that waits would keep the test's other half from going on.
actor Peer {
  private let thread = PeerThread()
  nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }
  private let process = Process()
  private let input = Pipe.forOneChild()
  private let output = Pipe.forOneChild()
  private var collected = Data()

  /// Starts it. Standard output and standard error come together.
  init(_ name: String, _ arguments: [String], environment: [String: String] = [:]) throws {
    process.executableURL = URL(fileURLWithPath: try #require(Peer.find(name), "\(name) is not installed"))
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { _, given in given }
    process.standardInput = input
    process.standardOutput = output
    process.standardError = output
    try process.run()
  }

  deinit {
    if process.isRunning { process.terminate() }
  }

  /// The program's path, where it is installed.
  static func find(_ name: String) -> String? {
    if name.contains("/") { return FileManager.default.isExecutableFile(atPath: name) ? name : nil }
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
    return folders.map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  /// The number its kernel knows it by.
  var processID: Int32 { process.processIdentifier }

  /// What a program that has ended can't hear is lost; its output tells.
  func say(_ text: String) { try? input.fileHandleForWriting.write(contentsOf: Data(text.utf8)) }
  func endInput() { try? input.fileHandleForWriting.close() }

  /// Reads until the text shows up; answers everything read so far. Ends with the program.
  func read(until text: String) -> String { read { $0.contains(text) } }

  /// Reads until what it said so far is enough.
  func read(until isEnough: (String) -> Bool) -> String {
    while !isEnough(said) {
      let chunk = output.fileHandleForReading.availableData
      if chunk.isEmpty { break }
      collected += chunk
    }
    return said
  }

  /// Ends a program that would go on, whatever it does about signals.
  func end() {
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    process.waitUntilExit()
  }

  /// Everything it said, when it has ended.
  func finish() -> (said: String, status: Int32) {
    collected += output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (said, process.terminationStatus)
  }

  private var said: String { String(decoding: collected, as: UTF8.self) }

  /// Runs a program to its end.
  static func run(
    _ name: String, _ arguments: [String], input: String = "", environment: [String: String] = [:]
  ) async throws -> (said: String, status: Int32) {
    let peer = try Peer(name, arguments, environment: environment)
    await peer.say(input)
    await peer.endInput()
    return await peer.finish()
  }
}

/// Runs a peer's waiting outside the cooperative pool.
private final class PeerThread: SerialExecutor {
  private let queue = DispatchQueue(label: "peer")

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
  }
}

/// A folder of this test's own.
struct Scratch {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("netlab-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  var path: String { url.path }
  func remove() { try? FileManager.default.removeItem(at: url) }
}
