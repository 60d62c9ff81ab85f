import LabFacts
import LabProtocols
import LabTLS
import NIOCore
import NIOPosix

/// Opens one connection and climbs up to where its application can begin: look-up, connect(), proxy,
/// STARTTLS, TLS. Used by clients and by relays towards their backends. Belongs to the bench's loop.
final class Dialler {
  private let id: EndID
  private let order: ConnectOrder
  private let core: BenchCore
  private let sink: FactSink
  /// Where STARTTLS is asked for: the greeting, for somebody who has not heard it.
  private let greeting: StartTLSClient.Greeting
  /// The handlers above everything that TLS and proxies need. Called for each address that is tried.
  private let application: (LiveEnd, any Channel) throws -> Void
  private let onReady: () -> Void
  private let onFailure: (Failure) -> Void
  private let onClose: () -> Void
  /// The end of the address that is tried now, or of the connection.
  private weak var end: LiveEnd?
  private var isOver = false
  private var pipes: PipeEnds?

  init(
    _ id: EndID, _ order: ConnectOrder, core: BenchCore, sink: @escaping FactSink,
    greeting: StartTLSClient.Greeting = .dropped,
    application: @escaping (LiveEnd, any Channel) throws -> Void,
    onReady: @escaping () -> Void = {},
    onFailure: @escaping (Failure) -> Void = { _ in }, onClose: @escaping () -> Void = {}
  ) {
    self.id = id
    self.order = order
    self.core = core
    self.sink = sink
    self.greeting = greeting
    self.application = application
    self.onReady = onReady
    self.onFailure = onFailure
    self.onClose = onClose
  }

  func dial() {
    sink(
      .connecting(
        id,
        Fact.Connecting(
          to: order.to, transport: order.transport, localPort: order.localPort, starttls: order.starttls)))
    guard order.network != .udp else { return fail(Dialler.noDatagrams(to: order.to)) }
    var context: TLSContext?
    if order.transport == .tls || order.starttls != nil {
      do { context = try core.clientContext(order.tls ?? TLSOptions()) } catch { return fail(error) }
    }
    if let codes = order.tls?.ignoredVerifyErrors, !codes.isEmpty { sink(.weakened(id.actor, codes)) }
    guard order.network != .unix else { return connectPath(context) }
    guard order.network != .pipe else { return connectPipes(context) }
    resolveTarget(context)
  }

  /// UDP has no connections to climb on; only servers and relays speak it.
  private static func noDatagrams(to endpoint: Endpoint) -> Failure {
    var evidence = Evidence()
    evidence.subject = "network udp"
    evidence.endpoint = endpoint
    return Failure(
      layer: .setup, code: .setupOther, phase: .setup, decidedBy: .here, evidence: evidence,
      verbatim: ["a client of the lab speaks no UDP; its UDP servers and relays are for other programs"])
  }

  /// Gives up: nobody waits for this connection any more. Neither `onReady` nor `onFailure` follows.
  func cancel() {
    guard !isOver else { return }
    isOver = true
    guard let end, let channel = end.channel else { return giveUp() }
    guard !channel.isActive else { return end.close(.reset) }
    channel.close(promise: nil)
    giveUp()
  }

  private func giveUp() {
    sink(
      .failed(id, Failure(layer: .socket, code: .abortedLocally, phase: .connect, decidedBy: .here)))
    core.forget(id)
    onClose()
  }

  /// Where the socket is connected to.
  private var dialled: Endpoint { order.via?.at ?? order.dialled ?? order.to }

  /// SOCKS 4 and 5 with an address: this end looks the target up before it asks the proxy.
  private func resolveTarget(_ context: TLSContext?) {
    guard let via = order.via, via.resolvesHere else {
      return resolve(context, target: order.dialled ?? order.to)
    }
    let asked = order.dialled ?? order.to
    lookUp(asked) { addresses in
      let wanted = via.language == .socks4 ? addresses.first { $0.protocol == .inet } : addresses.first
      self.resolve(context, target: Endpoint(wanted) ?? asked)
    }
  }

  private func resolve(_ context: TLSContext?, target: Endpoint) {
    lookUp(dialled) { addresses in self.connect(addresses[...], context, target: target, last: nil) }
  }

  private func lookUp(_ endpoint: Endpoint, then: @escaping ([SocketAddress]) -> Void) {
    Resolver.addresses(of: endpoint, on: core.loop).assumeIsolated().whenComplete { result in
      guard !self.isOver else { return }
      switch result {
      case .success(let addresses):
        let texts = addresses.compactMap(\.ipAddress)
        if texts != [endpoint.host] { self.sink(.resolved(self.id, name: endpoint.host, texts)) }
        then(addresses)
      case .failure(let error):
        self.fail((error as? Failure) ?? SocketFailure.make(error, phase: .resolve, endpoint: endpoint))
      }
    }
  }

  /// One address after the other; the failure of the last one counts.
  private func connect(
    _ addresses: ArraySlice<SocketAddress>, _ context: TLSContext?, target: Endpoint, last: Failure?
  ) {
    guard !isOver else { return }
    var rest = addresses
    guard let address = rest.popFirst() else {
      return fail(last ?? SocketFailure.make(errno: 22, phase: .connect, endpoint: dialled))
    }
    core.watch(port: address.port ?? 0)
    var bootstrap = bootstrap(context, target)
    if let port = order.localPort {
      let any = address.protocol == .inet6 ? "::" : "0.0.0.0"
      guard let local = try? SocketAddress(ipAddress: any, port: port) else { return }
      bootstrap = bootstrap.bind(to: local)
      if order.sharesLocalPort { bootstrap = bootstrap.channelOption(.socketOption(.so_reuseaddr), value: 1) }
    }
    bootstrap.connect(to: address).assumeIsolated().whenFailure { error in
      self.connect(rest, context, target: target, last: self.connectFailure(error, Endpoint(address)))
    }
  }

  private func connectPath(_ context: TLSContext?) {
    bootstrap(context, order.to).connect(unixDomainSocketPath: order.to.host).assumeIsolated()
      .whenFailure { error in
        guard !self.isOver else { return }
        self.fail(SocketFailure.make(error, phase: .connect, endpoint: self.order.to))
      }
  }

  private func connectPipes(_ context: TLSContext?) {
    let pipes: PipePair
    do throws(IOError) { pipes = try PipePair(client: id, server: order.to) } catch {
      return fail(SocketFailure.make(error, phase: .connect, endpoint: order.to))
    }
    self.pipes = pipes.client
    let me = NIOLoopBound(self, eventLoop: core.loop)
    guard core.join(pipes.server, to: order.to) else {
      pipes.server.close()
      pipes.client.close()
      return fail(Dialler.nobodyAtPipe(order.to))
    }
    pipes.client.open(on: core.loop) { try me.value.settle($0, context, me.value.order.to) }.assumeIsolated()
      .whenFailure { error in
        guard !self.isOver else { return }
        self.fail(SocketFailure.make(error, phase: .connect, endpoint: self.order.to))
      }
  }

  private static func nobodyAtPipe(_ endpoint: Endpoint) -> Failure {
    var evidence = Evidence()
    evidence.subject = "network pipe"
    evidence.endpoint = endpoint
    return Failure(
      layer: .setup, code: .setupOther, phase: .setup, decidedBy: .here, evidence: evidence,
      verbatim: ["no server of the lab takes pipes at \(endpoint)"])
  }

  private func bootstrap(_ context: TLSContext?, _ target: Endpoint) -> ClientBootstrap {
    let me = NIOLoopBound(self, eventLoop: core.loop)
    let bootstrap = ClientBootstrap(group: core.loop)
      .connectTimeout(.milliseconds(Int64(order.connectDeadlineMilliseconds)))
      .channelOption(.allowRemoteHalfClosure, value: true)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture { try me.value.settle(channel, context, target) }
      }
    return order.network == .unix ? bootstrap : bootstrap.channelOption(.tcpOption(.tcp_nodelay), value: 1)
  }

  private func settle(_ channel: any Channel, _ context: TLSContext?, _ target: Endpoint) throws {
    let end = core.makeEnd(
      id, .client, deadline: order.handshakeDeadlineMilliseconds, sink: sink, answersInClear: false,
      channel: channel
    ) { settings in
      settings.startsGated = order.gated
      settings.goesOnInClear = order.goesOnInClear
      settings.localPortChosenBy = order.localPort == nil ? .kernel : .configured
      settings.network = order.network
      settings.habits = order.habits
      settings.pipes = pipes
    }
    self.end = end
    // The dialler lives as long as the connection it makes.
    end.reporter.onFailure = { failure in if !self.isOver { self.onFailure(failure) } }
    let id = id
    try end.settle(in: channel, transport: order.transport) { [core, onClose, weak end] in
      if core.ends[id] === end { core.forget(id) }
      onClose()
    }
    let pipeline = channel.pipeline.syncOperations
    try pipeline.addHandler(
      AscentHandler(end: end, steps: steps(context, target)) { if !self.isOver { self.onReady() } })
    try application(end, channel)
  }

  private func steps(_ context: TLSContext?, _ target: Endpoint) -> [AscentHandler.Step] {
    var steps: [AscentHandler.Step] = []
    if let via = order.via { steps.append(.dialogue(via.dialogue(to: target), nil)) }
    if let mail = order.starttls {
      steps.append(
        .dialogue(
          MailDialogues.client(mail, greeting: greeting, insists: order.insistsOnStartTLS), context)
      )
    } else if let context {
      steps.append(.tls(context))
    }
    if let context, let place = order.secondHandshake { steps.append(.mistake(context, place)) }
    return steps
  }

  /// bind() of a local port and connect() come back through one door; only bind says "in use" for a port
  /// that was asked for. A proxy that can't be reached is not the target that can't be reached.
  private func connectFailure(_ error: any Error, _ endpoint: Endpoint?) -> Failure {
    let failure = SocketFailure.make(error, phase: .connect, endpoint: endpoint ?? dialled)
    if failure.code == .addrInUse, let port = order.localPort {
      return SocketFailure.make(
        error, phase: .bind, endpoint: Endpoint(dialled.isIPv6 ? "::" : "0.0.0.0", port))
    }
    guard order.via != nil else { return failure }
    return Failure(
      layer: .socket, code: .proxyUnreachable, phase: .connect, decidedBy: failure.decidedBy,
      evidence: failure.evidence, verbatim: failure.verbatim)
  }

  private func fail(_ failure: Failure) {
    isOver = true
    sink(.failed(id, failure))
    core.forget(id)
    onFailure(failure)
    onClose()
  }
}
