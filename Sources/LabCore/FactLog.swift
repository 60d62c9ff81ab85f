package import LabFacts

/// The facts of a run in order, bounded. What is forgotten from its beginning is kept as the state it
/// added up to, so that any moment still in the log can be shown again.
package struct FactLog: Equatable, Sendable {
  /// Facts kept, and bytes kept in them.
  package static let limit = 8192
  package static let byteLimit = 16 * 1024 * 1024

  package private(set) var facts: [StampedFact] = []
  /// The state before the first fact still kept.
  package private(set) var base = LabState()
  private var bytes = 0

  package init() {}

  package mutating func append(_ fact: StampedFact) {
    facts.append(fact)
    bytes += fact.fact.keptBytes
    // Trimmed in bulk, so that appending stays cheap.
    if facts.count > FactLog.limit + FactLog.limit / 4 || bytes > FactLog.byteLimit + FactLog.byteLimit / 4 {
      forgetOldest()
    }
  }

  private mutating func forgetOldest() {
    var count = max(0, facts.count - FactLog.limit)
    var left = bytes - facts.prefix(count).reduce(0) { $0 + $1.fact.keptBytes }
    while left > FactLog.byteLimit, count < facts.count {
      left -= facts[count].fact.keptBytes
      count += 1
    }
    for old in facts.prefix(count) { Lab.reduce(&base, old) }
    facts.removeFirst(count)
    bytes = left
  }

  /// The state right after the fact with that number.
  package func state(after number: Int) -> LabState {
    facts.prefix { $0.number <= number }.reduce(into: base) { Lab.reduce(&$0, $1) }
  }

  /// The facts a person steps through: what happened, not what was merely counted or sampled.
  package var steps: [StampedFact] { facts.filter(\.fact.isStep) }
}

extension Fact {
  /// Bytes of traffic held in it.
  fileprivate var keptBytes: Int {
    switch self {
    case .wire(_, _, let segment): segment.bytes.kept.count
    case .data(_, _, let bytes): bytes.kept.count
    case .programEnded(_, let end): end.output.kept.count + end.errorOutput.kept.count
    case .hooked(_, _, let before, let after): before.kept.count + after.kept.count
    case .listening, .stoppedListening, .actorFailed, .acceptingChanged, .acceptFailed, .weakened,
      .hooksChanged, .read, .faultsChanged, .faultStruck, .keyTried, .drained, .programStarted, .connecting,
      .resolved,
      .opened, .relayed,
      .dialogue, .ready, .tlsStarted,
      .tlsStopped,
      .traffic, .halfClosed, .closed, .failed, .message, .alert, .tlsState, .verified, .established, .ticket,
      .keyLogged,
      .gateChanged, .held, .released, .http, .kernel, .portRange, .timerFired, .wiped:
      0
    }
  }

  /// Is it worth a step of its own when looking back?
  package var isStep: Bool {
    switch self {
    case .listening, .stoppedListening, .actorFailed, .acceptingChanged, .acceptFailed, .weakened,
      .hooksChanged, .faultsChanged, .faultStruck, .keyTried, .drained, .programStarted, .programEnded,
      .connecting,
      .resolved, .opened, .relayed,
      .dialogue,
      .hooked, .tlsStopped,
      .data,
      .halfClosed,
      .closed, .failed, .message, .alert, .established, .verified, .held, .released, .http:
      true
    case .ready, .read, .tlsStarted, .wire, .traffic, .tlsState, .ticket, .keyLogged, .gateChanged, .kernel,
      .portRange,
      .timerFired, .wiped:
      false
    }
  }
}
