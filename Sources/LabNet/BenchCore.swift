import LabFacts
import LabTLS
import NIOCore
import NIOPosix

/// The sockets of one lab, and what each effect does to them. Belongs to one event loop.
final class BenchCore {
  let loop: any EventLoop
  let host: SiteHost
  private(set) var ends: [EndID: LiveEnd] = [:]
  private let shelf: ContextShelf
  private let detail: Detail
  private let door: Door
  private let sampler: KernelSampler?
  private var listeners: [ActorID: Listener] = [:]
  private var ordinals: [ActorID: Int] = [:]
  private var timers: [TimerID: Scheduled<Void>] = [:]
  private var closedGates = 0

  init(
    loop: any EventLoop, samplerLoop: (any EventLoop)?, contexts: Contexts, site: SiteHost, detail: Detail,
    sink: @escaping FactSink
  ) {
    self.loop = loop
    shelf = ContextShelf(contexts)
    self.detail = detail
    host = site
    door = Door(sink: sink)
    sampler = samplerLoop.map { KernelSampler(loop: $0, sink: sink) }
    if let range = EphemeralRange.read() { sink(.portRange(range)) }
  }

  func perform(_ effect: Effect) {
    switch effect {
    case .listen(let actor, let order): listen(actor, order, relay: nil)
    case .relay(let actor, let order): listen(actor, order.listen, relay: order)
    case .stopListening(let actor): stopListening(actor)
    case .setAccepting(let actor, let accepting): setAccepting(actor, accepting)
    case .setHooks(let actor, let hooks): setHooks(actor, hooks)
    case .drain(let actor, let milliseconds): listeners[actor]?.drain(milliseconds: milliseconds)
    case .connect(let end, let order): connect(end, order)
    case .send(let end, let bytes): ends[end]?.send(bytes)
    case .read(let end, let maximum): ends[end]?.read(maximum: maximum)
    case .readAlways(let end): ends[end]?.readAlways()
    case .setFaults(let end, let faults): ends[end]?.setFaults(faults)
    case .close(let end, let manner): ends[end]?.close(manner)
    case .startTLS(let end, let side, let options, let place): startTLS(end, side, options, place)
    case .stopTLS(let end): ends[end]?.stopTLS()
    case .setGate(let end, let closed): ends[end]?.setGate(closed: closed)
    case .release(let end): ends[end]?.release()
    case .startTimer(let id, let milliseconds): startTimer(id, milliseconds)
    case .cancelTimer(let id): timers.removeValue(forKey: id)?.cancel()
    case .sampleKernel: sampler?.sampleNow()
    case .runProgram, .tryKey: break  // The runtime's: no socket is needed.
    case .wipe: wipe()
    }
  }

  func dispose() {
    door.next()
    closeAll()
    sampler?.stop()
  }

  // MARK: What listeners, clients and relays need

  /// Clients of equal options share a context, and with it the sessions they may resume.
  func clientContext(_ options: TLSOptions) throws(Failure) -> TLSContext {
    try shelf.context(.client, options)
  }

  /// The name of the next connection an actor accepts, or opens on a relay's behalf.
  func nextAccepted(by actor: ActorID) -> EndID {
    ordinals[actor, default: 0] += 1
    return EndID(actor, ordinals[actor, default: 1])
  }

  /// Hands one end of a pair of pipes to the server they lead to. Answers whether it takes it.
  func join(_ pipes: PipeEnds, to endpoint: Endpoint) -> Bool {
    endpoint.pipeName.flatMap { listeners[ActorID($0)] }?.join(pipes) ?? false
  }

  func watch(port: Int) { sampler?.watch(port: port) }

  /// A new end, known by its name from now on.
  func makeEnd(
    _ id: EndID, _ side: Side, deadline: Int, sink: @escaping FactSink, answersInClear: Bool,
    channel: any Channel, _ change: (inout LiveEnd.Settings) -> Void
  ) -> LiveEnd {
    var settings = LiveEnd.Settings(surroundings: surroundings(answersInClear: answersInClear))
    change(&settings)
    let reporter = EndReporter(id: id, side: side, detail: detail, loop: loop, sink: sink)
    let end = LiveEnd(
      reporter: reporter, handshakeDeadline: .milliseconds(Int64(deadline)), settings: settings)
    ends[id] = end
    sampler?.sampleSoon()
    return end
  }

  func forget(_ id: EndID) {
    ends[id] = nil
    sampler?.sampleSoon()
  }

  /// The core is held strongly: an object with weak references to it pays for each use of its own.
  private func surroundings(answersInClear: Bool) -> TLSHandler.Surroundings {
    TLSHandler.Surroundings(
      isAnyGateClosed: { self.closedGates > 0 },
      gateMoved: { self.closedGates += $0 },
      answerInClear: { evidence, channel in
        guard answersInClear, HTTPWords.looksLikeRequest(evidence.firstReceived),
          let port = channel.localAddress?.port
        else { return nil }
        return PlainHTTPAnswer.page(
          host: HTTPWords.hostHeader(evidence.firstReceived) ?? "localhost", port: port)
      })
  }

  // MARK: Effects

  private func listen(_ actor: ActorID, _ order: ListenOrder, relay: RelayOrder?) {
    let sink = door.forThisRun(loop)
    var source: TLSContextSource?
    var trouble: Failure?
    if order.transport == .tls || order.tls != nil {
      do throws(Failure) {
        (source, trouble) = try serverSource(order.tls ?? TLSOptions())
      } catch {
        return sink(.actorFailed(actor, error))
      }
    }
    listeners[actor]?.discard()
    let listener = Listener(
      actor: actor, order: order, relay: relay, contexts: source, trouble: trouble, core: self, sink: sink)
    listeners[actor] = listener
    listener.start()
  }

  /// A server that starts anyway has no certificate, and its trouble to tell.
  private func serverSource(
    _ options: TLSOptions
  ) throws(Failure) -> (TLSContextSource, Failure?) {
    do throws(Failure) {
      return (try shelf.source(.server, options), nil)
    } catch {
      guard options.startsAnyway else { throw error }
      var bare = options
      bare.identity = nil
      bare.identityDefect = nil
      return (try shelf.source(.server, bare), error)
    }
  }

  private func stopListening(_ actor: ActorID) {
    listeners[actor]?.stop()
    sampler?.sampleSoon()
  }

  private func setAccepting(_ actor: ActorID, _ accepting: Bool) {
    listeners[actor]?.setAccepting(accepting)
    sampler?.sampleSoon()
  }

  private func setHooks(_ actor: ActorID, _ hooks: [ByteHook]) {
    guard let listener = listeners[actor] else { return }
    listener.hooks = hooks
    report(.hooksChanged(actor, hooks))
  }

  private func connect(_ id: EndID, _ order: ConnectOrder) {
    Dialler(
      id, order, core: self, sink: door.forThisRun(loop),
      application: { _, channel in try channel.pipeline.syncOperations.addHandler(FarewellHandler()) }
    ).dial()
  }

  private func startTLS(_ id: EndID, _ side: Side, _ options: TLSOptions, _ place: TLSPlace) {
    guard let end = ends[id] else { return }
    do throws(Failure) {
      let context = try shelf.context(side, options)
      try? end.startTLS(context, place: place)
    } catch {
      end.reporter.fail(error)
      end.close(.clean)
    }
  }

  private func startTimer(_ id: TimerID, _ milliseconds: Int) {
    let sink = door.forThisRun(loop)
    timers.removeValue(forKey: id)?.cancel()
    timers[id] = loop.scheduleTask(in: .milliseconds(Int64(milliseconds))) { sink(.timerFired(id)) }
  }

  private func wipe() {
    door.next()
    closeAll()
    sampler?.forget()
    report(.wiped)
    if let range = EphemeralRange.read() { report(.portRange(range)) }
  }

  private func closeAll() {
    for timer in timers.values { timer.cancel() }
    timers = [:]
    for listener in listeners.values { listener.discard() }
    listeners = [:]
    // RST, so that no port is left in TIME-WAIT for the next run.
    for end in ends.values { end.close(.reset) }
    ends = [:]
    ordinals = [:]
    closedGates = 0
    shelf.forgetAll()
  }

  private func report(_ fact: Fact) { door.sink(fact) }
}
