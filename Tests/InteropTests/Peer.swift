import Foundation
import Testing

/// Another program, as a peer: its input, its output, its end.
final class Peer {
  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()
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
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
    return folders.map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  func say(_ text: String) { input.fileHandleForWriting.write(Data(text.utf8)) }
  func endInput() { try? input.fileHandleForWriting.close() }

  /// Reads until the text shows up; answers everything read so far. Ends with the program.
  func read(until text: String) -> String {
    while !said.contains(text) {
      let chunk = output.fileHandleForReading.availableData
      if chunk.isEmpty { break }
      collected += chunk
    }
    return said
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
  ) throws -> (said: String, status: Int32) {
    let peer = try Peer(name, arguments, environment: environment)
    peer.say(input)
    peer.endInput()
    return peer.finish()
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
