package import LabFacts

/// The messages of one connection in order, from both ends: what the ladder draws.
package struct Ladder: Equatable, Sendable {
  /// One step of the ladder.
  package struct Rung: Equatable, Sendable {
    package enum Kind: Equatable, Sendable {
      /// A TCP segment nobody captured: it follows from what the kernel reported.
      case inferred(String)
      case message(HandshakeMessage)
      case alert(Alert)
      case data(Int)
      /// So many bytes that came to an end which speaks TLS and never opened them: a whole encrypted record, or what
      /// is no whole record. Drawn where the sender tells of nothing itself.
      case unopened(Int, isRecord: Bool)
      case http(HTTPExchange)
      /// What carries the bytes is there at this side: TCP is up, or what stands in its place.
      case connected(Network)
      /// TLS is up at this side.
      case secured
      case failed(Failure)
      case closed(Fact.Closing)
    }

    package enum Travel: Equatable, Sendable {
      /// Made, but held back at the sender's gate.
      case held
      /// On its way: the receiver has not reported it.
      case sent
      /// Plain bytes for an end that speaks TLS: it tells of whole records, and has told of none with them.
      case unrecorded
      /// The receiver has read a part of it.
      case partly
      /// The receiver came to its end without reading it.
      case unread
      /// So many of the bytes of its record came, and not all of them, before the receiver came to its end.
      case cut(came: Int, of: Int)
      /// All its bytes came, and the receiver came to its end without opening the record.
      case unopened
      case arrived
    }

    /// The fact it came with.
    package let number: Int
    package let microseconds: Int
    /// Who sent it, or whose mark it is.
    package let side: Side
    package let kind: Kind
    package var travel: Travel
    /// Did it cross as ciphertext?
    package var encrypted = false
    /// Is it a handshake within TLS that is up? Its bytes cross in the application data that follows.
    package var isInside = false

    /// Does it cross from one side to the other?
    package var crosses: Bool {
      switch kind {
      case .inferred, .message, .alert, .data, .unopened: true
      case .connected, .secured, .failed, .closed, .http: false
      }
    }
  }

  package let rungs: [Rung]

  /// The ladder of a connection as far as it has got.
  package init(of connection: Connection, in state: LabState) {
    let client = connection.client.flatMap { state.ends[$0] }
    let server = connection.server.flatMap { state.ends[$0] }
    var all: [Rung] = []
    for (end, other) in [(client, server), (server, client)] {
      guard let end else { continue }
      var mine = LadderTravel.rungs(of: end, other: other)
      LadderTravel.mark(&mine, sender: end, receiver: other)
      if other == nil, state.isInQueue(end) { LadderTravel.hold(back: &mine) }
      all += mine
    }
    all.sort { ($0.number, $0.isInferred ? 0 : 1) < ($1.number, $1.isInferred ? 0 : 1) }
    // A refusal answers the SYN as well as an acceptance does.
    let isAnswered = client?.opening != nil || server?.opening != nil || client?.isRefused == true
    rungs = Ladder.withFinsLast(Ladder.withoutDoubledTCP(all, isUp: isAnswered))
  }

  /// Nothing of a side comes after its FIN (RFC 9293 section 3.6). Where only the other end tells what was sent, it
  /// tells later than the FIN was told.
  private static func withFinsLast(_ rungs: [Rung]) -> [Rung] {
    var rungs = rungs
    for side in [Side.client, .server] {
      guard let fin = rungs.firstIndex(where: { $0.side == side && $0.isFin }),
        let last = rungs.lastIndex(where: { $0.side == side && $0.crosses && !$0.isInferred }), fin < last
      else { continue }
      rungs.insert(rungs.remove(at: fin), at: last)
    }
    return rungs
  }

  /// Both ends report `opened`; the three inferred segments are drawn once.
  private static func withoutDoubledTCP(_ rungs: [Rung], isUp: Bool) -> [Rung] {
    var seen: Set<String> = []
    return rungs.compactMap { rung in
      guard case .inferred(let name) = rung.kind, name != "FIN" else { return rung }
      guard seen.insert(name).inserted else { return nil }
      var once = rung
      if isUp { once.travel = .arrived }
      return once
    }
  }
}

extension LabState {
  /// Has nobody called accept() for a client's connection to a server of the lab?
  fileprivate func isInQueue(_ end: EndState) -> Bool {
    guard end.side == .client, !end.isOver, let target = end.opening?.peer else { return false }
    return servers.values.contains { server in
      server.listening.map { $0.network == .tcp && $0.endpoint.takes(target) } ?? false
    }
  }
}

extension EndState {
  fileprivate var isRefused: Bool { failures.contains { $0.code == .refused } }
}

extension Ladder.Rung {
  fileprivate var isInferred: Bool {
    if case .inferred = kind { return true }
    return false
  }

  fileprivate var isFin: Bool { kind == .inferred("FIN") }
}
