import LabFacts
import LabProtocols
import LabTLS
import NIOCore

/// One connection through a relay: the client's end, the backend's end once there is one, and what passes
/// between them. Belongs to the bench's loop; held by its channels' handlers.
final class RelayRun {
  private let front: LiveEnd
  private var back: LiveEnd?
  private(set) lazy var frontHandler = RelayHandler(party: .client, run: self)
  private lazy var backHandler = RelayHandler(party: .backend, run: self)
  private var dialogue: any RelayDialogue
  private let tls: TLSContext?
  private weak var listener: Listener?
  private let core: BenchCore
  private let sink: FactSink
  private var chain: HookChain
  private var chainGeneration: Int
  private var phase = Phase.dialogue
  private var isConnecting = false
  private var hasEnded: Set<RelayParty> = []
  private var isGone: Set<RelayParty> = []
  private var delayed: [RelayParty: Int] = [:]
  private var lastDue: [RelayParty: NIODeadline] = [:]
  private var timer: Scheduled<Void>?
  /// Keeps this run alive while it has a connection.
  private var keeper: RelayRun?

  private enum Phase {
    /// The dialogue decides about every byte. Next: relaying, over.
    case dialogue
    /// Bytes go both ways. Next: over.
    case relaying
    case over
  }

  /// Bytes a delay may keep before the relay stops reading.
  private static let delayedLimit = 256 * 1024

  init(
    front: LiveEnd, order: RelayOrder, tls: TLSContext?, listener: Listener, core: BenchCore,
    sink: @escaping FactSink
  ) {
    self.front = front
    self.tls = tls
    self.listener = listener
    self.core = core
    self.sink = sink
    dialogue = RelayDialogues.make(order.route, listen: order.listen)
    chain = HookChain(listener.hooks)
    chainGeneration = listener.generation
  }

  /// The client's connection is up, with its TLS.
  func begin() {
    keeper = self
    front.reporter.onFailure = { [weak self] _ in self?.frontFailed() }
    take(.opened)
  }

  // MARK: What the two ends tell

  func mayRead(_ party: RelayParty) -> Bool {
    switch phase {
    // While the way to the backend is made, the client's bytes wait in its own kernel.
    case .dialogue: return !(party == .client && isConnecting)
    case .relaying:
      return handler(party.other).isWritable && delayed[party, default: 0] < RelayRun.delayedLimit
    case .over: return true
    }
  }

  func heard(_ party: RelayParty, _ buffer: ByteBuffer) {
    switch phase {
    case .dialogue: take(.heard(party, Array(buffer.readableBytesView)))
    case .relaying: pass(party, buffer)
    case .over: break
    }
  }

  func flush(towards party: RelayParty) { if phase == .relaying { handler(party).flush() } }

  func writabilityChanged(of party: RelayParty) { handler(party.other).reconsider() }

  func ended(_ party: RelayParty) {
    guard hasEnded.insert(party).inserted else { return }
    switch phase {
    case .dialogue: take(.ended(party))
    case .relaying: passEnd(of: party)
    case .over: break
    }
  }

  func gone(_ party: RelayParty) {
    isGone.insert(party)
    let failure = end(party)?.reporter.failure
    if phase != .over, let other = end(party.other), !isGone.contains(party.other) {
      // What broke off at one side must not look complete at the other.
      other.close(failure == nil && hasEnded.contains(party) ? .clean : .reset)
    }
    phase = .over
    timer?.cancel()
    if isGone.contains(.client), back == nil || isGone.contains(.backend) { keeper = nil }
  }

  private func frontFailed() {
    guard phase == .relaying else { return }
    back?.close(.reset)
  }

  // MARK: The dialogue

  private func take(_ event: RelayEvent) {
    guard phase == .dialogue else { return }
    for action in dialogue.take(event) { perform(action) }
  }

  private func perform(_ action: RelayAction) {
    switch action {
    case .say(let party, let bytes): end(party)?.send(bytes)
    case .note(let party, let direction, let line): note(party, direction, line)
    case .connect(let order): connect(order)
    case .wait(let milliseconds): wait(milliseconds)
    case .startTLS(let party): startTLS(party)
    case .relay: startRelaying()
    case .close(let party, let manner): end(party)?.close(manner)
    case .fail(let party, let failure): end(party)?.reporter.fail(failure)
    }
  }

  private func note(_ party: RelayParty, _ direction: Direction, _ line: String) {
    guard let end = end(party) else { return }
    end.reporter.report(.dialogue(end.id, direction, line))
  }

  private func connect(_ order: ConnectOrder) {
    guard let listener, !isConnecting else { return }
    isConnecting = true
    // A new backend after a failed one has handlers of its own.
    backHandler = RelayHandler(party: .backend, run: self)
    isGone.remove(.backend)
    hasEnded.remove(.backend)
    back = nil
    let id = core.nextAccepted(by: listener.actor.backend)
    sink(.relayed(front.id, id))
    sink(.relayed(id, front.id))
    let handler = backHandler
    Dialler(
      id, order, core: core, sink: sink,
      application: { [weak self] channel in
        self?.back = self?.core.ends[id]
        try channel.pipeline.syncOperations.addHandler(handler)
      },
      onReady: { [weak self] in self?.backendIsUp() },
      onFailure: { [weak self] in self?.backendFailed($0) }
    ).dial()
  }

  private func backendIsUp() {
    guard phase == .dialogue else { return back?.close(.reset) ?? () }
    isConnecting = false
    take(.backendUp)
    frontHandler.reconsider()
  }

  private func backendFailed(_ failure: Failure) {
    guard phase == .dialogue, isConnecting else { return }
    isConnecting = false
    take(.backendFailed(failure))
    frontHandler.reconsider()
  }

  private func wait(_ milliseconds: Int) {
    timer?.cancel()
    timer = core.loop.assumeIsolated().scheduleTask(in: .milliseconds(Int64(milliseconds))) { [weak self] in
      self?.take(.timePassed)
    }
  }

  private func startTLS(_ party: RelayParty) {
    guard party == .client, let tls else { return front.close(.clean) }
    do { try front.startTLS(tls) { [weak self] in self?.take(.tlsUp(.client)) } } catch {
      front.close(.clean)
    }
  }

  private func startRelaying() {
    phase = .relaying
    timer?.cancel()
    for party in RelayParty.allCases where hasEnded.contains(party) { passEnd(of: party) }
    frontHandler.reconsider()
    backHandler.reconsider()
  }

  // MARK: Passing bytes on

  private func pass(_ party: RelayParty, _ buffer: ByteBuffer) {
    renewHooks()
    guard !chain.isEmpty || lastDue[party] != nil else { return handler(party.other).write(buffer) }
    let outcome = chain.pass(Array(buffer.readableBytesView), party == .client ? .up : .down)
    report(outcome.seen, party)
    let due = max(
      NIODeadline.now() + .milliseconds(Int64(outcome.delayMilliseconds)), lastDue[party] ?? .now())
    guard outcome.delayMilliseconds > 0 || delayed[party, default: 0] > 0 else {
      return deliver(outcome, from: party)
    }
    lastDue[party] = due
    delayed[party, default: 0] += outcome.bytes.count
    core.loop.assumeIsolated().scheduleTask(deadline: due) { [weak self] in
      self?.delayed[party, default: 0] -= outcome.bytes.count
      self?.deliver(outcome, from: party)
      self?.handler(party.other).flush()
      self?.handler(party).reconsider()
    }
  }

  private func deliver(_ outcome: HookChain.Outcome, from party: RelayParty) {
    guard phase == .relaying else { return }
    if !outcome.bytes.isEmpty { handler(party.other).write(ByteBuffer(bytes: outcome.bytes)) }
    guard outcome.cuts else { return }
    handler(party.other).flush()
    phase = .over
    front.close(.reset)
    back?.close(.reset)
  }

  /// The end of one direction goes the way of its bytes, after them.
  private func passEnd(of party: RelayParty) {
    guard let due = lastDue[party], delayed[party, default: 0] > 0 else { return deliverEnd(of: party) }
    core.loop.assumeIsolated().scheduleTask(deadline: due) { [weak self] in self?.deliverEnd(of: party) }
  }

  private func deliverEnd(of party: RelayParty) {
    guard phase == .relaying else { return }
    handler(party.other).flush()
    let isBoth = hasEnded.count == RelayParty.allCases.count
    end(party.other)?.close(isBoth ? .clean : .half)
    if isBoth { end(party)?.close(.clean) }
  }

  private func renewHooks() {
    guard let listener, listener.generation != chainGeneration else { return }
    chainGeneration = listener.generation
    chain = HookChain(listener.hooks)
  }

  private func report(_ seen: [HookChain.Sight], _ party: RelayParty) {
    guard let end = end(party) else { return }
    for sight in seen {
      end.reporter.hooked(sight.hook, before: sight.before, after: sight.after)
    }
  }

  private func handler(_ party: RelayParty) -> RelayHandler { party == .client ? frontHandler : backHandler }
  private func end(_ party: RelayParty) -> LiveEnd? { party == .client ? front : back }
}
