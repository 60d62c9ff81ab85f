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
      case http(HTTPExchange)
      /// TCP is up at this side, or TLS is.
      case up(Transport)
      case failed(Failure)
      case closed(Fact.Closing)
    }

    package enum Travel: Equatable, Sendable {
      /// Made, but held back at the sender's gate.
      case held
      /// On its way: the receiver has not reported it.
      case sent
      case arrived
    }

    /// The fact it came with.
    package let number: Int
    package let microseconds: Int
    /// Who sent it, or whose mark it is.
    package let side: Side
    package let kind: Kind
    package var travel: Travel

    /// Does it cross from one side to the other?
    package var crosses: Bool {
      switch kind {
      case .inferred, .message, .alert, .data, .http: true
      case .up, .failed, .closed: false
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
      all += Ladder.rungs(of: end, otherIsHere: other != nil)
    }
    all.sort { ($0.number, $0.isInferred ? 0 : 1) < ($1.number, $1.isInferred ? 0 : 1) }
    for (end, other) in [(client, server), (server, client)] {
      if let end { Ladder.markTravel(&all, sender: end, receiver: other) }
    }
    rungs = Ladder.withoutDoubledTCP(all)
  }

  private static func rungs(of end: EndState, otherIsHere: Bool) -> [Rung] {
    end.timeline.elements.flatMap { rungs(for: $0, of: end, otherIsHere: otherIsHere) }
  }

  private static func rungs(for entry: TimelineEntry, of end: EndState, otherIsHere: Bool) -> [Rung] {
    func rung(_ kind: Rung.Kind, by side: Side? = nil, _ travel: Rung.Travel = .arrived) -> Rung {
      Rung(
        number: entry.number, microseconds: entry.microseconds, side: side ?? end.side, kind: kind,
        travel: travel)
    }
    switch entry.event {
    case .connecting: return [rung(.inferred("SYN"), by: .client, .sent)]
    case .opened:
      let answers = [
        rung(.inferred("SYN"), by: .client), rung(.inferred("SYN+ACK"), by: .server),
        rung(.inferred("ACK"), by: .client),
      ]
      return answers + [rung(.up(.plain))]
    case .tlsStarted: return []
    case .message(let direction, let message): return crossing(.message(message), direction)
    case .alert(let direction, let alert): return crossing(.alert(alert), direction)
    case .data(let direction, let count): return crossing(.data(count), direction)
    case .established: return [rung(.up(.tls))]
    case .http(let exchange): return [rung(.http(exchange))]
    case .failed(let failure): return [rung(.failed(failure))]
    case .halfClosed(let direction):
      return otherIsHere && direction == .received
        ? [] : [rung(.inferred("FIN"), by: direction == .sent ? end.side : end.side.other)]
    case .closed(let closing): return [rung(.closed(closing))]
    }

    /// What was received is drawn from the sender's own report, where the sender is in the lab.
    func crossing(_ kind: Rung.Kind, _ direction: Direction) -> [Rung] {
      if direction == .sent { return [rung(kind, .sent)] }
      return otherIsHere ? [] : [rung(kind, by: end.side.other)]
    }
  }

  /// The first `n` crossings of a sender have arrived where the receiver reports `n`; the last ones are
  /// held where its gate holds them.
  private static func markTravel(_ rungs: inout [Rung], sender: EndState, receiver: EndState?) {
    let mine = rungs.indices.filter {
      rungs[$0].side == sender.side && rungs[$0].travel == .sent && rungs[$0].crosses
    }
    for kind in [TravelKind.message, .alert, .data] {
      let sent = mine.filter { TravelKind(rungs[$0].kind) == kind }
      let arrived = receiver.map { arrivals(at: $0, kind) } ?? sent.count
      for index in sent.prefix(arrived) { rungs[index].travel = .arrived }
    }
    let waiting = mine.filter { TravelKind(rungs[$0].kind) != nil }.suffix(sender.held.count)
    for index in waiting { rungs[index].travel = .held }
  }

  private enum TravelKind {
    case message, alert, data

    init?(_ kind: Rung.Kind) {
      switch kind {
      case .message: self = .message
      case .alert: self = .alert
      case .data: self = .data
      case .inferred, .http, .up, .failed, .closed: return nil
      }
    }
  }

  private static func arrivals(at end: EndState, _ kind: TravelKind) -> Int {
    end.timeline.elements.reduce(into: 0) { count, entry in
      switch entry.event {
      case .message(.received, _): if kind == .message { count += 1 }
      case .alert(.received, _): if kind == .alert { count += 1 }
      // Chunks may be joined on the way: any data received means that what was sent has begun to arrive.
      case .data(.received, _): if kind == .data { count = .max / 2 }
      case .message, .alert, .data, .connecting, .opened, .tlsStarted, .established, .http, .halfClosed,
        .closed,
        .failed:
        break
      }
    }
  }

  /// Both ends report `opened`; the three inferred segments and the mark are drawn once.
  private static func withoutDoubledTCP(_ rungs: [Rung]) -> [Rung] {
    var seen: Set<String> = []
    var result: [Rung] = []
    for rung in rungs {
      switch rung.kind {
      case .inferred(let name) where name != "FIN":
        if !seen.insert(name).inserted { continue }
      case .up(.plain):
        if !seen.insert("TCP up").inserted { continue }
      case .inferred, .up, .message, .alert, .data, .http, .failed, .closed: break
      }
      result.append(rung)
    }
    return result
  }
}

extension Ladder.Rung {
  fileprivate var isInferred: Bool {
    if case .inferred = kind { return true }
    return false
  }
}
