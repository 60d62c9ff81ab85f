import LabFacts
import LabTLS
import NIOCore

/// One end of a living connection: its channel, and the layers of TLS that are on it by now. Everything
/// that changes the layers goes through here. Belongs to the channel's event loop.
final class LiveEnd {
  let reporter: EndReporter
  /// The whole of a handshake must be done in this time.
  let handshakeDeadline: TimeAmount
  private(set) var channel: (any Channel)?
  /// The innermost last: the first one's bytes are on the wire.
  private(set) var layers: [TLSHandler] = []
  private let base = BackPressureHandler()
  let settings: Settings
  private(set) var wire: WireHandler?
  /// Only where something shall go wrong.
  var faults: FaultHandler?

  /// What belongs to the lab and to this end's program.
  struct Settings {
    var surroundings: TLSHandler.Surroundings
    /// The gate of the first TLS on this end starts closed.
    var startsGated = false
    /// After the peer's close_notify go on beneath TLS.
    var goesOnInClear = false
    var localPortChosenBy: PortChooser = .configured
    var network: Network = .tcp
    /// Where it has no socket.
    var pipes: PipeEnds?
    var habits = EndHabits()
  }

  init(reporter: EndReporter, handshakeDeadline: TimeAmount, settings: Settings) {
    self.reporter = reporter
    self.handshakeDeadline = handshakeDeadline
    self.settings = settings
  }

  var id: EndID { reporter.id }

  /// Puts the handlers that every end has into its channel.
  func settle(
    in channel: any Channel, transport: Transport, onClose: @escaping () -> Void
  ) throws {
    self.channel = channel
    let pipeline = channel.pipeline.syncOperations
    let wire = WireHandler(
      reporter: reporter, network: settings.network, pipes: settings.pipes, transport: transport,
      localPortChosenBy: settings.localPortChosenBy
    ) {
      // Strong until the channel is gone: then the handler that holds this is gone too.
      self.channel = nil
      self.layers = []
      self.wire = nil
      onClose()
    }
    self.wire = wire
    try pipeline.addHandler(wire)
    if !settings.habits.faults.isEmpty { try addFaults(settings.habits.faults, in: pipeline) }
    try pipeline.addHandler(base)
  }

  // MARK: Layers of TLS

  /// Begins a handshake. `early` are bytes that were read already and belong to it.
  func startTLS(
    _ context: TLSContext, place: TLSPlace = .inside, early: ByteBuffer? = nil,
    onUp: @escaping () -> Void = {}
  ) throws {
    guard let channel else { return }
    if place == .instead { abandonLayers() }
    let isFirst = reporter.tlsDepth == 0
    let engine = TLSEngine(
      end: id, context: context,
      receivedBefore: reporter.traffic.wireReceived - (early?.readableBytes ?? 0),
      sentBefore: reporter.traffic.wireSent)
    let handler = TLSHandler(
      engine: engine, reporter: reporter, deadline: handshakeDeadline,
      gateClosed: settings.startsGated && isFirst, surroundings: settings.surroundings,
      goesOnInClear: settings.goesOnInClear, saysGoodbye: settings.habits.saysGoodbye,
      depth: layers.count + 1,
      onUp: { [weak self] in
        self?.faults?.handshakeDone()
        onUp()
      }
    ) { [weak self] in self?.removeLast() }
    if isFirst {
      handler.stall = TLSHandler.Stall(settings.habits.faults)
      handler.flushesBeforeUp = faults != nil
    }
    let anchor: any ChannelHandler = layers.last ?? base
    layers.append(handler)
    reporter.tlsDepth = layers.count
    try channel.pipeline.syncOperations.addHandler(handler, position: .after(anchor))
    if let early { handler.feed(early) }
  }

  /// Takes the innermost TLS off by close_notify.
  func stopTLS() { layers.last?.takeOff() }

  func setGate(closed: Bool) { layers.first?.setGate(closed: closed) }
  func release() { layers.first?.release() }

  private func removeLast() {
    _ = layers.popLast()
    reporter.tlsDepth = layers.count
  }

  /// The mistake of a second handshake on the bare wire: what TLS there was is thrown away without a word.
  private func abandonLayers() {
    for layer in layers.reversed() { layer.abandon() }
    layers = []
    reporter.tlsDepth = 0
  }

  // MARK: Bytes and the end

  func send(_ bytes: [UInt8]) {
    guard let channel else { return }
    channel.writeAndFlush(channel.allocator.buffer(bytes: bytes), promise: nil)
  }

  func close(_ manner: CloseManner) {
    channel?.triggerUserOutboundEvent(CloseOrder(manner: manner), promise: nil)
  }
}
