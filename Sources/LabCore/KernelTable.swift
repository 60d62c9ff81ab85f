package import LabFacts

/// The kernel's rows joined with what the lab knows: whose socket it is, and who chose its ports.
package struct KernelTable: Equatable, Sendable {
  /// Who has a socket.
  package enum Holder: Equatable, Sendable {
    /// A server's listening socket.
    case listener(ActorID)
    /// One end of a connection that a program has.
    case end(EndID, Side)
    /// TCP is up, and nobody has called accept() for it yet.
    case waiting(ActorID)
    /// The program that had it has closed it: only the kernel still knows it.
    case former(EndID, Side)
    /// What is left of a connection that this run never had.
    case earlier
    case nobody
  }

  package struct Row: Equatable, Sendable {
    package let socket: KernelSocket
    package let holder: Holder
    package let localChosenBy: PortChooser?
    package let peerChosenBy: PortChooser?
    /// Not seen before, or in another state, within the last two seconds.
    package let isNew: Bool

    /// Whose it is: `srv listen`, `srv conn 3`, `cli1`, `earlier`. Absent for a socket no program has.
    package var owner: String? {
      switch holder {
      case .listener(let actor): "\(actor) listen"
      case .end(let end, let side): KernelTable.name(end, side)
      case .waiting(let actor): "\(actor) queue"
      case .earlier: "earlier"
      case .former, .nobody: nil
      }
    }

    package var actor: ActorID? {
      switch holder {
      case .listener(let actor), .waiting(let actor): actor
      case .end(let end, _), .former(let end, _): end.actor
      case .earlier, .nobody: nil
      }
    }

    /// The end it belongs to, or belonged to.
    package var end: EndID? {
      switch holder {
      case .end(let end, _), .former(let end, _): end
      case .listener, .waiting, .earlier, .nobody: nil
      }
    }
  }

  /// How long a changed row counts as new.
  package static let newMicroseconds = 2_000_000

  package let source: KernelSample.Source?
  package let rows: [Row]

  /// Listeners first, each followed by its connections; then the clients in order; then what nobody has.
  /// `now` is in microseconds since the run began; the newest fact's time where absent.
  package init(_ state: LabState, now: Int? = nil) {
    source = state.kernel?.source
    let now = now ?? state.last?.microseconds ?? 0
    let pairs = Dictionary(
      state.connections.flatMap { pair in
        [pair.client, pair.server].compactMap { $0 }.map { ($0, pair) }
      }, uniquingKeysWith: { first, _ in first })
    rows = state.ownedSockets
      .map { socket, end in
        KernelTable.row(
          socket, end, state, other: end.flatMap { pairs[$0.id]?.other(than: $0.id) },
          isNew: state.kernelSeen.isNew(socket, now: now))
      }
      .sorted { KernelTable.rank($0) < KernelTable.rank($1) }
  }

  /// The row of the other end of the same connection.
  package func mirror(of row: Row) -> Int? {
    guard row.socket.state != .listen else { return nil }
    return rows.firstIndex {
      $0.socket.state != .listen && $0.socket.local.unmapped == row.socket.peer.unmapped
        && $0.socket.peer.unmapped == row.socket.local.unmapped
    }
  }

  /// `srv conn 3` for a server's end, beside `srv listen`; a client's as everywhere.
  package static func name(_ end: EndID, _ side: Side) -> String {
    side == .server ? "\(end.actor) conn \(end.ordinal)" : end.name(side)
  }

  private static func row(
    _ socket: KernelSocket, _ end: EndState?, _ state: LabState, other: EndID?, isNew: Bool
  ) -> Row {
    let holder = holder(socket, end, state)
    let listening: Fact.Listening? =
      switch holder {
      case .listener(let actor), .waiting(let actor): state.servers[actor]?.listening
      case .end, .former, .earlier, .nobody: nil
      }
    let remote = state.servers.values.first { $0.listening?.endpoint.unmapped == socket.peer.unmapped }
    return Row(
      socket: socket, holder: holder,
      localChosenBy: end?.opening?.localPortChosenBy ?? listening?.chosenBy,
      peerChosenBy: other.flatMap { state.ends[$0]?.opening?.localPortChosenBy }
        ?? remote?.listening?.chosenBy,
      isNew: isNew && holder != .earlier)
  }

  private static func holder(_ socket: KernelSocket, _ end: EndState?, _ state: LabState) -> Holder {
    let server = state.servers.values.first { $0.listening?.endpoint.unmapped == socket.local.unmapped }
    if socket.state == .listen { return server.map { .listener($0.actor) } ?? .nobody }
    if let end { return end.isOver ? .former(end.id, end.side) : .end(end.id, end.side) }
    if socket.state == .timeWait, state.end(local: socket.peer, peer: socket.local) == nil { return .earlier }
    guard let server, !socket.state.isLeaving else { return .nobody }
    return .waiting(server.actor)
  }

  private static func rank(_ row: Row) -> (Int, ActorID, Int, String) {
    let address = row.socket.local.description
    return switch row.holder {
    case .listener(let actor): (0, actor, 0, address)
    case .end(let end, .server): (0, end.actor, end.ordinal, address)
    case .waiting(let actor): (0, actor, .max, row.socket.peer.description)
    case .end(let end, .client): (1, end.actor, end.ordinal, address)
    case .former(let end, _): (2, end.actor, end.ordinal, address)
    case .earlier: (3, "~", 0, address)
    case .nobody: (2, "~", row.socket.state == .listen ? 0 : 1, address)
    }
  }
}

extension TCPState {
  /// Is the connection on its way out?
  fileprivate var isLeaving: Bool {
    switch self {
    case .finWait1, .finWait2, .timeWait, .close, .closeWait, .lastAck, .closing: true
    case .established, .synSent, .synReceived, .listen, .newSynReceived: false
    }
  }
}

extension LabState {
  /// The kernel's newest rows, each with the end it belongs to.
  package var ownedSockets: [(socket: KernelSocket, end: EndState?)] {
    // A client in SYN-SENT has not reported its own port yet: it is known by its target alone, so such rows
    // are dealt out to the waiting clients in order.
    var waiting = endOrder.compactMap { ends[$0] }.filter { $0.opening == nil && !$0.isOver }
    return (kernel?.sockets ?? []).map { socket in
      if socket.state == .listen { return (socket, nil) }
      if let end = end(local: socket.local, peer: socket.peer) { return (socket, end) }
      guard socket.state == .synSent,
        let index = waiting.firstIndex(where: { $0.target?.unmapped == socket.peer.unmapped })
      else { return (socket, nil) }
      return (socket, waiting.remove(at: index))
    }
  }

  /// The kernel's newest row for one end; nothing where the kernel has none.
  package func kernelSocket(of end: EndID) -> KernelSocket? {
    ownedSockets.first { $0.end?.id == end }?.socket
  }

  /// The open or past end with exactly these endpoints, the newest where a port was used again.
  package func end(local: Endpoint, peer: Endpoint) -> EndState? {
    for id in endOrder.reversed() {
      guard let end = ends[id], let opening = end.opening else { continue }
      if opening.local.unmapped == local.unmapped, opening.peer.unmapped == peer.unmapped { return end }
    }
    return nil
  }
}
