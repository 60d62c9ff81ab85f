import LabFacts
import NIOCore
import NIOPosix

/// A UDP server or relay. UDP has no connections and no accept(): whoever sends a datagram is a peer until
/// it has been silent for a while. Belongs to the bench's loop.
final class DatagramServer {
  private let actor: ActorID
  private let order: ListenOrder
  private let relay: RelayOrder?
  private let core: BenchCore
  private let sink: FactSink
  private var channel: (any Channel)?
  private var peers: [SocketAddress: DatagramPeer] = [:]

  /// More peers than this at once: the one that was silent longest is forgotten.
  private static let peerLimit = 4096

  init(
    actor: ActorID, order: ListenOrder, relay: RelayOrder?, core: BenchCore, sink: @escaping FactSink
  ) {
    self.actor = actor
    self.order = order
    self.relay = relay
    self.core = core
    self.sink = sink
  }

  func start() {
    let me = NIOLoopBound(self, eventLoop: core.loop)
    DatagramBootstrap(group: core.loop)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(
            DatagramHandler { me.value.received($0, from: $1) })
        }
      }
      .bind(host: order.host, port: order.preferredPort ?? 0).assumeIsolated().whenComplete { result in
        switch result {
        case .success(let channel): self.started(channel)
        case .failure(let error):
          self.sink(
            .actorFailed(
              self.actor,
              SocketFailure.make(
                error, phase: .bind, endpoint: Endpoint(self.order.host, self.order.preferredPort ?? 0))))
        }
      }
  }

  private func started(_ channel: any Channel) {
    guard let endpoint = Endpoint(channel.localAddress) else { return }
    self.channel = channel
    sink(
      .listening(
        actor,
        Fact.Listening(
          network: .udp, endpoint: endpoint, transport: .plain,
          chosenBy: order.preferredPort == nil ? .kernel : .configured, backlog: 0,
          descriptor: channel.descriptor)))
  }

  func stop() {
    for peer in peers.values { peer.end() }
    peers = [:]
    guard let channel else { return }
    self.channel = nil
    let (sink, actor) = (sink, actor)
    channel.close().whenComplete { _ in sink(.stoppedListening(actor)) }
  }

  private func received(_ data: ByteBuffer, from address: SocketAddress) {
    let peer = peers[address] ?? greet(address)
    peer?.heard(data)
  }

  private func greet(_ address: SocketAddress) -> DatagramPeer? {
    guard let channel, let local = Endpoint(channel.localAddress), let remote = Endpoint(address) else {
      return nil
    }
    if peers.count >= DatagramServer.peerLimit { peers.values.min { $0.lastHeard < $1.lastHeard }?.end() }
    let reporter = EndReporter(id: core.nextAccepted(by: actor), side: .server, loop: core.loop, sink: sink)
    reporter.report(
      .opened(
        reporter.id,
        Fact.Opening(
          network: .udp, side: .server, transport: .plain, local: local, peer: remote,
          localPortChosenBy: .configured)))
    let peer = DatagramPeer(
      reporter: reporter, loop: core.loop, idle: .milliseconds(Int64(order.idleMilliseconds)),
      answers: relay == nil && order.kind != .discard,
      reply: { [weak self] in self?.send($0, to: address) },
      onEnd: { [weak self] in self?.peers[address] = nil })
    peers[address] = peer
    if case .fixed(let backend)? = relay?.route { peer.connect(to: backend.to, core.loop) }
    return peer
  }

  private func send(_ data: ByteBuffer, to address: SocketAddress) {
    channel?.writeAndFlush(AddressedEnvelope(remoteAddress: address, data: data), promise: nil)
  }
}

/// Hands datagrams on with their sender.
private final class DatagramHandler: ChannelInboundHandler {
  typealias InboundIn = AddressedEnvelope<ByteBuffer>
  private let onData: (ByteBuffer, SocketAddress) -> Void

  init(_ onData: @escaping (ByteBuffer, SocketAddress) -> Void) { self.onData = onData }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let envelope = unwrapInboundIn(data)
    onData(envelope.data, envelope.remoteAddress)
  }

  /// ECONNREFUSED comes back for a datagram that nobody took; the next one may be taken.
  func errorCaught(context: ChannelHandlerContext, error: any Error) {}
}

/// One peer of a UDP server: answered here, or passed on to a backend over a socket of its own.
final class DatagramPeer {
  private(set) var lastHeard = NIODeadline.now()
  private let reporter: EndReporter
  private let loop: any EventLoop
  private let idle: TimeAmount
  private let answers: Bool
  private let reply: (ByteBuffer) -> Void
  private let onEnd: () -> Void
  private var backend: (any Channel)?
  private var target: SocketAddress?
  private var waiting: [ByteBuffer] = []
  private var timer: Scheduled<Void>?
  private var isOver = false

  /// Datagrams kept while the way to the backend is made.
  private static let waitingLimit = 64

  init(
    reporter: EndReporter, loop: any EventLoop, idle: TimeAmount, answers: Bool,
    reply: @escaping (ByteBuffer) -> Void, onEnd: @escaping () -> Void
  ) {
    self.reporter = reporter
    self.loop = loop
    self.idle = idle
    self.answers = answers
    self.reply = reply
    self.onEnd = onEnd
    watchSilence()
  }

  /// A datagram of this peer.
  func heard(_ data: ByteBuffer) {
    lastHeard = .now()
    reporter.clear(.received, data)
    if answers { return answer(data) }
    guard let backend, let target else {
      if waiting.count < DatagramPeer.waitingLimit { waiting.append(data) }
      return
    }
    backend.writeAndFlush(AddressedEnvelope(remoteAddress: target, data: data), promise: nil)
  }

  /// Passes what this peer says on to a backend, and the answers back.
  func connect(to endpoint: Endpoint, _ loop: any EventLoop) {
    Resolver.addresses(of: endpoint, on: loop).assumeIsolated().whenComplete { result in
      switch result {
      case .success(let addresses): addresses.first.map { self.open($0) }
      case .failure(let error): self.fail((error as? Failure) ?? SocketFailure.make(error, phase: .resolve))
      }
    }
  }

  private func open(_ address: SocketAddress) {
    let me = NIOLoopBound(self, eventLoop: loop)
    DatagramBootstrap(group: loop)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(DatagramHandler { data, _ in me.value.answer(data) })
        }
      }
      .bind(host: address.protocol == .inet6 ? "::" : "0.0.0.0", port: 0).assumeIsolated()
      .whenComplete { result in
        switch result {
        case .success(let channel): self.opened(channel, address)
        case .failure(let error): self.fail(SocketFailure.make(error, phase: .connect))
        }
      }
  }

  private func opened(_ channel: any Channel, _ address: SocketAddress) {
    guard !isOver else { return channel.close(promise: nil) }
    backend = channel
    target = address
    for data in waiting {
      channel.write(AddressedEnvelope(remoteAddress: address, data: data), promise: nil)
    }
    channel.flush()
    waiting = []
  }

  private func answer(_ data: ByteBuffer) {
    guard !isOver else { return }
    lastHeard = .now()
    reporter.clear(.sent, data)
    reply(data)
  }

  private func fail(_ failure: Failure) {
    reporter.fail(failure)
    end()
  }

  private func watchSilence() {
    timer = loop.assumeIsolated().scheduleTask(deadline: lastHeard + idle) { [weak self] in
      guard let self, !self.isOver else { return }
      if NIODeadline.now() - self.lastHeard >= self.idle { self.end() } else { self.watchSilence() }
    }
  }

  func end() {
    guard !isOver else { return }
    isOver = true
    timer?.cancel()
    backend?.close(promise: nil)
    reporter.closed()
    onEnd()
  }
}
