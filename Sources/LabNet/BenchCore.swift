import LabFacts
import LabTLS
import NIOCore
import NIOHTTP1
import NIOPosix

/// The sockets of one lab, and what each effect does to them. Belongs to one event loop.
final class BenchCore {
  let loop: any EventLoop
  let contexts: Contexts
  let host: SiteHost
  private let door: Door
  private let sampler: KernelSampler
  private var listeners: [ActorID: any Channel] = [:]
  private var channels: [EndID: any Channel] = [:]
  private var tlsHandlers: [EndID: TLSHandler] = [:]
  private var acceptedCount: [ActorID: Int] = [:]
  private var timers: [TimerID: Scheduled<Void>] = [:]
  private var closedGates = 0

  init(
    loop: any EventLoop, samplerLoop: any EventLoop, contexts: Contexts, site: SiteHost,
    sink: @escaping FactSink
  ) {
    self.loop = loop
    self.contexts = contexts
    host = site
    door = Door(sink: sink)
    sampler = KernelSampler(loop: samplerLoop, sink: sink)
    if let range = EphemeralRange.read() { sink(.portRange(range)) }
  }

  /// Facts of what was wiped must not follow the wipe, so each run has a door of its own.
  final class Door {
    let sink: FactSink
    private(set) var run = 0

    init(sink: @escaping FactSink) { self.sink = sink }

    /// A sink that falls silent with the next wipe. To be called on the bench's loop.
    func forThisRun(_ loop: any EventLoop) -> FactSink {
      let opened = run
      let door = NIOLoopBound(self, eventLoop: loop)
      return { fact in if door.value.run == opened { door.value.sink(fact) } }
    }

    func next() { run += 1 }
  }

  func perform(_ effect: Effect) {
    switch effect {
    case .listen(let actor, let order): listen(actor, order)
    case .stopListening(let actor): stopListening(actor)
    case .setAccepting(let actor, let accepting): setAccepting(actor, accepting)
    case .connect(let end, let order): connect(end, order)
    case .relay, .setHooks, .drain, .startTLS, .stopTLS: break
    case .send(let end, let bytes): send(end, bytes)
    case .close(let end, let manner):
      channels[end]?.triggerUserOutboundEvent(CloseOrder(manner: manner), promise: nil)
    case .setGate(let end, let closed): tlsHandlers[end]?.setGate(closed: closed)
    case .release(let end): tlsHandlers[end]?.release()
    case .startTimer(let id, let milliseconds): startTimer(id, milliseconds)
    case .cancelTimer(let id): timers.removeValue(forKey: id)?.cancel()
    case .sampleKernel: sampler.sampleNow()
    case .wipe: wipe()
    }
  }

  func dispose() {
    door.next()
    closeAll()
    sampler.stop()
  }

  // MARK: Servers

  private func listen(_ actor: ActorID, _ order: ListenOrder) {
    var context: TLSContext?
    if order.transport == .tls {
      do { context = try contexts.make(.server, order.tls ?? TLSOptions()) } catch {
        return report(.actorFailed(actor, error))
      }
    }
    bind(
      actor, order, context, port: order.preferredPort ?? 0,
      chosenBy: order.preferredPort == nil ? .kernel : .configured)
  }

  private func bind(
    _ actor: ActorID, _ order: ListenOrder, _ context: TLSContext?, port: Int, chosenBy: PortChooser
  ) {
    let sink = door.forThisRun(loop)
    let me = NIOLoopBound(self, eventLoop: loop)
    var bootstrap = ServerBootstrap(group: loop)
      .serverChannelOption(.backlog, value: Int32(clamping: order.backlog))
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .serverChannelOption(.autoRead, value: order.accepting)
      .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
      .childChannelOption(.allowRemoteHalfClosure, value: true)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try me.value.prepareAccepted(channel, actor, order, context, sink)
        }
      }
    if order.host.contains(":") {
      // NIO clears it on every IPv6 socket; a listener here is for one family, as its row says.
      bootstrap = bootstrap.serverChannelOption(
        ChannelOptions.Types.SocketOption(level: .ipv6, name: .ipv6_v6only), value: 1)
    }
    let wanted = Endpoint(order.host, port)
    bootstrap.bind(host: order.host, port: port).assumeIsolated().whenComplete { result in
      switch result {
      case .success(let channel):
        self.started(channel, actor, order, chosenBy, sink)
      case .failure(let error):
        let failure = SocketFailure.make(error, phase: .bind, endpoint: wanted)
        if failure.code == .addrInUse, order.fallsBack, port != 0 {
          return self.bind(actor, order, context, port: 0, chosenBy: .fallback)
        }
        sink(.actorFailed(actor, failure))
      }
    }
  }

  private func started(
    _ channel: any Channel, _ actor: ActorID, _ order: ListenOrder, _ chosenBy: PortChooser, _ sink: FactSink
  ) {
    guard let endpoint = Endpoint(channel.localAddress) else { return }
    listeners[actor] = channel
    sampler.watch(port: endpoint.port)
    sink(
      .listening(
        actor,
        Fact.Listening(
          endpoint: endpoint, transport: order.transport, chosenBy: chosenBy,
          preferredPort: chosenBy == .fallback ? order.preferredPort : nil, backlog: order.backlog,
          descriptor: channel.descriptor)))
    if !order.accepting { sink(.acceptingChanged(actor, false)) }
  }

  private func stopListening(_ actor: ActorID) {
    guard let channel = listeners.removeValue(forKey: actor) else { return }
    let sink = door.forThisRun(loop)
    channel.close().whenComplete { _ in sink(.stoppedListening(actor)) }
    sampler.sampleSoon()
  }

  private func setAccepting(_ actor: ActorID, _ accepting: Bool) {
    let sink = door.forThisRun(loop)
    listeners[actor]?.setOption(.autoRead, value: accepting).whenSuccess {
      sink(.acceptingChanged(actor, accepting))
    }
    sampler.sampleSoon()
  }

  private func prepareAccepted(
    _ channel: any Channel, _ actor: ActorID, _ order: ListenOrder, _ context: TLSContext?,
    _ sink: @escaping FactSink
  ) throws {
    acceptedCount[actor, default: 0] += 1
    let id = EndID(actor, acceptedCount[actor, default: 1])
    let reporter = EndReporter(id: id, side: .server, loop: loop, sink: sink)
    try addFoundation(
      channel, reporter, transport: order.transport, chosenBy: .configured, context: context,
      deadline: order.handshakeDeadlineMilliseconds, gated: order.gated, answersInClear: order.kind == .http)
    try addApplication(channel, order, reporter)
  }

  private func addApplication(_ channel: any Channel, _ order: ListenOrder, _ reporter: EndReporter) throws {
    let pipeline = channel.pipeline.syncOperations
    if let banner = order.banner {
      try pipeline.addHandler(BannerHandler(banner: banner, transport: order.transport))
    }
    switch order.kind {
    case .greet: try pipeline.addHandler(GreetHandler(reply: order.reply))
    case .echo: try pipeline.addHandler(EchoHandler())
    case .imap, .smtp, .pop3, .discard: break
    case .http:
      try pipeline.configureHTTPServerPipeline(withErrorHandling: true)
      try pipeline.addHandler(
        SiteHandler(
          site: Site(named: order.site, authorityPEM: host.authorityPEM), host: host, reporter: reporter))
    }
    try pipeline.addHandler(FarewellHandler())
  }

  // MARK: Clients

  private func connect(_ id: EndID, _ order: ConnectOrder) {
    let sink = door.forThisRun(loop)
    var context: TLSContext?
    if order.transport == .tls {
      do { context = try contexts.make(.client, order.tls ?? TLSOptions()) } catch {
        sink(.connecting(id, Fact.Connecting(to: order.to, transport: .tls, localPort: order.localPort)))
        return sink(.failed(id, error))
      }
    }
    sink(
      .connecting(id, Fact.Connecting(to: order.to, transport: order.transport, localPort: order.localPort)))
    sampler.watch(port: order.to.port)
    let reporter = EndReporter(id: id, side: .client, loop: loop, sink: sink)
    let chosenBy: PortChooser = order.localPort == nil ? .kernel : .configured
    let me = NIOLoopBound(self, eventLoop: loop)
    let bound = NIOLoopBound(reporter, eventLoop: loop)
    let tls = context
    var bootstrap = ClientBootstrap(group: loop)
      .connectTimeout(.milliseconds(Int64(order.connectDeadlineMilliseconds)))
      .channelOption(.tcpOption(.tcp_nodelay), value: 1)
      .channelOption(.allowRemoteHalfClosure, value: true)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try me.value.addFoundation(
            channel, bound.value, transport: order.transport, chosenBy: chosenBy, context: tls,
            deadline: order.handshakeDeadlineMilliseconds, gated: order.gated, answersInClear: false)
          try channel.pipeline.syncOperations.addHandler(FarewellHandler())
        }
      }
    do {
      if let port = order.localPort {
        bootstrap = bootstrap.bind(
          to: try SocketAddress(ipAddress: order.to.isIPv6 ? "::" : "0.0.0.0", port: port))
      }
      let address = try SocketAddress(ipAddress: order.to.host, port: order.to.port)
      bootstrap.connect(to: address).assumeIsolated().whenFailure { error in
        sink(.failed(id, self.connectFailure(error, order)))
        self.forget(id)
      }
    } catch {
      sink(.failed(id, SocketFailure.make(errno: 22, phase: .connect, endpoint: order.to)))
    }
  }

  /// bind() of a local port and connect() come back through one door; only bind says "in use" for a port
  /// that was asked for.
  private func connectFailure(_ error: any Error, _ order: ConnectOrder) -> Failure {
    let failure = SocketFailure.make(error, phase: .connect, endpoint: order.to)
    guard failure.code == .addrInUse, let port = order.localPort else { return failure }
    return SocketFailure.make(
      error, phase: .bind, endpoint: Endpoint(order.to.isIPv6 ? "::" : "0.0.0.0", port))
  }

  private func send(_ id: EndID, _ bytes: [UInt8]) {
    guard let channel = channels[id] else { return }
    channel.writeAndFlush(channel.allocator.buffer(bytes: bytes), promise: nil)
  }

  // MARK: Both

  private func addFoundation(
    _ channel: any Channel, _ reporter: EndReporter, transport: Transport, chosenBy: PortChooser,
    context: TLSContext?, deadline: Int, gated: Bool, answersInClear: Bool
  ) throws {
    let id = reporter.id
    channels[id] = channel
    let pipeline = channel.pipeline.syncOperations
    try pipeline.addHandler(
      WireHandler(reporter: reporter, transport: transport, localPortChosenBy: chosenBy) { [weak self] in
        self?.forget(id)
      })
    try pipeline.addHandler(BackPressureHandler())
    sampler.sampleSoon()
    guard let context else { return }
    let handler = TLSHandler(
      engine: TLSEngine(end: id, context: context), reporter: reporter,
      deadline: .milliseconds(Int64(deadline)),
      gateClosed: gated, surroundings: surroundings(answersInClear: answersInClear, channel))
    tlsHandlers[id] = handler
    try pipeline.addHandler(handler)
  }

  private func surroundings(answersInClear: Bool, _ channel: any Channel) -> TLSHandler.Surroundings {
    TLSHandler.Surroundings(
      isAnyGateClosed: { [weak self] in (self?.closedGates ?? 0) > 0 },
      gateMoved: { [weak self] change in self?.closedGates += change },
      answerInClear: { [weak channel] evidence in
        guard answersInClear, HTTPWords.looksLikeRequest(evidence.firstReceived),
          let port = channel?.localAddress?.port
        else { return nil }
        return PlainHTTPAnswer.page(
          host: HTTPWords.hostHeader(evidence.firstReceived) ?? "localhost", port: port)
      })
  }

  private func forget(_ id: EndID) {
    channels[id] = nil
    tlsHandlers[id] = nil
    sampler.sampleSoon()
  }

  private func startTimer(_ id: TimerID, _ milliseconds: Int) {
    let sink = door.forThisRun(loop)
    timers.removeValue(forKey: id)?.cancel()
    timers[id] = loop.scheduleTask(in: .milliseconds(Int64(milliseconds))) { sink(.timerFired(id)) }
  }

  private func wipe() {
    door.next()
    closeAll()
    sampler.forget()
    report(.wiped)
    if let range = EphemeralRange.read() { report(.portRange(range)) }
  }

  private func closeAll() {
    for timer in timers.values { timer.cancel() }
    timers = [:]
    for listener in listeners.values { listener.close(promise: nil) }
    listeners = [:]
    // RST, so that no port is left in TIME-WAIT for the next run.
    for channel in channels.values {
      channel.triggerUserOutboundEvent(CloseOrder(manner: .reset), promise: nil)
    }
    channels = [:]
    tlsHandlers = [:]
    acceptedCount = [:]
    closedGates = 0
  }

  private func report(_ fact: Fact) { door.sink(fact) }
}
