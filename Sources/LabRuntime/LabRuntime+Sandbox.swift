import LabCatalog
import LabCore
import LabFacts
import LabNet

/// The sandbox with its lab: a bench of its own, so that a lesson it was opened from stays as it is.
struct SandboxLab {
  var state: SandboxState
  var lab = LabState()
  var bench: Workbench?
  var began = ContinuousClock.now
  var factCount = 0
  /// A run begins as soon as the lab is empty.
  var isPending = false
}

extension LabRuntime {
  /// So many sandboxes are kept as they were left.
  private static let sandboxesKept = 8

  func takeSandbox(_ intent: SandboxIntent) {
    switch intent {
    case .open(let actor):
      guard sandbox == nil else { return }
      let fresh = run.map { SandboxState($0, in: live) } ?? SandboxState()
      var state = sandboxesLeft.last { $0.isAbout(fresh) }?.resumed(on: fresh) ?? fresh
      if let actor { state.look(at: actor) }
      sandbox = SandboxLab(state: state)
    case .close:
      let bench = sandbox?.bench
      if let state = sandbox?.state { keep(state) }
      sandbox = nil
      Task { await bench?.shutDown() }
    case .run: runSandbox()
    case .set, .turn, .fault, .predict, .asksFirst, .undo, .redo:
      sandbox?.state.take(intent, catalog)
    }
  }

  private func keep(_ state: SandboxState) {
    guard state.isWorthKeeping else { return }
    var left = state
    left.abandonRun()
    let others = sandboxesLeft.filter { !$0.isAbout(left) }
    sandboxesLeft = Array((others + [left]).suffix(LabRuntime.sandboxesKept))
  }

  private func runSandbox() {
    guard var current = sandbox, !current.isPending, !current.state.isRunning else { return }
    current.isPending = true
    if pki == nil { current.state.note = "The run begins when the lab's certificates are made." }
    sandbox = current
    beginPendingSandboxRun()
  }

  /// Empties the sandbox's lab for a run that is wanted, once there are certificates.
  func beginPendingSandboxRun() {
    guard var current = sandbox, current.isPending, let pki else { return }
    let bench = current.bench ?? makeBench(.sandbox, pki)
    current.bench = bench
    sandbox = current
    bench.perform([.wipe])
  }

  func takeSandboxFact(_ fact: Fact, _ at: ContinuousClock.Instant) {
    guard var current = sandbox else { return }
    if fact == .wiped { (current.began, current.factCount) = (at, 0) }
    current.factCount += 1
    Lab.reduce(
      &current.lab,
      StampedFact(number: current.factCount, microseconds: (at - current.began).microseconds, fact: fact))
    let effects: [Effect]
    if fact == .wiped, current.isPending {
      current.isPending = false
      effects = current.state.begin(current.lab)
    } else {
      effects = current.state.take(fact, current.lab)
    }
    sandbox = current
    current.bench?.perform(effects)
  }

  var sandboxSnapshot: SandboxSnapshot? { sandbox.map { SandboxSnapshot(state: $0.state, lab: $0.lab) } }
}
