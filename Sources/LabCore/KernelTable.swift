package import LabFacts

/// The kernel's rows joined with what the lab knows: whose socket it is, and who chose its ports.
package struct KernelTable: Equatable, Sendable {
  package struct Row: Equatable, Sendable {
    package let socket: KernelSocket
    /// Whose it is: `srv listen`, `srv conn 3`, `cli1`. Absent for a socket no program owns any more.
    package let owner: String?
    package let actor: ActorID?
    package let end: EndID?
    package let localChosenBy: PortChooser?
    package let peerChosenBy: PortChooser?
    /// Not in the sample before, or in another state then.
    package let isNew: Bool
  }

  package let source: KernelSample.Source?
  package let rows: [Row]

  /// Listeners first, each followed by its connections; then the clients in order.
  package init(_ state: LabState) {
    source = state.kernel?.source
    let old = Set((state.previousKernel?.sockets ?? []).map(Identity.init))
    rows = state.ownedSockets
      .map {
        KernelTable.row($0, $1, state, isNew: state.previousKernel != nil && !old.contains(Identity($0)))
      }
      .sorted { KernelTable.rank($0) < KernelTable.rank($1) }
  }

  /// The row of the other end of the same connection.
  package func mirror(of row: Row) -> Int? {
    rows.firstIndex {
      $0.socket.state != .listen && $0.socket.local.unmapped == row.socket.peer.unmapped
        && $0.socket.peer.unmapped == row.socket.local.unmapped
    }
  }

  private struct Identity: Hashable {
    let local: Endpoint
    let peer: Endpoint
    let state: TCPState
    init(_ socket: KernelSocket) {
      local = socket.local
      peer = socket.peer
      state = socket.state
    }
  }

  private static func row(_ socket: KernelSocket, _ end: EndState?, _ state: LabState, isNew: Bool) -> Row {
    if socket.state == .listen {
      let server = state.servers.values.first { $0.listening?.endpoint == socket.local }
      return Row(
        socket: socket, owner: server.map { "\($0.actor) listen" }, actor: server?.actor, end: nil,
        localChosenBy: server?.listening?.chosenBy, peerChosenBy: nil, isNew: isNew)
    }
    guard let end else {
      return Row(
        socket: socket, owner: nil, actor: nil, end: nil, localChosenBy: nil, peerChosenBy: nil, isNew: isNew)
    }
    let other = state.other(of: end.id)
    return Row(
      socket: socket, owner: end.side == .server ? "\(end.id.actor) conn \(end.id.ordinal)" : end.label,
      actor: end.id.actor, end: end.id, localChosenBy: end.opening?.localPortChosenBy,
      peerChosenBy: other?.opening?.localPortChosenBy, isNew: isNew)
  }

  private static func rank(_ row: Row) -> (Int, String, Int, String) {
    let group = row.socket.state == .listen || row.end == nil || row.owner?.contains("conn") == true ? 0 : 1
    let name = row.actor?.rawValue ?? "~"
    return (row.owner == nil ? 2 : group, name, row.end?.ordinal ?? 0, row.socket.local.description)
  }
}

extension EndState {
  /// `cli1`, or `cli1 (2)` for its second connection.
  package var label: String { id.ordinal == 1 ? id.actor.rawValue : "\(id.actor) (\(id.ordinal))" }
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
