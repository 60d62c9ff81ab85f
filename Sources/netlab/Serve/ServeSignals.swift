import Dispatch
import Foundation

/// What comes from outside to a running server, one thing after the other.
final class ServeSignals {
  enum Event: Sendable {
    /// SIGINT, SIGTERM or SIGHUP.
    case stop
    /// SIGUSR1, or time passed.
    case table
    /// Nothing is left to wait for.
    case over
  }

  let stream: AsyncStream<Event>
  /// More events, from whoever works for the server.
  let door: AsyncStream<Event>.Continuation
  private let sources: [any DispatchSourceProtocol]

  /// `every` is in seconds.
  init(every: Double?) {
    let (stream, continuation) = AsyncStream.makeStream(of: Event.self)
    self.stream = stream
    door = continuation
    let meanings: [(Int32, Event)] = [(SIGINT, .stop), (SIGTERM, .stop), (SIGHUP, .stop), (SIGUSR1, .table)]
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
}
