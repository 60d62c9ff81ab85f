package import LabFacts

/// What is known about one end of one connection. The same type serves clients and servers.
package struct EndState: Equatable, Sendable {
  /// Where the TCP connection stands, as this end sees it.
  package enum Phase: String, Sendable {
    /// Next: open, failed.
    case connecting
    /// Next: half-closed, closed.
    case open
    /// One direction has ended. Next: closed.
    case halfClosed = "half-closed"
    case closed
    /// It never opened.
    case failed
  }

  /// A stretch of wire bytes with its way and its place in the order of facts.
  package struct WireEntry: Equatable, Sendable {
    package let number: Int
    package let microseconds: Int
    package let direction: Direction
    package let segment: WireSegment
  }

  /// A line said or heard, with its place in the order of facts.
  package struct DialogueEntry: Equatable, Sendable {
    package let number: Int
    package let direction: Direction
    package let line: String
  }

  /// Bytes of the application with their way and their place in the order of facts.
  package struct DataEntry: Equatable, Sendable {
    package let number: Int
    package let direction: Direction
    package let bytes: Bytes
  }

  /// Bytes of wire segments kept per end.
  package static let wireLimit = 256 * 1024

  package let id: EndID
  package private(set) var phase: Phase = .connecting
  package private(set) var target: Endpoint?
  /// A client's: the protocol it speaks in clear until it asks for TLS.
  package private(set) var starttls: MailProtocol?
  package private(set) var opening: Fact.Opening?
  package private(set) var transport: Transport = .plain
  package private(set) var side: Side = .client
  package private(set) var tls = TLSState()
  package private(set) var timeline = Recent<TimelineEntry>(limit: 256)
  package private(set) var wire = Recent<WireEntry>(limit: 256)
  package private(set) var wireSent = ByteRecord()
  package private(set) var wireReceived = ByteRecord()
  package private(set) var dataSent = ByteRecord()
  package private(set) var dataReceived = ByteRecord()
  /// The same bytes, chunk by chunk.
  package private(set) var chunks = Recent<DataEntry>(limit: 64)
  package private(set) var traffic = Fact.Traffic()
  package private(set) var exchanges = Recent<HTTPExchange>(limit: 64)
  package private(set) var failures: [Failure] = []
  /// The end that a relay passes this one's bytes to.
  package private(set) var partner: EndID?
  /// Lines of dialogues around TLS.
  package private(set) var dialogue = Recent<DialogueEntry>(limit: 64)
  package private(set) var closing: Fact.Closing?
  /// Sizes of the chunks its program was given, as far as they were told one by one.
  package private(set) var reads = Recent<Int>(limit: 256)
  /// It reads when it is told to, and has not been told to read always.
  package private(set) var hasReadWhenTold = false
  /// What goes wrong with what it sends.
  package private(set) var faults: [WireFault] = []
  /// What the server's private key opened of it for somebody who recorded it.
  package private(set) var keyReading: KeyReading?
  package private(set) var gateClosed = false
  /// Titles of the records held at the gate, oldest first.
  package private(set) var held: [String] = []

  package init(id: EndID) { self.id = id }

  package var local: Endpoint? { opening?.local }
  package var peer: Endpoint? { opening?.peer ?? target }
  package var isOver: Bool { phase == .closed || phase == .failed }

  /// Takes in one fact about this end.
  mutating func take(_ stamped: StampedFact) {
    record(stamped)
    switch stamped.fact {
    case .connecting(_, let connecting):
      target = connecting.to
      starttls = connecting.starttls
      transport = connecting.transport
      side = .client
    case .opened(_, let opened):
      opening = opened
      transport = opened.transport
      side = opened.side
      phase = .open
    case .wire(_, let direction, let segment):
      wire.append(
        WireEntry(
          number: stamped.number, microseconds: stamped.microseconds, direction: direction, segment: segment))
      wire.keepNewest(within: EndState.wireLimit) { $0.segment.bytes.kept.count }
      if direction == .sent { wireSent.append(segment.bytes) } else { wireReceived.append(segment.bytes) }
    case .data(_, let direction, let bytes):
      if direction == .sent { dataSent.append(bytes) } else { dataReceived.append(bytes) }
      if direction == .received { reads.append(bytes.total) }
      chunks.append(DataEntry(number: stamped.number, direction: direction, bytes: bytes))
      chunks.keepNewest(within: EndState.wireLimit) { $0.bytes.kept.count }
    case .read(_, let step): hasReadWhenTold = step != .always
    case .faultsChanged(_, let list): faults = list
    case .keyTried(_, _, let reading): keyReading = reading
    case .traffic(_, let totals): traffic = totals
    case .halfClosed: if phase == .open { phase = .halfClosed }
    case .closed(_, let how):
      closing = how
      traffic = how.traffic
      phase = .closed
    case .failed(_, let failure):
      failures.append(failure)
      if phase == .connecting { phase = .failed }
    case .http(_, let exchange): exchanges.append(exchange)
    case .gateChanged(_, let closed): gateClosed = closed
    case .held(_, let title, _): held.append(title)
    case .released: if !held.isEmpty { held.removeFirst() }
    case .relayed(_, let other): partner = other
    case .dialogue(_, let direction, let line):
      dialogue.append(DialogueEntry(number: stamped.number, direction: direction, line: line))
    case .tlsStarted, .tlsStopped, .message, .alert, .tlsState, .verified, .established, .ticket, .keyLogged:
      tls.take(stamped.fact)
    case .resolved, .ready, .hooked, .faultStruck, .listening, .stoppedListening, .actorFailed,
      .acceptingChanged,
      .acceptFailed,
      .weakened, .hooksChanged, .drained, .programStarted, .programEnded, .kernel, .portRange, .timerFired,
      .wiped:
      break
    }
  }

  private mutating func record(_ stamped: StampedFact) {
    guard let event = TimelineEntry.Event(stamped.fact) else { return }
    timeline.append(
      TimelineEntry(number: stamped.number, microseconds: stamped.microseconds, event: event))
  }
}

extension TimelineEntry.Event {
  /// The event a fact makes in an end's timeline; facts that only count make none.
  init?(_ fact: Fact) {
    switch fact {
    case .connecting(_, let connecting): self = .connecting(connecting.to)
    case .opened: self = .opened
    case .tlsStarted: self = .tlsStarted
    case .tlsStopped: self = .tlsStopped
    case .dialogue(_, let direction, let line): self = .dialogue(direction, line)
    case .message(_, let direction, let message): self = .message(direction, message)
    case .alert(_, let direction, let alert): self = .alert(direction, alert)
    case .established: self = .established
    case .data(_, let direction, let bytes): self = .data(direction, bytes.total)
    case .http(_, let exchange): self = .http(exchange)
    case .halfClosed(_, let direction): self = .halfClosed(direction)
    case .closed(_, let closing): self = .closed(closing)
    case .failed(_, let failure): self = .failed(failure)
    case .wire, .traffic, .tlsState, .verified, .ticket, .keyLogged, .gateChanged, .held, .released,
      .resolved,
      .relayed, .ready, .hooked, .read, .faultsChanged, .faultStruck, .keyTried, .listening,
      .stoppedListening,
      .actorFailed, .acceptingChanged,
      .acceptFailed,
      .weakened, .hooksChanged, .drained, .programStarted, .programEnded, .kernel, .portRange, .timerFired,
      .wiped:
      return nil
    }
  }
}
