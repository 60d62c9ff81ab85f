import LabFacts

/// Something that one end's kernel put on the wire, with the end that says so.
struct FlowEvent {
  enum Kind {
    /// The three segments that open a connection: no program saw them.
    case opening
    case data(WireSegment)
    case fin
    case rst
  }

  let flow: Int
  let from: Side
  var microseconds: Int
  let kind: Kind
  let teller: EndID
}

/// Turns facts into what crossed the wire. Bytes are told by the end that sent them; only where that one is not in
/// the lab, by the one that received them. So nothing is there twice. An end with faults below its TLS tells what it
/// meant to send: there the receiver is asked.
struct FlowEvents {
  private(set) var events: [FlowEvent] = []
  private let flows: [Flow]
  private let places: [EndID: (index: Int, side: Side)]
  private var gates: [EndID: HeldBack] = [:]
  /// Ends whose bytes were changed, delayed or thrown away between their TLS and their socket.
  private let distorted: Set<EndID>

  /// Records that wait at the gate of an end: they are not on the wire yet.
  private struct HeldBack {
    var isClosed = false
    var waiting: [FlowEvent] = []
  }

  init(_ facts: [StampedFact], _ flows: [Flow], _ places: [EndID: (index: Int, side: Side)]) {
    self.flows = flows
    self.places = places
    distorted = facts.reduce(into: []) { ends, stamped in
      switch stamped.fact {
      case .faultsChanged(let id, let faults): if !faults.isEmpty { ends.insert(id) }
      case .faultStruck(let id, _): ends.insert(id)
      default: break  // no other fact tells of a fault
      }
    }
    for index in flows.indices where flows[index].network == .tcp { open(index) }
    for stamped in facts {
      if let id = stamped.fact.end, let place = places[id] { take(stamped, id, place.index, place.side) }
    }
    // Stable: what happened in the same microsecond stays in the order of its telling.
    events = events.enumerated().sorted {
      ($0.element.microseconds, $0.offset) < ($1.element.microseconds, $1.offset)
    }.map(\.element)
  }

  private mutating func open(_ index: Int) {
    guard let first = flows[index].ends.values.min(by: { $0.openedAt < $1.openedAt }) else { return }
    events.append(
      FlowEvent(
        flow: index, from: .client, microseconds: first.openedAt, kind: .opening, teller: first.id))
  }

  private mutating func take(_ stamped: StampedFact, _ id: EndID, _ index: Int, _ side: Side) {
    let other = flows[index].ends[side.other]?.id
    // Whose word counts for what the other side sent, and for what this one did.
    let isHeard = other.map { distorted.contains($0) } ?? true
    let isTrusted = other == nil || !distorted.contains(id)
    func event(_ from: Side, _ kind: FlowEvent.Kind) -> FlowEvent {
      FlowEvent(flow: index, from: from, microseconds: stamped.microseconds, kind: kind, teller: id)
    }
    switch stamped.fact {
    case .wire(_, .sent, let segment) where isTrusted: sent(event(side, .data(segment)), segment)
    case .wire(_, .received, let segment) where isHeard: events.append(event(side.other, .data(segment)))
    case .gateChanged(_, let closed): gates[id, default: HeldBack()].isClosed = closed
    case .released(_, let title, _): release(id, title, at: stamped.microseconds)
    case .halfClosed(_, .sent) where isTrusted: events.append(event(side, .fin))
    case .halfClosed(_, .received) where isHeard: events.append(event(side.other, .fin))
    case .failed where isHeard && flows[index].ends[side]?.sawReset == true:
      events.append(event(side.other, .rst))
    case .closed where isTrusted: if let kind = ending(index, side) { events.append(event(side, kind)) }
    default: break  // what else happens at an end is not on the wire
    }
  }

  private mutating func sent(_ event: FlowEvent, _ segment: WireSegment) {
    guard let gate = gates[event.teller], gate.isClosed || !gate.waiting.isEmpty, segment.kind != .clear
    else { return events.append(event) }
    gates[event.teller]?.waiting.append(event)
  }

  private mutating func release(_ id: EndID, _ title: String, at microseconds: Int) {
    guard var event = gates[id]?.waiting.first, case .data(let segment) = event.kind, segment.title == title
    else { return }
    gates[id]?.waiting.removeFirst()
    event.microseconds = microseconds
    events.append(event)
  }

  /// What a kernel sends when its program closes, beyond a FIN that was told of: the other end knows.
  private func ending(_ index: Int, _ side: Side) -> FlowEvent.Kind? {
    guard let end = flows[index].ends[side], let other = flows[index].ends[side.other] else { return nil }
    if other.sawReset { return .rst }
    return other.sawEnd && !end.hasSaidAll ? .fin : nil
  }
}
