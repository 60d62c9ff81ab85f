package import LabFacts

/// One thing that happened to one end, in its place.
package struct TimelineEntry: Equatable, Sendable {
  package enum Event: Equatable, Sendable {
    case connecting(Endpoint)
    case opened
    case tlsStarted
    case tlsStopped
    case dialogue(Direction, String)
    case message(Direction, HandshakeMessage)
    case alert(Direction, Alert)
    case established
    case data(Direction, Int)
    case http(HTTPExchange)
    case halfClosed(Direction)
    case closed(Fact.Closing)
    case failed(Failure)
  }

  /// The number of the fact, for ordering two ends of a connection on one screen.
  package let number: Int
  package let microseconds: Int
  package var event: Event

  package init(number: Int, microseconds: Int, event: Event) {
    self.number = number
    self.microseconds = microseconds
    self.event = event
  }

  /// The word lesson files use for the kind of event.
  package var word: String {
    switch event {
    case .connecting: "connecting"
    case .opened: "opened"
    case .tlsStarted: "tls-started"
    case .tlsStopped: "tls-stopped"
    case .dialogue: "dialogue"
    case .message: "message"
    case .alert: "alert"
    case .established: "established"
    case .data: "data"
    case .http: "http"
    case .halfClosed: "half-closed"
    case .closed: "closed"
    case .failed: "failed"
    }
  }

  package var direction: Direction? {
    switch event {
    case .message(let direction, _), .alert(let direction, _), .data(let direction, _),
      .halfClosed(let direction), .dialogue(let direction, _):
      direction
    case .connecting, .opened, .tlsStarted, .tlsStopped, .established, .http, .closed, .failed: nil
    }
  }
}
