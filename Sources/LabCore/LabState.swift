package import LabFacts

/// Everything known about the lab at one moment: what the facts so far add up to.
package struct LabState: Equatable, Sendable {
  /// A failure in the order of arrival, with where it happened.
  package struct FailureEntry: Equatable, Sendable {
    package let number: Int
    package let actor: ActorID
    /// Absent where no connection exists: a server that could not start.
    package let end: EndID?
    package let failure: Failure
  }

  /// Programs that listened or failed to. One that has connected is a client and never among them.
  package private(set) var servers: [ActorID: ServerState] = [:]
  /// Runs of programs of the machine, the newest of each actor.
  package private(set) var programs: [ActorID: ProgramState] = [:]
  package private(set) var ends: [EndID: EndState] = [:]
  /// In the order they came.
  package private(set) var endOrder: [EndID] = []
  package private(set) var failures = Recent<FailureEntry>(limit: 256)
  package private(set) var kernel: KernelSample?
  /// The sample before that differed, for marking what changed.
  package private(set) var previousKernel: KernelSample?
  package private(set) var kernelChangedAt = 0
  /// When the newest sample was read, in microseconds since the run began.
  package private(set) var kernelReadAt = 0
  package private(set) var kernelSeen = KernelSeen()
  package private(set) var portRange: PortRange?
  package private(set) var last: StampedFact?
  /// The newest fact that is worth a step of its own.
  package private(set) var lastStep: StampedFact?

  /// Ends that are over are forgotten beyond this number, oldest first.
  package static let endLimit = 128

  package init() {}

  /// Ends of one actor, in order.
  package func ends(of actor: ActorID) -> [EndState] {
    endOrder.filter { $0.actor == actor }.compactMap { ends[$0] }
  }

  /// The newest end of an actor.
  package func newestEnd(of actor: ActorID) -> EndState? {
    endOrder.last { $0.actor == actor }.flatMap { ends[$0] }
  }

  mutating func take(_ stamped: StampedFact) {
    last = stamped
    if stamped.fact.isStep { lastStep = stamped }
    switch stamped.fact {
    case .wiped: self = LabState.afterWipe(of: self, by: stamped)
    case .listening(let actor, let listening): server(actor) { $0.listening = listening }
    case .stoppedListening(let actor): servers[actor]?.listening = nil
    case .acceptingChanged(let actor, let accepting): servers[actor]?.accepting = accepting
    case .actorFailed(let actor, let failure):
      if !isClient(actor) { server(actor) { $0.failures.append(failure) } }
      failures.append(FailureEntry(number: stamped.number, actor: actor, end: nil, failure: failure))
    case .acceptFailed(let actor, let failure):
      server(actor) { $0.acceptFailures += 1 }
      failures.append(FailureEntry(number: stamped.number, actor: actor, end: nil, failure: failure))
    // A client's program may forgive errors too; only a server has a row to show it in.
    case .weakened(let actor, let codes): if !isClient(actor) { server(actor) { $0.forgiven = codes } }
    case .hooksChanged(let actor, let hooks): server(actor) { $0.hooks = hooks }
    case .programStarted(let actor, let order):
      programs[actor] = ProgramState(order: order, count: (programs[actor]?.count ?? 0) + 1)
    case .programEnded(let actor, let end): programs[actor]?.end = end
    case .drained(let actor): server(actor) { $0.isDrained = true }
    case .kernel(let sample):
      if sample != kernel {
        previousKernel = kernel
        kernelChangedAt = stamped.microseconds
      }
      kernel = sample
      kernelReadAt = stamped.microseconds
      kernelSeen.take(sample, at: stamped.microseconds)
    case .portRange(let range): portRange = range
    case .timerFired: break
    case .connecting, .resolved, .opened, .relayed, .dialogue, .ready, .hooked, .tlsStarted, .tlsStopped,
      .wire,
      .data, .read, .faultsChanged, .faultStruck, .keyTried,
      .traffic, .halfClosed, .closed, .failed, .message, .alert, .tlsState, .verified, .established, .ticket,
      .keyLogged, .gateChanged, .held, .released, .http:
      takeEndFact(stamped)
    }
  }

  private mutating func takeEndFact(_ stamped: StampedFact) {
    guard let id = stamped.fact.end else { return }
    if ends[id] == nil {
      ends[id] = EndState(id: id)
      endOrder.append(id)
      forgetOldEnds()
    }
    ends[id]?.take(stamped)
    if stamped.fact.isByClient { servers[id.actor] = nil }
    count(stamped.fact)
    if case .failed(_, let failure) = stamped.fact {
      failures.append(FailureEntry(number: stamped.number, actor: id.actor, end: id, failure: failure))
    }
  }

  private mutating func count(_ fact: Fact) {
    guard let id = fact.end, servers[id.actor] != nil else { return }
    if case .opened = fact { servers[id.actor]?.opened += 1 }
    if case .closed = fact { servers[id.actor]?.closed += 1 }
    if case .failed = fact { servers[id.actor]?.failed += 1 }
  }

  private func isClient(_ actor: ActorID) -> Bool { newestEnd(of: actor)?.side == .client }

  private mutating func server(_ actor: ActorID, _ change: (inout ServerState) -> Void) {
    var state = servers[actor] ?? ServerState(actor: actor)
    change(&state)
    servers[actor] = state
  }

  private mutating func forgetOldEnds() {
    guard endOrder.count > LabState.endLimit, let old = endOrder.first(where: { ends[$0]?.isOver ?? true })
    else { return }
    ends[old] = nil
    endOrder.removeAll { $0 == old }
  }

  private static func afterWipe(of state: LabState, by stamped: StampedFact) -> LabState {
    var fresh = LabState()
    fresh.portRange = state.portRange
    fresh.last = stamped
    return fresh
  }
}

/// The one reducer.
package enum Lab {
  /// What a fact changes. Pure: the same facts always add up to the same state.
  package static func reduce(_ state: inout LabState, _ fact: StampedFact) { state.take(fact) }
}

extension Fact {
  /// Only a client does this.
  fileprivate var isByClient: Bool {
    if case .connecting = self { return true }
    if case .opened(_, let opening) = self { return opening.side == .client }
    return false
  }
}
