import LabCore
import LabFacts
import LabNet
import LabTLS
import Testing

/// A bench, the facts it reports, and the state they add up to. Waits for facts, never for time alone.
actor Harness {
  private let bench: Workbench
  private var state = LabState()
  private var facts: [StampedFact] = []
  private var waiters: [(condition: @Sendable (LabState) -> Bool, resume: (Bool) -> Void)] = []
  private var deadlines = 0
  private var task: Task<Void, Never>?

  private init(bench: Workbench) { self.bench = bench }

  static func start(_ declarations: [IdentityDeclaration] = TestIdentities.all) async throws -> Harness {
    let (stream, continuation) = AsyncStream.makeStream(of: Fact.self)
    let pki = try PKIStore.prepare(declarations: declarations, directory: nil, now: TestIdentities.now)
    let bench = Workbench(
      contexts: Contexts(pki: pki) { TestIdentities.now },
      site: SiteHost(
        authorityPEM: pki.certificatePEM(named: "lab-ca") ?? [], authority: pki.summary(named: "lab-ca"),
        certificate: pki.summary(named: "server"))
    ) { continuation.yield($0) }
    let harness = Harness(bench: bench)
    await harness.listen(to: stream)
    return harness
  }

  private func listen(to stream: AsyncStream<Fact>) {
    task = Task { for await fact in stream { self.take(fact) } }
  }

  private func take(_ fact: Fact) {
    if case .timerFired(let id) = fact, id.rawValue.hasPrefix("deadline") { return expire() }
    let stamped = StampedFact(number: facts.count + 1, microseconds: 0, fact: fact)
    facts.append(stamped)
    Lab.reduce(&state, stamped)
    let now = state
    let ready = waiters.filter { $0.condition(now) }
    waiters.removeAll { $0.condition(now) }
    for waiter in ready { waiter.resume(true) }
  }

  func perform(_ effects: Effect...) { bench.perform(effects) }

  /// The state as soon as the condition holds; a failed test after 10 seconds.
  @discardableResult
  func wait(
    _ what: Comment, at location: SourceLocation = #_sourceLocation, until condition: @escaping @Sendable (LabState) -> Bool
  ) async -> LabState {
    if condition(state) { return state }
    deadlines += 1
    let deadline = TimerID("deadline \(deadlines)")
    bench.perform([.startTimer(deadline, milliseconds: 10_000)])
    let held = await withCheckedContinuation { continuation in
      waiters.append((condition, { continuation.resume(returning: $0) }))
    }
    bench.perform([.cancelTimer(deadline)])
    if !held { Issue.record("did not happen: \(what). Facts: \(story)", sourceLocation: location) }
    return state
  }

  private func expire() {
    let late = waiters
    waiters = []
    for waiter in late { waiter.resume(false) }
  }

  var now: LabState { state }
  var allFacts: [StampedFact] { facts }

  func stop() async {
    await bench.shutDown()
    task?.cancel()
  }

  private var story: String {
    facts.suffix(40).map { "\n  \($0.number) \(String(String(describing: $0.fact).prefix(200)))" }.joined()
  }
}

/// Runs a body with a bench of its own.
func withBench(_ body: (Harness) async throws -> Void) async throws {
  let harness = try await Harness.start()
  do { try await body(harness) } catch {
    await harness.stop()
    throw error
  }
  await harness.stop()
}

enum TestIdentities {
  /// 2026-11-20, noon UTC.
  static let now: Int64 = 1_795_176_000

  static let all: [IdentityDeclaration] = [
    IdentityDeclaration(
      name: "lab-ca", use: .root, commonName: "test root", issuer: "lab-ca", validFromDays: -1, validToDays: 3650),
    IdentityDeclaration(
      name: "server", use: .server, commonName: "netlab.test",
      alternativeNames: ["DNS:netlab.test", "DNS:localhost", "IP:127.0.0.1", "IP:::1"], issuer: "lab-ca",
      validFromDays: -1, validToDays: 300),
  ]
}

extension LabState {
  /// Shorthand: the value of a path as text.
  func text(_ path: String) -> String? { value(of: path)?.description }
}
