import Foundation
import LabFacts
import LabRuntime

/// What running relays are told.
enum ProxyEvent: Sendable {
  /// SIGINT, SIGTERM or SIGHUP.
  case stop
  /// SIGUSR1, or time passed.
  case table
  /// TLS for what began in clear; without a name for all relays. SIGUSR2.
  case upgrade(String?)
  case hook(String, [ByteHook])
  /// Nothing is left to wait for.
  case over

  static let meanings: [Int32: ProxyEvent] = [
    SIGINT: .stop, SIGTERM: .stop, SIGHUP: .stop, SIGUSR1: .table, SIGUSR2: .upgrade(nil),
  ]
}

/// Commands to relays on standard input.
enum ProxyCommands {
  /// Reads commands on a thread of its own; their end ends nothing.
  static func read(into door: ProgramSignals<ProxyEvent>.Door) {
    Thread.detachNewThread {
      while let line = readLine() {
        do throws(UsageProblem) {
          if let event = try command(line) { door.yield(event) }
        } catch {
          ServeOutput.tell(error.message)
        }
      }
    }
  }

  private static func command(_ line: String) throws(UsageProblem) -> ProxyEvent? {
    let words = line.split(separator: " ").map(String.init)
    guard let verb = words.first else { return nil }
    switch verb {
    case "table": return .table
    case "upgrade": return .upgrade(words.dropFirst().first)
    case "hook":
      guard words.count > 1 else { throw UsageProblem("hook wants the name of a relay, then its hooks.") }
      return .hook(words[1], try ByteHook.parse(Array(words.dropFirst(2))))
    case let other: throw .unknown("command", other, among: ["table", "upgrade", "hook"])
    }
  }
}
