import Foundation
import Glibc
import LabTesting

/// `netlab serve` as it runs: what it says, and its end.
final class ServeProgram {
  private let program: Program
  private let child: ChildProgram

  /// Starts it with these words. `shell` goes before the program: `ulimit -n 40`.
  init(_ arguments: [String], shell: String? = nil) throws {
    program = try Program()
    let words = ["serve"] + arguments
    child = try ChildProgram(
      shell == nil ? Program.path : "/bin/sh",
      shell.map { ["-c", "\($0); exec \"$0\" \"$@\"", Program.path] + words } ?? words,
      environment: program.environment, input: FileHandle.nullDevice)
  }

  deinit { program.remove() }

  var identifier: Int32 { child.identifier }
  var isRunning: Bool { child.isRunning }
  var said: String { child.said }
  var told: String { child.told }

  /// The ports of so many listeners on addresses, once all of them listen.
  func ports(_ count: Int) throws -> [Int] {
    while said.split(separator: "\n", omittingEmptySubsequences: false).count <= count {
      try child.hear(for: "\(count) lines of listeners")
    }
    return said.split(separator: "\n").compactMap { line in
      line.split(separator: " ").dropFirst(2).first?.split(separator: ":").last.flatMap { Int($0) }
    }
  }

  /// Waits until so many lines of its log hold the text.
  func wait(for text: String, times: Int = 1) throws {
    while told.components(separatedBy: text).count <= times { try child.hear(for: "\(text) in its log") }
  }

  func signal(_ number: Int32) { kill(identifier, number) }

  /// Its status.
  func finish() throws -> Int32 { try child.finish() }

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
