package import LabFacts

/// One party's part in a dialogue on a stream, without the stream: events in, actions out. Pure, so that a
/// test is a table of what is heard and what is answered.
package protocol Dialogue: Sendable {
  /// What to do about an event, in order.
  mutating func take(_ event: DialogueEvent) -> [DialogueAction]
}

package enum DialogueEvent: Equatable, Sendable {
  /// The stream is up; where it carries TLS from the start, the handshake is done.
  case opened
  /// Bytes of the other party, cut anywhere.
  case heard([UInt8])
  /// The handshake that `startTLS` asked for is done.
  case tlsUp
  /// The other party says no more.
  case ended
}

package enum DialogueAction: Equatable, Sendable {
  case say([UInt8])
  /// Put TLS on the stream. Whatever was heard before it and not yet obeyed must have been thrown away:
  /// bytes from before the handshake are never commands after it (CVE-2011-0411).
  case startTLS
  /// This dialogue is over; `rest`, and all that comes later, is for whoever comes next.
  case done(rest: [UInt8])
  case close(CloseManner)
  case fail(Failure)
  /// One line of the dialogue, for people: safe to print, without secrets.
  case note(Direction, String)
}

/// The two that a relay stands between.
package enum RelayParty: String, Sendable, Codable, CaseIterable {
  /// The one that connected to the relay.
  case client
  /// The one that the relay connected to.
  case backend

  package var other: RelayParty { self == .client ? .backend : .client }
}

/// What a relay does before it only passes bytes on: it finds out where to, and tells both parties what they
/// need to hear.
package protocol RelayDialogue: Sendable {
  mutating func take(_ event: RelayEvent) -> [RelayAction]
}

package enum RelayEvent: Equatable, Sendable {
  /// The client is there; where it speaks TLS from the start, its handshake is done.
  case opened
  case heard(RelayParty, [UInt8])
  case ended(RelayParty)
  /// The connection a `connect` asked for is up: its proxies, STARTTLS and TLS are done.
  case backendUp
  case backendFailed(Failure)
  case tlsUp(RelayParty)
  /// The time of the last `wait` is over.
  case timePassed
}

package enum RelayAction: Equatable, Sendable {
  case say(RelayParty, [UInt8])
  /// As `DialogueAction.startTLS`, with this party. Towards the client the relay is the server.
  case startTLS(RelayParty)
  case connect(ConnectOrder)
  /// Ask for a `timePassed`.
  case wait(milliseconds: Int)
  /// What this party said, and the dialogue kept for the other one. It goes on right after `relay`, through the
  /// hooks, like everything that comes later.
  case pass(from: RelayParty, [UInt8])
  /// From here on bytes go both ways untouched by the dialogue. What it has heard and kept it has passed.
  case relay
  case close(RelayParty, CloseManner)
  case fail(RelayParty, Failure)
  case note(RelayParty, Direction, String)
}
