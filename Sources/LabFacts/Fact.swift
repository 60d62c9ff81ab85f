/// Something that happened, as a value. Past tense, never a wish.
///
/// Facts are totally ordered by arrival; only the order per end is meaningful.
package enum Fact: Equatable, Sendable, Codable {
  // Servers
  case listening(ActorID, Listening)
  case stoppedListening(ActorID)
  /// A server could not start, or a setup was wrong: no connection exists.
  case actorFailed(ActorID, Failure)
  /// Accepting was paused (false) or resumed (true): the kernel goes on queueing connections.
  case acceptingChanged(ActorID, Bool)
  /// accept() failed; the server goes on and tries again.
  case acceptFailed(ActorID, Failure)
  /// TLS of this program forgives these X509_V_ERR numbers: it proves less than it seems to.
  case weakened(ActorID, [Int])
  /// What a relay does to bytes from now on.
  case hooksChanged(ActorID, [ByteHook])
  /// No connection is left, and none is taken any more.
  case drained(ActorID)

  // Programs of the machine
  case programStarted(ActorID, ProgramOrder)
  case programEnded(ActorID, ProgramEnd)

  // Connections, each seen from one end
  /// connect() was called; the kernel has not answered yet. `local` is known where it was bound first.
  case connecting(EndID, Connecting)
  /// A name was looked up; the addresses in the order they are tried.
  case resolved(EndID, name: String, [String])
  case opened(EndID, Opening)
  /// A relay connects its client's end (first) with its backend's end (second).
  case relayed(EndID, EndID)
  /// One line of a dialogue around TLS: with a proxy, or before STARTTLS. Safe to print, without secrets.
  case dialogue(EndID, Direction, String)
  /// After a dialogue around TLS: everything beneath the application is up.
  case ready(EndID)
  /// A relay's hook saw these bytes, coming in at this end.
  case hooked(EndID, ByteHook, before: Bytes, after: Bytes)
  /// TLS was put on an open connection (implicit TLS: right after `opened`).
  case tlsStarted(EndID, Side)
  /// TLS was taken off; the connection goes on beneath it.
  case tlsStopped(EndID)
  case wire(EndID, Direction, WireSegment)
  /// Application bytes: what the program wrote, or was given.
  case data(EndID, Direction, Bytes)
  /// An end that reads when it is told to has read so many bytes from its socket, or reads by itself from now on.
  case read(EndID, ReadStep)
  /// What goes wrong from now on with what this end sends.
  case faultsChanged(EndID, [WireFault])
  /// A fault did what it does.
  case faultStruck(EndID, WireFault)
  /// Somebody who recorded this connection has tried the server's private key on it.
  case keyTried(EndID, identity: String, KeyReading)
  /// Totals since the connection opened; reported at most at frame rate.
  case traffic(EndID, Traffic)
  case halfClosed(EndID, Direction)
  case closed(EndID, Closing)
  case failed(EndID, Failure)

  // TLS, each seen from one end
  case message(EndID, Direction, HandshakeMessage)
  case alert(EndID, Direction, Alert)
  /// The engine's own word for what it waits for. For display only.
  case tlsState(EndID, String)
  case verified(EndID, Verification)
  /// One per side: under TLS 1.3 the two differ in time.
  case established(EndID, Negotiated)
  case ticket(EndID, Direction)
  /// A line in NSS key log format.
  case keyLogged(EndID, String)

  // The gate
  /// The gate of this end was closed (true) or opened (false).
  case gateChanged(EndID, Bool)
  /// A record was made but held back at the gate. `waiting` counts those held after it.
  case held(EndID, title: String, waiting: Int)
  case released(EndID, title: String, waiting: Int)

  // Applications
  case http(EndID, HTTPExchange)

  // Around
  case kernel(KernelSample)
  case portRange(PortRange)
  case timerFired(TimerID)
  /// Everything was stopped and forgotten: a new run starts from nothing.
  case wiped
}

extension Fact {
  /// A server that listens.
  package struct Listening: Hashable, Sendable, Codable {
    /// The address the kernel gave.
    package let network: Network
    package let endpoint: Endpoint
    package let transport: Transport
    package let chosenBy: PortChooser
    /// The port that was preferred, and taken.
    package let preferredPort: Int?
    package let backlog: Int
    package let descriptor: Int?

    package init(
      network: Network = .tcp, endpoint: Endpoint, transport: Transport, chosenBy: PortChooser,
      preferredPort: Int? = nil, backlog: Int, descriptor: Int? = nil
    ) {
      self.network = network
      self.endpoint = endpoint
      self.transport = transport
      self.chosenBy = chosenBy
      self.preferredPort = preferredPort
      self.backlog = backlog
      self.descriptor = descriptor
    }
  }

  /// A client that has asked its kernel to connect.
  package struct Connecting: Hashable, Sendable, Codable {
    package let to: Endpoint
    package let transport: Transport
    package let localPort: Int?
    /// The protocol spoken in clear until TLS is asked for.
    package let starttls: MailProtocol?

    package init(
      to: Endpoint, transport: Transport, localPort: Int? = nil, starttls: MailProtocol? = nil
    ) {
      self.to = to
      self.transport = transport
      self.localPort = localPort
      self.starttls = starttls
    }
  }

  /// A TCP connection that is up at one end.
  package struct Opening: Hashable, Sendable, Codable {
    package let network: Network
    package let side: Side
    package let transport: Transport
    package let local: Endpoint
    package let peer: Endpoint
    /// Who chose the local port.
    package let localPortChosenBy: PortChooser
    package let descriptor: Int?

    package init(
      network: Network = .tcp, side: Side, transport: Transport, local: Endpoint, peer: Endpoint,
      localPortChosenBy: PortChooser, descriptor: Int? = nil
    ) {
      self.network = network
      self.side = side
      self.transport = transport
      self.local = local
      self.peer = peer
      self.localPortChosenBy = localPortChosenBy
      self.descriptor = descriptor
    }
  }

  /// What an end that reads when it is told to did.
  package enum ReadStep: Hashable, Sendable, Codable {
    case once(bytes: Int)
    case always
  }

  /// Bytes so far, each way, on the wire and as the application sees them.
  package struct Traffic: Hashable, Sendable, Codable {
    package var wireSent = 0
    package var wireReceived = 0
    package var dataSent = 0
    package var dataReceived = 0
    package init() {}
  }

  /// How a connection ended at one end.
  package struct Closing: Hashable, Sendable, Codable {
    package enum Manner: String, Sendable, Codable, CaseIterable {
      /// Both directions ended in order (with TLS: close_notify both ways or ours before the peer's FIN).
      case clean
      /// RST: the kernel threw away what was unread.
      case reset
      /// The stream ended where more was promised (TLS without close_notify, or in mid-handshake).
      case truncated
      /// This end gave up after a failure.
      case aborted
    }

    package let manner: Manner
    /// Which end closed first.
    package let by: Failure.Decider
    package let traffic: Traffic

    package init(manner: Manner, by: Failure.Decider, traffic: Traffic) {
      self.manner = manner
      self.by = by
      self.traffic = traffic
    }
  }

  /// The end this fact is about, where it is about one.
  package var end: EndID? {
    switch self {
    case .connecting(let end, _), .resolved(let end, _, _), .opened(let end, _), .relayed(let end, _),
      .dialogue(let end, _, _), .hooked(let end, _, _, _), .ready(let end), .tlsStarted(let end, _),
      .tlsStopped(let end),
      .wire(let end, _, _),
      .data(let end, _, _), .read(let end, _), .faultsChanged(let end, _), .faultStruck(let end, _),
      .keyTried(let end, _, _),
      .traffic(let end, _), .halfClosed(let end, _), .closed(let end, _),
      .failed(let end, _), .message(let end, _, _), .alert(let end, _, _), .tlsState(let end, _),
      .verified(let end, _), .established(let end, _), .ticket(let end, _), .keyLogged(let end, _),
      .gateChanged(let end, _), .held(let end, _, _), .released(let end, _, _), .http(let end, _):
      end
    case .listening, .stoppedListening, .actorFailed, .acceptingChanged, .acceptFailed, .weakened,
      .hooksChanged, .drained, .programStarted, .programEnded, .kernel, .portRange, .timerFired,
      .wiped:
      nil
    }
  }
}

/// Names a timer, so that it can be cancelled and recognised.
package struct TimerID: Hashable, Sendable, Codable, RawRepresentable {
  package let rawValue: String
  package init(rawValue: String) { self.rawValue = rawValue }
  package init(_ name: String) { rawValue = name }
}

/// A fact with its place in the order of arrival and its time.
package struct StampedFact: Equatable, Sendable, Codable {
  /// From 1, without gaps.
  package let number: Int
  /// Since the run began, monotonic.
  package let microseconds: Int
  package let fact: Fact

  package init(number: Int, microseconds: Int, fact: Fact) {
    self.number = number
    self.microseconds = microseconds
    self.fact = fact
  }
}
