import LabFacts

/// One connection as a wire would show it: who its two ends are, and what was seen of each.
struct Flow {
  /// What is known of one end that is in the lab.
  struct End {
    let id: EndID
    let openedAt: Int
    var hasSaidAll = false
    var closedAt: Int?
    /// Bytes it sent, once that is told.
    var sent = 0
    /// It saw the other's FIN, or its RST.
    var sawEnd = false
    var sawReset = false
  }

  let network: Network
  let client: Endpoint
  let server: Endpoint
  var ends: [Side: End] = [:]
  /// When the client asked its kernel.
  var askedAt: Int?

  /// All of a run, in the order of their first fact, and which flow each end belongs to.
  static func all(of facts: [StampedFact]) -> (flows: [Flow], of: [EndID: (index: Int, side: Side)]) {
    var flows: [Flow] = []
    var places: [EndID: (index: Int, side: Side)] = [:]
    var asked: [EndID: Int] = [:]
    for stamped in facts {
      if case .connecting(let id, _) = stamped.fact { asked[id] = stamped.microseconds }
      if case .opened(let id, let opening) = stamped.fact {
        let index = place(opening, in: &flows)
        flows[index].ends[opening.side] = End(id: id, openedAt: stamped.microseconds)
        if opening.side == .client { flows[index].askedAt = asked[id] }
        places[id] = (index, opening.side)
      }
      guard let id = stamped.fact.end, let place = places[id] else { continue }
      flows[place.index].ends[place.side]?.learn(stamped)
    }
    return (flows, places)
  }

  /// The flow whose other end has the same four-tuple and no partner yet, or a new one.
  private static func place(_ opening: Fact.Opening, in flows: inout [Flow]) -> Int {
    let (local, peer) = (opening.local.unmapped, opening.peer.unmapped)
    let (client, server) = opening.side == .client ? (local, peer) : (peer, local)
    let mate = flows.lastIndex {
      $0.network == opening.network && $0.client == client && $0.server == server
        && $0.ends[opening.side] == nil
    }
    if let mate { return mate }
    flows.append(Flow(network: opening.network, client: client, server: server))
    return flows.count - 1
  }
}

extension Flow.End {
  fileprivate mutating func learn(_ stamped: StampedFact) {
    switch stamped.fact {
    case .traffic(_, let traffic): sent = max(sent, traffic.wireSent)
    case .halfClosed(_, .sent): hasSaidAll = true
    case .halfClosed(_, .received): sawEnd = true
    case .closed(_, let closing):
      closedAt = stamped.microseconds
      sent = max(sent, closing.traffic.wireSent)
    case .failed(_, let failure):
      if failure.code == .resetByPeer || failure.code == .brokenPipe { sawReset = true }
    default: break  // what else happens at an end does not change what its kernel sends
    }
  }
}
