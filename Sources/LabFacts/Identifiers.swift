/// The name a lesson gives to one of its programs: `srv`, `cli1`.
package struct ActorID: Hashable, Sendable, Codable, RawRepresentable, CustomStringConvertible, Comparable,
  ExpressibleByStringLiteral
{
  package let rawValue: String

  package init(rawValue: String) { self.rawValue = rawValue }
  package init(_ name: String) { rawValue = name }
  package init(stringLiteral value: String) { rawValue = value }

  /// The actor that holds a relay's ends towards its backends.
  package var backend: ActorID { ActorID(rawValue + "-out") }

  package var description: String { rawValue }

  /// By name, and names alike by the number at their end: `s2` comes before `s10`.
  package static func < (a: ActorID, b: ActorID) -> Bool {
    let (one, other) = (a.parts, b.parts)
    return (one.name, one.number, a.rawValue) < (other.name, other.number, b.rawValue)
  }

  private var parts: (name: Substring, number: Int) {
    let digits = rawValue.reversed().prefix { $0.isASCII && $0.isNumber }.count
    return (rawValue.dropLast(digits), Int(rawValue.suffix(digits)) ?? 0)
  }
}

/// One end of one TCP connection, as the program that holds it sees it.
///
/// A connection inside the lab has two ends with an `EndID` each; LabCore pairs them by their mirrored
/// endpoints. A connection from a browser has one end here.
package struct EndID: Hashable, Sendable, Codable, CustomStringConvertible, Comparable {
  /// The program that holds this end.
  package let actor: ActorID
  /// Counts the ends this actor has had in this run, from 1.
  package let ordinal: Int

  package init(_ actor: ActorID, _ ordinal: Int) {
    self.actor = actor
    self.ordinal = ordinal
  }

  package var description: String { "\(actor)#\(ordinal)" }
  package static func < (a: EndID, b: EndID) -> Bool {
    (a.actor, a.ordinal) < (b.actor, b.ordinal)
  }
}

/// Which role an end plays. Both TCP and TLS call the one that opens the connection the client.
package enum Side: String, Sendable, Codable, CaseIterable {
  case client
  case server

  package var other: Side { self == .client ? .server : .client }
}

/// Which way something went, seen from the end that reports it.
package enum Direction: String, Sendable, Codable, CaseIterable {
  case sent
  case received

  package var mirrored: Direction { self == .sent ? .received : .sent }
}

/// What a connection carries first: application bytes in clear, or TLS.
package enum Transport: String, Sendable, Codable, CaseIterable {
  case plain
  case tls
}
