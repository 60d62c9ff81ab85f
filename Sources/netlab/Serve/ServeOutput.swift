import Foundation
import LabFacts
import LabRuntime
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What a server prints: its log on standard error, JSON on standard output.
final class ServeOutput: Sendable {
  private let log: Mutex<ServeLog>
  private let flags: ServeLogFlags

  init(_ flags: ServeLogFlags, titles: [(actor: ActorID, title: String)]) {
    self.flags = flags
    log = Mutex(ServeLog(flags.style, titles: titles))
  }

  /// One fact, in the order they came.
  func take(_ stamped: StampedFact) {
    guard !flags.quiet else { return log.withLock { $0.count(stamped.fact) } }
    let lines = log.withLock { $0.take(stamped) }
    if flags.json {
      if let line = ServeJSON.line(stamped, showsData: flags.style.showsData) { ServeOutput.say(line) }
    } else {
      for line in lines { ServeOutput.tell(line) }
    }
  }

  func showTable() {
    if flags.json { return ServeOutput.say(ServeJSON.summary(log.withLock(\.self))) }
    for line in log.withLock(\.table) { ServeOutput.tell(line) }
  }

  /// The summary at the end.
  func end() { if !flags.quiet { showTable() } }

  /// A line on standard output. Nobody may be reading: that ends no server.
  static func say(_ line: String) { write(line, to: STDOUT_FILENO) }

  /// A line on standard error.
  static func tell(_ line: String) { write(line, to: STDERR_FILENO) }

  private static func write(_ line: String, to descriptor: Int32) {
    var bytes = Array((line + "\n").utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return }
      bytes = bytes.dropFirst(count)
    }
  }
}
