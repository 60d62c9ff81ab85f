package import LabFacts

/// One TCP connection: one end, or both where both are in the lab.
package struct Connection: Hashable, Sendable {
  package let client: EndID?
  package let server: EndID?

  package init(client: EndID?, server: EndID?) {
    self.client = client
    self.server = server
  }

  package func end(_ side: Side) -> EndID? { side == .client ? client : server }
  package func has(_ end: EndID) -> Bool { client == end || server == end }
  /// The partner of one of its ends.
  package func other(than end: EndID) -> EndID? { client == end ? server : client }
}

extension LabState {
  /// All connections, in the order of their first fact. Two ends belong together when each one's local
  /// endpoint is the other's peer endpoint: the four-tuple, read from both sides. Where a port was used
  /// again, the newest ends of a tuple belong together, then those before them.
  package var connections: [Connection] {
    let serverOf = partners
    let taken = Set(serverOf.values)
    return endOrder.compactMap { id in
      guard let end = ends[id] else { return nil }
      if end.side == .client { return Connection(client: id, server: serverOf[id]) }
      return taken.contains(id) ? nil : Connection(client: nil, server: id)
    }
  }

  /// The server's end of each client's end.
  private var partners: [EndID: EndID] {
    var clients: [FourTuple: [EndID]] = [:]
    var servers: [FourTuple: [EndID]] = [:]
    for id in endOrder {
      guard let end = ends[id], let tuple = FourTuple(end) else { continue }
      if end.side == .client {
        clients[tuple, default: []].append(id)
      } else {
        servers[tuple, default: []].append(id)
      }
    }
    return clients.reduce(into: [:]) { partners, entry in
      for (client, server) in zip(entry.value.reversed(), servers[entry.key, default: []].reversed()) {
        partners[client] = server
      }
    }
  }

  /// The connection an end belongs to.
  package func connection(of end: EndID) -> Connection? { connections.first { $0.has(end) } }

  /// The other end, where it is in the lab.
  package func other(of end: EndID) -> EndState? {
    guard let connection = connection(of: end) else { return nil }
    let id = connection.client == end ? connection.server : connection.client
    return id.flatMap { ends[$0] }
  }
}

/// Client endpoint and server endpoint: what identifies a connection for every kernel.
private struct FourTuple: Hashable {
  let client: Endpoint
  let server: Endpoint

  init?(_ end: EndState) {
    guard let opening = end.opening else { return nil }
    let (local, peer) = (opening.local.unmapped, opening.peer.unmapped)
    client = end.side == .client ? local : peer
    server = end.side == .client ? peer : local
  }
}
