package import LabCore
package import LabFacts
import LabNet
package import LabTLS

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A bench, the facts it reports, and the state they add up to. Waits for facts, never for time alone.
package actor BenchHarness {
  private let bench: Workbench
  private var state = LabState()
  private var facts: [StampedFact] = []
  private var waiters: [(condition: @Sendable (LabState) -> Bool, resume: (Bool) -> Void)] = []
  private var deadlines = 0
  private var timers: [TimerID: () -> Void] = [:]
  private var task: Task<Void, Never>?

  private init(bench: Workbench) { self.bench = bench }

  /// A bench with these identities. Certificates are judged at `now`.
  /// Only with `watchesKernel` the kernel's table is read.
  package static func start(
    pki: PKIStore, watchesKernel: Bool, now: @escaping @Sendable () -> Int64
  ) async -> BenchHarness {
    let (stream, continuation) = AsyncStream.makeStream(of: Fact.self)
    let bench = Workbench(
      contexts: Contexts(pki: pki, now: now),
      site: SiteHost(
        authorityPEM: pki.certificatePEM(named: "lab-ca") ?? [], authority: pki.summary(named: "lab-ca"),
        certificate: pki.summary(named: "server")), watchesKernel: watchesKernel
    ) { continuation.yield($0) }
    let harness = BenchHarness(bench: bench)
    await harness.listen(to: stream)
    return harness
  }

  private func listen(to stream: AsyncStream<Fact>) {
    task = Task { for await fact in stream { self.take(fact) } }
  }

  private func take(_ fact: Fact) {
    if case .timerFired(let id) = fact, id.rawValue.hasPrefix("deadline") { return expire() }
    if case .timerFired(let id) = fact { timers.removeValue(forKey: id)?() }
    let stamped = StampedFact(number: facts.count + 1, microseconds: 0, fact: fact)
    facts.append(stamped)
    Lab.reduce(&state, stamped)
    let now = state
    let ready = waiters.filter { $0.condition(now) }
    waiters.removeAll { $0.condition(now) }
    for waiter in ready { waiter.resume(true) }
  }

  package func perform(_ effects: Effect...) { bench.perform(effects) }

  /// The state as soon as the condition holds. Throws what was seen instead after 60 seconds.
  @discardableResult
  package func wait(
    _ what: String, until condition: @escaping @Sendable (LabState) -> Bool
  ) async throws -> LabState {
    if condition(state) { return state }
    deadlines += 1
    let deadline = TimerID("deadline \(deadlines)")
    bench.perform([.startTimer(deadline, milliseconds: 60_000)])
    let held = await withCheckedContinuation { continuation in
      waiters.append((condition, { continuation.resume(returning: $0) }))
    }
    bench.perform([.cancelTimer(deadline)])
    guard held else { throw DidNotHappen(what: what, facts: story) }
    return state
  }

  /// Lets the bench's own clock go on, for tests of its deadlines.
  package func letPass(milliseconds: Int) async {
    deadlines += 1
    let timer = TimerID("pass \(deadlines)")
    await withCheckedContinuation { continuation in
      timers[timer] = { continuation.resume() }
      bench.perform([.startTimer(timer, milliseconds: milliseconds)])
    }
  }

  /// What was waited for in vain, and the facts that came instead.
  package struct DidNotHappen: Error, CustomStringConvertible {
    let what: String
    let facts: String
    package var description: String { "did not happen: \(what). Facts: \(facts)" }
  }

  private func expire() {
    let late = waiters
    waiters = []
    for waiter in late { waiter.resume(false) }
  }

  package var now: LabState { state }
  package var allFacts: [StampedFact] { facts }

  package func stop() async {
    await bench.shutDown()
    task?.cancel()
  }

  private var story: String {
    facts.suffix(40).map { "\n  \($0.number) \(String(String(describing: $0.fact).prefix(200)))" }.joined()
  }
}

/// Runs a body with a bench of its own, with identities in memory, judged at the tests' own date.
package func withBench(
  watchesKernel: Bool = false, _ body: (BenchHarness) async throws -> Void
) async throws {
  let pki = try PKIStore.prepare(declarations: TestIdentities.all, directory: nil, now: TestIdentities.now)
  try await withBench(pki: pki, watchesKernel: watchesKernel, now: { TestIdentities.now }, body)
}

/// Runs a body with a bench of its own, with these identities, judged at today's date.
package func withBench(
  pki: PKIStore, watchesKernel: Bool = false, now: @escaping @Sendable () -> Int64 = { Int64(time(nil)) },
  _ body: (BenchHarness) async throws -> Void
) async throws {
  let harness = await BenchHarness.start(pki: pki, watchesKernel: watchesKernel, now: now)
  do { try await body(harness) } catch {
    await harness.stop()
    throw error
  }
  await harness.stop()
}

/// Identities for tests, judged at one date for ever.
package enum TestIdentities {
  /// 2026-11-20, noon UTC.
  package static let now: Int64 = 1_795_176_000

  package static let all: [IdentityDeclaration] = [
    IdentityDeclaration(
      name: "lab-ca", use: .root, commonName: "test root", issuer: "lab-ca", validFromDays: -1,
      validToDays: 3650),
    IdentityDeclaration(
      name: "server", use: .server, commonName: "netlab.test",
      alternativeNames: ["DNS:netlab.test", "DNS:localhost", "IP:127.0.0.1", "IP:::1"], issuer: "lab-ca",
      validFromDays: -1, validToDays: 300),
  ]
}

extension LabState {
  /// Shorthand: the value of a path as text.
  package func text(_ path: String) -> String? { value(of: path)?.description }
}
