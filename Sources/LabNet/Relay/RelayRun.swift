import LabFacts
import LabProtocols
import LabTLS
import NIOCore

/// One connection through a relay: the client's end, the backend's end once there is one, and what passes
/// between them. Belongs to the bench's loop; keeps itself alive while it has a connection.
final class RelayRun {
  let front: LiveEnd
  private(set) var backend: RelayBackend?
  private(set) lazy var frontHandler = RelayHandler(party: .client, run: self)
  var phase = Phase.dialogue
  /// What was said before the relaying began, in its order.
  private var early: [(RelayParty, [UInt8])] = []
  var lanes: [RelayParty: RelayLane] = [.client: RelayLane(), .backend: RelayLane()]
  var chain: HookChain
  var chainGeneration: Int
  let core: BenchCore
  let listener: Listener
  private var dialogue: any RelayDialogue
  private let tls: TLSContext?
  private let sink: FactSink
  private let greeting: StartTLSClient.Greeting
  private var isFrontGone = false
  private var timer: Scheduled<Void>?
  private var keeper: RelayRun?

  enum Phase {
    /// The dialogue decides about every byte. Next: relaying, over.
    case dialogue
    /// Bytes go both ways. Next: over.
    case relaying
    case over
  }

  init(
    front: LiveEnd, order: RelayOrder, tls: TLSContext?, listener: Listener, core: BenchCore,
    sink: @escaping FactSink
  ) {
    self.front = front
    self.tls = tls
    self.listener = listener
    self.core = core
    self.sink = sink
    greeting = order.showsWholeGreeting ? .keptWhole : .kept
    dialogue = RelayDialogues.make(order)
    chain = HookChain(listener.hooks)
    chainGeneration = listener.generation
  }

  /// The client's connection is up, with its TLS.
  func begin() {
    keeper = self
    front.reporter.onFailure = { [weak self] _ in self?.failed(.client) }
    take(.opened)
  }

  // MARK: What the two ends tell

  func mayRead(_ handler: RelayHandler) -> Bool {
    guard isCurrent(handler) else { return true }
    switch phase {
    // While the way to the backend is made, the client's bytes wait in its own kernel.
    case .dialogue: return !(handler.party == .client && isConnecting)
    case .relaying:
      return self.handler(handler.party.other)?.isWritable ?? false && !lane(handler.party).isFull
    case .over: return true
    }
  }

  func heard(_ handler: RelayHandler, _ buffer: ByteBuffer) {
    guard isCurrent(handler) else { return }
    switch phase {
    case .dialogue: take(.heard(handler.party, Array(buffer.readableBytesView)))
    case .relaying: pass(handler.party, buffer)
    case .over: break
    }
  }

  func flush(after handler: RelayHandler) {
    if phase == .relaying { self.handler(handler.party.other)?.flush() }
  }

  func writabilityChanged(of handler: RelayHandler) { self.handler(handler.party.other)?.reconsider() }

  func ended(_ handler: RelayHandler) {
    guard isCurrent(handler), !lane(handler.party).hasEnded else { return }
    lanes[handler.party]?.hasEnded = true
    switch phase {
    case .dialogue: take(.ended(handler.party))
    case .relaying: passEnd(of: handler.party)
    case .over: break
    }
  }

  func gone(_ handler: RelayHandler) {
    guard isCurrent(handler) else { return }
    switch (phase, handler.party) {
    case (.dialogue, .backend): backendGone()
    case (.dialogue, .client): finish { backend?.close(.reset) }
    case (.relaying, let party): lost(party)
    case (.over, _): break
    }
    if handler.party == .client { isFrontGone = true } else { backend = nil }
    if isFrontGone, backend == nil || backend?.isConnecting == true { keeper = nil }
  }

  /// Nothing is passed on any more. What still comes is read and thrown away, so that closing sends no RST.
  func finish(_ closing: () -> Void) {
    phase = .over
    timer?.cancel()
    closing()
    frontHandler.reconsider()
    backend?.handler?.reconsider()
  }

  /// What broke off at one side must not look complete at the other. Where its own direction had ended
  /// already, an end that is gone without a failure has said all it had to say.
  private func lost(_ party: RelayParty) {
    let isComplete = lane(party).hasEnded || lane(party.other).hasPassedEnd
    guard isComplete, end(party)?.reporter.failure == nil else {
      return finish { end(party.other)?.close(.reset) }
    }
    lanes[party]?.hasEnded = true
    // Nobody is left to hear the other one.
    lanes[party.other]?.hasPassedEnd = true
    afterDelays(of: party) { [weak self] in
      self?.finish { self?.end(party.other)?.close(.clean) }
    }
  }

  /// A failure of one end, before its connection is gone.
  private func failed(_ party: RelayParty) {
    guard phase == .relaying else { return }
    finish { end(party.other)?.close(.reset) }
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
    case .pass(let party, let bytes): early.append((party, bytes))
    case .relay: startRelaying()
    case .close(.backend, let manner) where manner != .half: dropBackend(manner)
    case .close(let party, let manner): end(party)?.close(manner)
    case .fail(let party, let failure): end(party)?.reporter.fail(failure)
    }
  }

  private func note(_ party: RelayParty, _ direction: Direction, _ line: String) {
    guard let end = end(party) else { return }
    end.reporter.report(.dialogue(end.id, direction, line))
  }

  private func connect(_ order: ConnectOrder) {
    dropBackend(.clean)
    lanes[.backend] = RelayLane()
    let backend = RelayBackend(id: core.nextAccepted(by: listener.actor.backend))
    self.backend = backend
    sink(.relayed(front.id, backend.id))
    sink(.relayed(backend.id, front.id))
    backend.dial(
      order, for: self, core: core, sink: sink, greeting: greeting,
      onUp: { [weak self, weak backend] in self?.backendIsUp(backend) },
      onFailure: { [weak self, weak backend] in self?.backendFailed(backend, $0) })
  }

  private func backendIsUp(_ backend: RelayBackend?) {
    guard phase == .dialogue, let backend, backend === self.backend else {
      return backend?.close(.reset) ?? ()
    }
    take(.backendUp)
    frontHandler.reconsider()
  }

  /// The way to the backend failed, or later the backend did.
  private func backendFailed(_ backend: RelayBackend?, _ failure: Failure) {
    guard let backend, backend === self.backend else { return }
    guard phase == .dialogue else { return failed(.backend) }
    self.backend = nil
    take(backend.wasUp ? .ended(.backend) : .backendFailed(failure))
    frontHandler.reconsider()
  }

  /// The connection to the backend ended before there was anything to pass on.
  private func backendGone() {
    guard let backend else { return }
    self.backend = nil
    if backend.isConnecting {
      take(.backendFailed(Failure(layer: .socket, code: .emptyReply, phase: .connect, decidedBy: .peer)))
    } else if !lane(.backend).hasEnded {
      take(.ended(.backend))
    }
    frontHandler.reconsider()
  }

  private func dropBackend(_ manner: CloseManner) {
    backend?.close(manner)
    backend = nil
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
    for (party, bytes) in early {
      pass(party, ByteBuffer(bytes: bytes))
      handler(party.other)?.flush()
    }
    early = []
    for party in RelayParty.allCases where lane(party).hasEnded { passEnd(of: party) }
    frontHandler.reconsider()
    backend?.handler?.reconsider()
  }

  // MARK: The two sides

  func handler(_ party: RelayParty) -> RelayHandler? {
    party == .client ? frontHandler : backend?.handler
  }

  func end(_ party: RelayParty) -> LiveEnd? { party == .client ? front : backend?.end }
  func lane(_ party: RelayParty) -> RelayLane { lanes[party] ?? RelayLane() }

  private var isConnecting: Bool { backend?.isConnecting ?? false }
  private func isCurrent(_ handler: RelayHandler) -> Bool { handler === self.handler(handler.party) }
}
