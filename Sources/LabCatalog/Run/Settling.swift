import LabCore
import LabFacts

/// What an action waits for before the next one may begin.
enum Settling: Equatable, Sendable {
  case listening(ActorID, allowError: Bool)
  case stopped(ActorID)
  case ready(EndID, Readiness, allowError: Bool)
  case sent(EndID)
  case closed(EndID)
  case accepting(ActorID, Bool)
  /// The gates of these ends have moved.
  case gates([EndID])
  case tlsStarted(EndID)
  case tlsStopped(EndID)
  case hooks(ActorID)
  case read(EndID)
  case faults(EndID)
  case keyTried(EndID)
  /// This program of the machine has ended.
  case program(ActorID)

  /// What a client waits for before it counts as started.
  enum Readiness: Equatable, Sendable {
    /// TCP is up.
    case opened
    /// The proxy has opened the way.
    case tunnelled
    /// TLS is up.
    case established
  }

  /// What is left to wait for after a fact; nothing once it is settled. Behind a closed gate (`gated`) a
  /// handshake can't end by itself: the first held record is as far as it goes.
  func after(_ fact: Fact, gated: Bool) -> Settling? {
    switch self {
    case .listening(let actor, _): Settling.serverSettled(actor, fact) ? nil : self
    case .stopped(let actor): fact == .stoppedListening(actor) ? nil : self
    case .accepting(let actor, let wanted): fact == .acceptingChanged(actor, wanted) ? nil : self
    case .ready(let end, let readiness, _): Settling.isReady(end, readiness, fact, gated: gated) ? nil : self
    case .tlsStarted(let end): fact.end == end && (fact.isTLSStart || fact.isEnding) ? nil : self
    case .tlsStopped(let end): fact.end == end && (fact.isTLSStop || fact.isEnding) ? nil : self
    case .read(let end): fact.end == end && (fact.isRead || fact.isEnding) ? nil : self
    case .faults(let end): fact.end == end && (fact.isFaultChange || fact.isEnding) ? nil : self
    case .keyTried(let end): fact.end == end && fact.isKeyTrial ? nil : self
    case .hooks(let actor): fact.changesHooks(of: actor) ? nil : self
    case .program(let actor): fact.programEnd(of: actor) == nil ? self : nil
    case .sent(let end): fact.end == end && (fact.isSent || fact.isEnding) ? nil : self
    case .closed(let end): fact.end == end && (fact.isHalfClose || fact.isEnding) ? nil : self
    case .gates(let ends): Settling.gatesLeft(ends, fact)
    }
  }

  /// The failure a fact reports that the lesson did not allow.
  func unwanted(_ fact: Fact) -> Mismatch? {
    switch self {
    case .listening(let actor, false):
      guard case .actorFailed(actor, let failure) = fact else { return nil }
      return Mismatch(subject: subject, expected: expected, seen: failure.words)
    case .ready(let end, _, false):
      return Settling.trouble(of: end, fact).map { Mismatch(subject: subject, expected: expected, seen: $0) }
    case .program(let actor):
      guard case .notStarted(let number) = fact.programEnd(of: actor)?.manner else { return nil }
      return Mismatch(subject: subject, expected: expected, seen: "errno \(number): it could not be started")
    case .listening, .ready, .stopped, .sent, .closed, .accepting, .gates, .tlsStarted, .tlsStopped, .hooks,
      .read, .faults, .keyTried:
      return nil
    }
  }

  var subject: String { subject(Subject.path) }

  /// Whom it is waited for, each end by a name.
  func subject(_ name: (EndID) -> String) -> String {
    switch self {
    case .listening(let actor, _), .stopped(let actor), .accepting(let actor, _), .hooks(let actor),
      .program(let actor):
      actor.rawValue
    case .ready(let end, _, _), .sent(let end), .closed(let end), .tlsStarted(let end), .tlsStopped(let end),
      .read(let end), .faults(let end), .keyTried(let end):
      name(end)
    case .gates(let ends): ends.map(name).joined(separator: ", ")
    }
  }

  var expected: String {
    switch self {
    case .listening: "it to listen"
    case .stopped: "it to stop listening"
    case .ready(_, .opened, _): "it to be connected"
    case .ready(_, .tunnelled, _): "the proxy to open the way"
    case .ready(_, .established, _): "its handshake to be done"
    case .tlsStarted: "it to begin TLS"
    case .tlsStopped: "it to take TLS off"
    case .read: "it to read"
    case .faults: "its faults to change"
    case .keyTried: "the key to be tried"
    case .hooks: "its hooks to change"
    case .program: "it to run to its end"
    case .sent: "it to send"
    case .closed: "it to close"
    case .accepting(_, let accepting): accepting ? "it to accept again" : "it to stop accepting"
    case .gates: "its gate to move"
    }
  }

  private static func serverSettled(_ server: ActorID, _ fact: Fact) -> Bool {
    if case .listening(server, _) = fact { return true }
    if case .actorFailed(server, _) = fact { return true }
    return false
  }

  private static func isReady(_ end: EndID, _ readiness: Readiness, _ fact: Fact, gated: Bool) -> Bool {
    if case .held = fact, gated { return true }
    if case .actorFailed(let actor, _) = fact { return actor == end.actor }
    guard fact.end == end else { return false }
    if case .opened = fact { return readiness == .opened }
    if case .ready = fact { return readiness == .tunnelled }
    if case .established = fact { return true }
    return fact.isEnding
  }

  private static func gatesLeft(_ ends: [EndID], _ fact: Fact) -> Settling? {
    guard let end = fact.end, fact.isGateChange || fact.isEnding else { return .gates(ends) }
    let left = ends.filter { $0 != end }
    return left.isEmpty ? nil : .gates(left)
  }

  private static func trouble(of end: EndID, _ fact: Fact) -> String? {
    if case .actorFailed(end.actor, let failure) = fact { return failure.words }
    if case .failed(end, let failure) = fact { return failure.words }
    if case .closed(end, let closing) = fact { return "closed (\(closing.manner.rawValue))" }
    return nil
  }
}

extension Fact {
  fileprivate var isEnding: Bool {
    if case .failed = self { return true }
    if case .closed = self { return true }
    return false
  }

  fileprivate var isSent: Bool {
    if case .data(_, .sent, _) = self { return true }
    return false
  }

  fileprivate var isHalfClose: Bool {
    if case .halfClosed(_, .sent) = self { return true }
    return false
  }

  fileprivate var isTLSStart: Bool {
    if case .tlsStarted = self { return true }
    return false
  }

  fileprivate var isTLSStop: Bool {
    if case .tlsStopped = self { return true }
    return false
  }

  fileprivate var isRead: Bool {
    switch self {
    case .read, .halfClosed(_, .received): true
    default: false  // every other fact is of another kind
    }
  }

  fileprivate var isKeyTrial: Bool {
    if case .keyTried = self { return true }
    return false
  }

  fileprivate var isFaultChange: Bool {
    if case .faultsChanged = self { return true }
    return false
  }

  fileprivate func programEnd(of actor: ActorID) -> ProgramEnd? {
    if case .programEnded(actor, let end) = self { return end }
    return nil
  }

  fileprivate func changesHooks(of actor: ActorID) -> Bool {
    if case .hooksChanged(actor, _) = self { return true }
    return false
  }

  fileprivate var isGateChange: Bool {
    if case .gateChanged = self { return true }
    return false
  }
}
