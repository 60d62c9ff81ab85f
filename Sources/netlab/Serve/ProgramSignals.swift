import Dispatch
import Foundation

/// What comes from outside to a running server or relay, one thing after the other: signals, and time.
final class ProgramSignals<Event: Sendable> {
  typealias Door = AsyncStream<Event>.Continuation

  let stream: AsyncStream<Event>
  /// More events, from whoever works for the program.
  let door: Door
  private let sources: [any DispatchSourceProtocol]

  /// What each signal means, and what comes `every` so many seconds.
  init(_ meanings: [Int32: Event], every seconds: Double?, _ tick: Event) {
    let (stream, door) = AsyncStream.makeStream(of: Event.self)
    self.stream = stream
    self.door = door
    let timers = seconds.map { [ProgramSignals.timer($0, tick, door)] } ?? []
    sources = meanings.map { ProgramSignals.source($0.key, $0.value, door) } + timers
  }

  private static func source(_ number: Int32, _ event: Event, _ door: Door) -> any DispatchSourceProtocol {
    signal(number, SIG_IGN)
    let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
    source.setEventHandler { door.yield(event) }
    source.resume()
    return source
  }

  private static func timer(_ seconds: Double, _ event: Event, _ door: Door) -> any DispatchSourceProtocol {
    let timer = DispatchSource.makeTimerSource(queue: .global())
    timer.schedule(deadline: .now() + seconds, repeating: seconds)
    timer.setEventHandler { door.yield(event) }
    timer.resume()
    return timer
  }
}

/// What a running server is told.
enum ServeEvent: Sendable {
  /// SIGINT, SIGTERM or SIGHUP.
  case stop
  /// SIGUSR1, or time passed.
  case table
  /// Nothing is left to wait for.
  case over

  static let meanings: [Int32: ServeEvent] = [
    SIGINT: .stop, SIGTERM: .stop, SIGHUP: .stop, SIGUSR1: .table,
  ]
}
