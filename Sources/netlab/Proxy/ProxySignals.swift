import Dispatch
import Foundation
import LabFacts
import LabRuntime

/// What comes from outside to running relays: signals, time, and commands on standard input.
final class ProxySignals {
  typealias Door = AsyncStream<Event>.Continuation

  enum Event: Sendable {
    case stop
    case table
    /// TLS for what began in clear; without a name for all relays.
    case upgrade(String?)
    case hook(String, [ByteHook])
    /// Nothing is left to wait for.
    case over
  }

  let stream: AsyncStream<Event>
  /// More events, from whoever works for the relays.
  let door: Door
  private let sources: [any DispatchSourceProtocol]

  /// `every` is in seconds.
  init(every: Double?) {
    let (stream, continuation) = AsyncStream.makeStream(of: Event.self)
    self.stream = stream
    door = continuation
    let meanings: [(Int32, Event)] = [
      (SIGINT, .stop), (SIGTERM, .stop), (SIGHUP, .stop), (SIGUSR1, .table), (SIGUSR2, .upgrade(nil)),
    ]
    var sources: [any DispatchSourceProtocol] = meanings.map { number, event in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { continuation.yield(event) }
      source.resume()
      return source
    }
    if let every {
      let timer = DispatchSource.makeTimerSource(queue: .global())
      timer.schedule(deadline: .now() + every, repeating: every)
      timer.setEventHandler { continuation.yield(.table) }
      timer.resume()
      sources.append(timer)
    }
    self.sources = sources
  }

  /// Reads commands on a thread of its own; their end ends nothing.
  func readCommands() {
    let door = door
    Thread.detachNewThread {
      while let line = readLine() {
        do throws(UsageProblem) {
          if let event = try ProxySignals.command(line) { door.yield(event) }
        } catch {
          ServeOutput.tell(error.message)
        }
      }
    }
  }

  private static func command(_ line: String) throws(UsageProblem) -> Event? {
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
