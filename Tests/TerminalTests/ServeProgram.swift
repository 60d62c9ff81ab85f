import Foundation
import Glibc
import LabTesting

/// `netlab serve` as it runs: what it says, and its end.
final class ServeProgram {
  private let program: Program
  private let process = Process()
  private let output = Pipe.forOneChild()
  private let errors = Pipe.forOneChild()
  /// Has a byte once the program has ended. Its own pipes need not: a program that another test starts at the same moment may
  /// have inherited them.
  private let end = Pipe.forOneChild()
  private(set) var said = ""
  private(set) var told = ""
  private var hasEnded = false

  /// Starts it with these words. `shell` goes before the program: `ulimit -n 40`.
  init(_ arguments: [String], shell: String? = nil) throws {
    program = try Program()
    let words = ["serve"] + arguments
    if let shell {
      process.executableURL = URL(fileURLWithPath: "/bin/sh")
      process.arguments = ["-c", "\(shell); exec \"$0\" \"$@\"", Program.path] + words
    } else {
      process.executableURL = URL(fileURLWithPath: Program.path)
      process.arguments = words
    }
    process.environment = program.environment
    process.standardInput = FileHandle.nullDevice
    (process.standardOutput, process.standardError) = (output, errors)
    let end = end.fileHandleForWriting
    process.terminationHandler = { _ in end.write(Data([0])) }
    try process.run()
  }

  deinit {
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    program.remove()
  }

  var identifier: Int32 { process.processIdentifier }
  var isRunning: Bool { process.isRunning }

  /// The ports of so many listeners on addresses, once all of them listen.
  func ports(_ count: Int) throws -> [Int] {
    while said.split(separator: "\n", omittingEmptySubsequences: false).count <= count {
      try hear(for: "\(count) lines of listeners", unless: hasEnded)
    }
    return said.split(separator: "\n").compactMap { line in
      line.split(separator: " ").dropFirst(2).first?.split(separator: ":").last.flatMap { Int($0) }
    }
  }

  /// Waits until so many lines of its log hold the text.
  func wait(for text: String, times: Int = 1) throws {
    while told.components(separatedBy: text).count <= times {
      try hear(for: "\(text) in its log", unless: hasEnded)
    }
  }

  func signal(_ number: Int32) { kill(identifier, number) }

  /// Its status, and all it said.
  func finish() throws -> Int32 {
    while !hasEnded { try hear(for: "its end", unless: false) }
    process.waitUntilExit()
    return process.terminationStatus
  }

  /// Takes in what it says next, on whichever of its two pipes: one that nobody reads would stop it.
  private func hear(for what: String, unless isOver: Bool) throws {
    guard !isOver else { throw TerminalFailure("It ended; waited for \(what).\n\(last)") }
    let pipes = [output, errors, end]
    let ready = ServeProgram.ready(pipes, milliseconds: 30_000)
    guard !ready.isEmpty else { throw TerminalFailure("Nothing more came; waited for \(what).\n\(last)") }
    let said = ready.contains(0) && take(output, into: \.said)
    let told = ready.contains(1) && take(errors, into: \.told)
    // What it wrote before its end is read first.
    hasEnded = ready.contains(2) && !said && !told
  }

  /// False where nothing was left in the pipe.
  private func take(_ pipe: Pipe, into text: ReferenceWritableKeyPath<ServeProgram, String>) -> Bool {
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

  /// Open descriptors, and resident memory in KiB, as the kernel counts them.
  func usage() throws -> (descriptors: Int, memory: Int) {
    let folder = "/proc/\(identifier)"
    let count = try FileManager.default.contentsOfDirectory(atPath: "\(folder)/fd").count
    let status = try String(contentsOfFile: "\(folder)/status", encoding: .utf8)
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
    return (count, line.flatMap { $0.split(separator: " ").dropFirst().first }.flatMap { Int($0) } ?? 0)
  }
}

/// A socket of the test's own, by the plain calls.
final class RawClient {
  let descriptor: Int32

  init(port: Int, datagram: Bool = false) throws {
    let kind = datagram ? Int32(SOCK_DGRAM.rawValue) : Int32(SOCK_STREAM.rawValue)
    descriptor = socket(AF_INET, kind, 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
    let size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let result = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, size) }
    }
    guard result == 0 else { throw TerminalFailure("connect: errno \(errno)") }
  }

  deinit { close(descriptor) }

  func send(_ bytes: [UInt8]) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes {
        Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { throw TerminalFailure("send: errno \(errno)") }
      rest = rest.dropFirst(count)
    }
  }

  /// The port its kernel chose.
  var port: Int {
    var address = sockaddr_in()
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    _ = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &size) }
    }
    return Int(in_port_t(bigEndian: address.sin_port))
  }

  func endOutput() { shutdown(descriptor, Int32(SHUT_WR)) }

  /// So many bytes, or those up to the end.
  func receive(_ count: Int) throws -> [UInt8] {
    var all: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while all.count < count {
      var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      guard poll(&entry, 1, 30_000) > 0 else { throw TerminalFailure("\(all.count) of \(count) bytes came") }
      let got = recv(descriptor, &chunk, min(chunk.count, count - all.count), 0)
      guard got > 0 else { return all }
      all += chunk.prefix(got)
    }
    return all
  }

  /// RST at the end, in place of FIN.
  func resetAtEnd() {
    var choice = linger(l_onoff: 1, l_linger: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &choice, socklen_t(MemoryLayout<linger>.size))
  }
}
