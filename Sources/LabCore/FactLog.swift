package import LabFacts

/// The facts of a run in order, bounded. What is forgotten from its beginning is kept as the state it
/// added up to, so that any moment still in the log can be shown again.
package struct FactLog: Equatable, Sendable {
  package static let limit = 8192

  package private(set) var facts: [StampedFact] = []
  /// The state before the first fact still kept.
  package private(set) var base = LabState()

  package init() {}

  package mutating func append(_ fact: StampedFact) {
    facts.append(fact)
    guard facts.count > FactLog.limit + FactLog.limit / 4 else { return }
    let surplus = facts.count - FactLog.limit
    for old in facts.prefix(surplus) { Lab.reduce(&base, old) }
    facts.removeFirst(surplus)
  }

  /// The state right after the fact with that number.
  package func state(after number: Int) -> LabState {
    facts.prefix { $0.number <= number }.reduce(into: base) { Lab.reduce(&$0, $1) }
  }

  /// The facts a person steps through: what happened, not what was merely counted or sampled.
  package var steps: [StampedFact] { facts.filter(\.fact.isStep) }
}

extension Fact {
  /// Is it worth a step of its own when looking back?
  package var isStep: Bool {
    switch self {
    case .listening, .stoppedListening, .actorFailed, .acceptingChanged, .connecting, .opened, .data,
      .halfClosed,
      .closed, .failed, .message, .alert, .established, .verified, .held, .released, .http:
      true
    case .tlsStarted, .wire, .traffic, .tlsState, .ticket, .keyLogged, .gateChanged, .kernel, .portRange,
      .timerFired, .wiped:
      false
    }
  }
}
