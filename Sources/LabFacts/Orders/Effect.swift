/// Something to do at the edge, as a value. Imperative, with identities, so that it can be compared,
/// written in a lesson, replayed and cancelled.
package enum Effect: Equatable, Sendable, Codable {
  case listen(ActorID, ListenOrder)
  case stopListening(ActorID)
  /// Pause or resume accept(). A paused listener's kernel queue fills.
  case setAccepting(ActorID, Bool)
  /// Start a relay. Its clients' ends belong to the actor, its ends towards backends to `ActorID.backend`.
  case relay(ActorID, RelayOrder)
  /// Change what a relay does to bytes, from the next chunk on.
  case setHooks(ActorID, [ByteHook])
  /// Take no more connections, let those that are open finish within this time, then close the rest.
  case drain(ActorID, milliseconds: Int)
  /// `EndID` is given by whoever orders: the connection is known by it from its first fact on.
  case connect(EndID, ConnectOrder)
  case send(EndID, [UInt8])
  /// One read from the socket, of at most so many bytes, by an end that reads when it is told to.
  case read(EndID, maximum: Int)
  /// Read by itself from now on.
  case readAlways(EndID)
  /// What goes wrong from now on with what this end sends; offsets count from here.
  case setFaults(EndID, [WireFault])
  case close(EndID, CloseManner)
  /// Put TLS on the stream of this end as it is now, at most `TLSPlace.inside` another TLS.
  case startTLS(EndID, Side, TLSOptions, TLSPlace)
  /// Take the outermost TLS off by close_notify, and go on beneath it.
  case stopTLS(EndID)
  /// Close or open the gate of one end that exists.
  case setGate(EndID, closed: Bool)
  /// Let the oldest held record of this end go.
  case release(EndID)
  /// Run a program of the machine once. It is no socket: the runtime does it, not the bench.
  case runProgram(ActorID, ProgramOrder)
  /// Try the private key of this identity on what was recorded of a connection. The runtime has the keys.
  case tryKey(EndID, identity: String, client: Bytes, server: Bytes)
  case startTimer(TimerID, milliseconds: Int)
  case cancelTimer(TimerID)
  /// Read the kernel's table now, without waiting for the next sample.
  case sampleKernel
  /// Close and forget everything the run made.
  case wipe
}

/// Where a TLS handshake that begins on a living connection has its bytes.
package enum TLSPlace: String, Sendable, Codable, CaseIterable {
  /// On the stream as the application sees it: on clear bytes, or inside the TLS that is there.
  case inside
  /// On the bare wire, throwing away the TLS that was there: the mistake of a second handshake.
  case instead
}

/// How to end a connection.
package enum CloseManner: String, Sendable, Codable, CaseIterable {
  /// In order: with TLS close_notify first, then FIN.
  case clean
  /// FIN, without close_notify.
  case fin
  /// End our direction only; the other goes on.
  case half
  /// RST.
  case reset
}
