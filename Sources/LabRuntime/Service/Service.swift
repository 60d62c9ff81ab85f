package import LabCore
package import LabFacts
import LabNet
import LabTLS

/// A bench that works for a verb of the command line: effects in, facts and the state they add up to out.
package actor Service {
  /// What a service needs of the world around it.
  package struct Surroundings: Sendable {
    package var identities: [IdentityDeclaration]
    package var state: StateFolder
    package var telling: Telling
    /// Read the kernel's table of sockets too.
    package var watchesKernel: Bool
    /// Seconds since 1970 UTC.
    package var now: @Sendable () -> Int64

    /// How much of what happens becomes a fact.
    package enum Telling: Sendable {
      /// Every message, record and byte.
      case all
      /// What a server's log needs.
      case log
      /// What counters need. The state has no ends then.
      case counts
    }

    package init(
      identities: [IdentityDeclaration], state: StateFolder, telling: Telling = .all,
      watchesKernel: Bool = false, now: @escaping @Sendable () -> Int64
    ) {
      self.identities = identities
      self.state = state
      self.telling = telling
      self.watchesKernel = watchesKernel
      self.now = now
    }
  }

  /// Called with each fact and the state after it, in order, on no thread in particular.
  package typealias Listener = @Sendable (StampedFact, LabState) -> Void

  private let bench: Workbench
  private let onFact: Listener
  private let keepsEnds: Bool
  private var lab = LabState()
  private var count = 0
  private let began = ContinuousClock.now
  private var waiters: [(condition: @Sendable (LabState) -> Bool, resume: () -> Void)] = []
  private var task: Task<Void, Never>?
  private let facts: AsyncStream<Fact>

  /// Reads or makes the lab's identities. Fails where its folder can't be used.
  package init(
    _ surroundings: Surroundings, materials: ServiceMaterials = ServiceMaterials(), onFact: @escaping Listener
  ) throws(Failure) {
    if let problem = surroundings.state.make() {
      throw Failure(
        layer: .setup, code: .setupOther, phase: .setup, decidedBy: .kernel, verbatim: [problem])
    }
    let pki = try PKIStore.prepare(
      declarations: surroundings.identities, directory: surroundings.state.pki, now: surroundings.now())
    let (facts, door) = AsyncStream.makeStream(of: Fact.self)
    self.facts = facts
    self.onFact = onFact
    let detail: Detail =
      switch surroundings.telling {
      case .all: .full
      case .log: .essential
      case .counts: .counted
      }
    keepsEnds = detail != .counted
    bench = Workbench(
      contexts: Contexts(
        pki: pki, materials: materials.materials, trace: detail.trace, now: surroundings.now),
      site: SiteHost(
        authorityPEM: pki.certificatePEM(named: "lab-ca") ?? [], authority: pki.summary(named: "lab-ca"),
        certificate: pki.summary(named: "server")),
      detail: detail, watchesKernel: surroundings.watchesKernel
    ) { door.yield($0) }
  }

  /// Performs effects in order; returns at once.
  package func perform(_ effects: [Effect]) {
    listen()
    bench.perform(effects)
  }

  /// The state as soon as the condition holds.
  @discardableResult
  package func wait(until condition: @escaping @Sendable (LabState) -> Bool) async -> LabState {
    listen()
    if condition(lab) { return lab }
    await withCheckedContinuation { continuation in waiters.append((condition, { continuation.resume() })) }
    return lab
  }

  package var now: LabState { lab }

  /// Closes everything. No fact follows.
  package func shutDown() async {
    await bench.shutDown()
    task?.cancel()
  }

  private func listen() {
    guard task == nil else { return }
    let facts = facts
    task = Task { for await fact in facts { self.take(fact) } }
  }

  private func take(_ fact: Fact) {
    count += 1
    let stamped = StampedFact(number: count, microseconds: began.duration(to: .now).microseconds, fact: fact)
    if keepsEnds || fact.end == nil { Lab.reduce(&lab, stamped) }
    onFact(stamped, lab)
    let state = lab
    let ready = waiters.filter { $0.condition(state) }
    waiters.removeAll { $0.condition(state) }
    for waiter in ready { waiter.resume() }
  }
}

/// What comes from outside the lab's PKI, gathered from the requests of a command line.
package struct ServiceMaterials: Sendable {
  fileprivate(set) var materials = Materials()

  package init() {}

  /// The options of a request, with its files known under names. `tag` keeps requests apart.
  package mutating func add(_ request: TLSRequest, tag: String) -> TLSOptions {
    request.resolved(tag: tag, into: &materials)
  }
}
