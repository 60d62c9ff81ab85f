import LabFacts
import LabProtocols
import LabTLS
import NIOCore
import NIOPosix

/// One server or relay: its listening socket, and the connections it has. Belongs to the bench's loop.
final class Listener {
  let actor: ActorID
  let order: ListenOrder
  /// What a relay does with its clients; nothing for a server that answers itself.
  let relay: RelayOrder?
  /// What the relay does to bytes now.
  var hooks: [ByteHook] {
    didSet { generation += 1 }
  }
  /// Counts the changes of `hooks`, so that connections notice.
  private(set) var generation = 0

  let core: BenchCore
  let sink: FactSink
  private let contexts: TLSContextSource?
  /// What went wrong before it started all the same.
  private let trouble: Failure?
  var channel: (any Channel)?
  private var governor: AcceptGovernor?
  var datagrams: DatagramServer?
  var open: Set<EndID> = []
  private var shaking: Set<EndID> = []
  var isFinished = false
  /// It stands in for a listening socket where there is none.
  var awaitsPipes = false
  /// Does it call accept()? A listening socket's own channel knows; this is for pipes.
  private var isAccepting: Bool
  /// Ends of pipes that nobody has accepted yet: what a kernel's queue is for sockets.
  private var queuedPipes: [PipeEnds] = []
  var isDraining = false
  private var accepted = 0
  private var lastAcceptError: Int32?

  /// After accept() failed for want of descriptors or memory.
  private static let backoff = TimeAmount.milliseconds(200)

  init(
    actor: ActorID, order: ListenOrder, relay: RelayOrder?, contexts: TLSContextSource?,
    trouble: Failure? = nil,
    core: BenchCore, sink: @escaping FactSink
  ) {
    self.actor = actor
    self.order = order
    self.relay = relay
    self.contexts = contexts
    self.trouble = trouble
    self.core = core
    self.sink = sink
    isAccepting = order.accepting
    hooks = relay?.hooks ?? []
  }

  // MARK: Starting

  func start() {
    if let codes = order.tls?.ignoredVerifyErrors, !codes.isEmpty { sink(.weakened(actor, codes)) }
    if !hooks.isEmpty { sink(.hooksChanged(actor, hooks)) }
    if let descriptor = order.descriptor { return adopt(descriptor) }
    switch order.network {
    case .tcp:
      bind(port: order.preferredPort ?? 0, chosenBy: order.preferredPort == nil ? .kernel : .configured)
    case .unix: bindPath(cleaning: false)
    case .udp: startDatagrams()
    case .pipe: awaitPipes()
    }
  }

  /// There is nothing to bind: its connections are pairs of pipes, made by whoever connects.
  private func awaitPipes() {
    awaitsPipes = true
    sink(
      .listening(
        actor,
        Fact.Listening(
          network: .pipe, endpoint: .pipe(actor.rawValue), transport: order.transport, chosenBy: .configured,
          backlog: 0)))
    if let trouble { sink(.actorFailed(actor, trouble)) }
    if !isAccepting { sink(.acceptingChanged(actor, false)) }
  }

  /// Takes one end of a pair of pipes as its next connection, as soon as it may. Answers whether it takes any.
  func join(_ pipes: PipeEnds) -> Bool {
    guard awaitsPipes else { return false }
    queuedPipes.append(pipes)
    acceptPipes()
    return true
  }

  /// Pauses or resumes accept() where there is no socket to do it for.
  func setAcceptingPipes(_ accepting: Bool) {
    isAccepting = accepting
    sink(.acceptingChanged(actor, accepting))
    acceptPipes()
  }

  private func acceptPipes() {
    let me = NIOLoopBound(self, eventLoop: core.loop)
    while awaitsPipes, isAccepting, mayAccept, !queuedPipes.isEmpty {
      let pipes = queuedPipes.removeFirst()
      pipes.open(on: core.loop) { try me.value.accept($0, pipes) }.whenFailure { error in
        me.value.sink(.acceptFailed(me.value.actor, SocketFailure.make(error, phase: .accept)))
      }
    }
  }

  /// Takes no more pipes; whoever waits in the queue sees the end.
  func closePipes() {
    awaitsPipes = false
    for pipes in queuedPipes { pipes.close() }
    queuedPipes = []
  }

  private func bind(port: Int, chosenBy: PortChooser) {
    let wanted = Endpoint(order.host, port)
    bootstrap().bind(host: order.host, port: port).assumeIsolated().whenComplete { result in
      switch result {
      case .success(let channel): self.started(channel, chosenBy)
      case .failure(let error):
        let failure = SocketFailure.make(error, phase: .bind, endpoint: wanted)
        if failure.code == .addrInUse, self.order.fallsBack, port != 0 {
          return self.bind(port: 0, chosenBy: .fallback)
        }
        self.failed(failure)
      }
    }
  }

  /// A socket file that nobody listens on any more is in the way of its successor.
  private func bindPath(cleaning: Bool) {
    bootstrap().bind(unixDomainSocketPath: order.host, cleanupExistingSocketFile: cleaning).assumeIsolated()
      .whenComplete { result in
        switch result {
        case .success(let channel): self.started(channel, .configured)
        case .failure(let error):
          let failure = SocketFailure.make(error, phase: .bind, endpoint: .unix(self.order.host))
          if failure.code == .addrInUse, !cleaning { return self.cleanStale(failure) }
          self.failed(failure)
        }
      }
  }

  private func cleanStale(_ failure: Failure) {
    ClientBootstrap(group: core.loop).connect(unixDomainSocketPath: order.host).assumeIsolated()
      .whenComplete { result in
        switch result {
        case .success(let channel):
          channel.close(promise: nil)
          self.failed(failure)
        case .failure: self.bindPath(cleaning: true)
        }
      }
  }

  private func startDatagrams() {
    let server = DatagramServer(actor: actor, order: order, relay: relay, core: core, sink: sink)
    datagrams = server
    server.start()
  }

  private func bootstrap() -> ServerBootstrap {
    let me = NIOLoopBound(self, eventLoop: core.loop)
    var bootstrap = ServerBootstrap(group: core.loop)
      .serverChannelOption(.backlog, value: Int32(clamping: order.backlog))
      .serverChannelOption(.socketOption(.so_reuseaddr), value: order.reusesAddress ? 1 : 0)
      .serverChannelOption(.autoRead, value: order.accepting)
      .serverChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture { try me.value.govern(channel) }
      }
      .childChannelOption(.allowRemoteHalfClosure, value: true)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture { try me.value.accept(channel) }
      }
    if order.network == .tcp {
      bootstrap = bootstrap.childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
    }
    if isOneByOne { bootstrap = bootstrap.serverChannelOption(.maxMessagesPerRead, value: 1) }
    guard order.host.contains(":"), order.network == .tcp else { return bootstrap }
    // NIO clears it on every IPv6 socket; whether this listener serves both families is the order's choice.
    return bootstrap.serverChannelOption(
      ChannelOptions.Types.SocketOption(level: .ipv6, name: .ipv6_v6only), value: order.dualStack ? 0 : 1)
  }

  private func govern(_ channel: any Channel) throws {
    let governor = AcceptGovernor(
      mayAccept: { [weak self] in self?.mayAccept ?? true },
      onError: { [weak self] in self?.acceptFailed($0) })
    self.governor = governor
    try channel.pipeline.syncOperations.addHandlers([
      AcceptBackoffHandler(shouldForwardIOErrorCaught: true, backoffProvider: { _ in Listener.backoff }),
      governor,
    ])
  }

  private func started(_ channel: any Channel, _ chosenBy: PortChooser) {
    guard !isFinished, let endpoint = Endpoint(channel.localAddress) else {
      return channel.close(promise: nil)
    }
    self.channel = channel
    if order.network == .tcp { core.watch(port: endpoint.port) }
    sink(
      .listening(
        actor,
        Fact.Listening(
          network: order.network, endpoint: endpoint, transport: order.transport, chosenBy: chosenBy,
          preferredPort: chosenBy == .fallback ? order.preferredPort : nil, backlog: order.backlog,
          descriptor: channel.descriptor)))
    if let trouble { sink(.actorFailed(actor, trouble)) }
    if !order.accepting { sink(.acceptingChanged(actor, false)) }
  }

  private func failed(_ failure: Failure) {
    isFinished = true
    sink(.actorFailed(actor, failure))
  }

  // MARK: Taking connections

  private var isOneByOne: Bool {
    order.acceptMode != .deferred || order.connectionLimit != nil || relay?.maxConnections != nil
  }

  private var isExhausted: Bool { relay?.maxConnections.map { accepted >= $0 } ?? false }

  private var mayAccept: Bool {
    if isExhausted { return false }
    if let limit = order.connectionLimit, open.count >= limit { return false }
    switch order.acceptMode {
    case .deferred: return true
    case .blocking: return shaking.isEmpty
    case .oneTLS: return order.transport == .plain || open.isEmpty
    }
  }

  private func acceptFailed(_ error: any Error) {
    guard let error = error as? IOError, error.errnoCode != lastAcceptError else { return }
    lastAcceptError = error.errnoCode
    sink(.acceptFailed(actor, SocketFailure.make(error, phase: .accept)))
  }

  /// A socket that is connected already, such as one end of a pair, is the only connection there will be.
  private func adopt(_ descriptor: Int) {
    let me = NIOLoopBound(self, eventLoop: core.loop)
    ClientBootstrap(group: core.loop)
      .channelOption(.allowRemoteHalfClosure, value: true)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture { try me.value.accept(channel) }
      }
      .withConnectedSocket(NIOBSDSocket.Handle(descriptor)).assumeIsolated().whenFailure { error in
        self.failed(SocketFailure.make(error, phase: .accept))
      }
    isDraining = true
  }

  private func accept(_ channel: any Channel, _ pipes: PipeEnds? = nil) throws {
    lastAcceptError = nil
    accepted += 1
    let id = core.nextAccepted(by: actor)
    open.insert(id)
    if order.transport == .tls { shaking.insert(id) }
    let end = core.makeEnd(
      id, .server, deadline: order.handshakeDeadlineMilliseconds, sink: sink,
      answersInClear: order.kind == .http && relay == nil, channel: channel
    ) { settings in
      settings.startsGated = order.gated
      settings.goesOnInClear = order.goesOnInClear
      settings.network = order.network
      settings.habits = order.habits
      settings.pipes = pipes
    }
    if order.stopsOnError { end.reporter.onFailure = { [weak self] in self?.connectionFailed($0) } }
    try end.settle(in: channel, transport: order.transport) { [weak self] in self?.closed(id) }
    try climb(end, channel)
    // Not at once: the connection that is being accepted would be closed with the listener.
    if isExhausted { core.loop.assumeIsolated().execute { self.stop() } }
  }

  private func climb(_ end: LiveEnd, _ channel: any Channel) throws {
    let pipeline = channel.pipeline.syncOperations
    var steps: [AscentHandler.Step] = []
    var tls: TLSContext?
    do throws(Failure) {
      tls = try contexts?.current()
      if order.transport == .tls, let tls { steps.append(.tls(tls)) }
      if let place = order.secondHandshake, let tls { steps.append(.mistake(tls, place)) }
    } catch {
      steps = [.fail(error)]
    }
    let id = end.id
    if let relay {
      let run = RelayRun(front: end, order: relay, tls: tls, listener: self, core: core, sink: sink)
      let ascent = AscentHandler(end: end, steps: steps) { [weak self] in
        self?.shook(id)
        run.begin()
      }
      return try pipeline.addHandlers([ascent, run.frontHandler])
    }
    try pipeline.addHandler(AscentHandler(end: end, steps: steps) { [weak self] in self?.shook(id) })
    try Application.add(order, to: channel, end, tls: tls, host: core.host)
    try pipeline.addHandler(FarewellHandler())
  }

  /// The handshake of a connection is done, or there is none to do.
  private func shook(_ id: EndID) {
    shaking.remove(id)
    governor?.reconsider()
    acceptPipes()
  }

  private func closed(_ id: EndID) {
    open.remove(id)
    shaking.remove(id)
    core.forget(id)
    governor?.reconsider()
    acceptPipes()
    finishIfDrained()
  }
}
