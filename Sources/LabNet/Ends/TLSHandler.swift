import LabFacts
import LabTLS
import NIOCore

/// Puts a `TLSEngine` into a channel. It moves bytes and time in, and bytes and facts out; everything about
/// TLS is decided in the engine.
final class TLSHandler: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer
  typealias OutboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  let engine: TLSEngine
  let reporter: EndReporter
  private let deadline: TimeAmount
  private let surroundings: Surroundings
  private let goesOnInClear: Bool
  private let saysGoodbye: Bool
  /// 1 on the wire, 2 inside another TLS.
  let depth: Int
  private let onUp: () -> Void
  let onOff: () -> Void
  var stall: Stall?
  /// What was made by the time this end counts as up goes out before that is told.
  var flushesBeforeUp = false
  var isLeaving = false
  private var gate: Gate
  var context: ChannelHandlerContext?
  var deadlineTask: Scheduled<Void>?
  private var pendingWrites: [(buffer: ByteBuffer, promise: EventLoopPromise<Void>?)] = []
  private var isPumping = false
  private var pumpAgain = false
  private var hasStarted = false
  private var hasAnnounced = false
  private var hasToldEnd = false
  var isOver = false

  /// One read of decrypted bytes, at most.
  private static let readSize = 64 * 1024

  init(
    engine: TLSEngine, reporter: EndReporter, deadline: TimeAmount, gateClosed: Bool,
    surroundings: Surroundings, goesOnInClear: Bool, saysGoodbye: Bool, depth: Int,
    onUp: @escaping () -> Void,
    onOff: @escaping () -> Void
  ) {
    self.engine = engine
    self.reporter = reporter
    self.deadline = deadline
    self.surroundings = surroundings
    self.goesOnInClear = goesOnInClear
    self.saysGoodbye = saysGoodbye
    self.depth = depth
    self.onUp = onUp
    self.onOff = onOff
    gate = Gate(isClosed: gateClosed)
  }

  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
    if gate.isClosed { surroundings.gateMoved(1) }
    if context.channel.isActive { start(context) }
  }

  func handlerRemoved(context: ChannelHandlerContext) { letGo() }

  func channelActive(context: ChannelHandlerContext) {
    context.fireChannelActive()
    start(context)
  }

  func channelInactive(context: ChannelHandlerContext) {
    if !isOver && !engine.isEstablished { endOfInput() }
    letGo()
    context.fireChannelInactive()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    // After a failure what still comes is read and thrown away, so that closing sends no RST.
    guard !isOver else { return }
    feed(unwrapInboundIn(data))
  }

  /// Takes bytes of the handshake that were read before this handler was there.
  func feed(_ buffer: ByteBuffer) {
    buffer.withUnsafeReadableBytes { engine.receive($0) }
    pump()
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if case .inputClosed? = event as? ChannelEvent {
      endOfInput()
      return
    }
    context.fireUserInboundEventTriggered(event)
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    pendingWrites.append((unwrapOutboundIn(data), promise))
  }

  func flush(context: ChannelHandlerContext) { pump() }

  func triggerUserOutboundEvent(
    context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?
  ) {
    if let order = event as? CloseOrder {
      // Whoever hangs in the middle of a handshake does not get to its close() either.
      if stall?.hasStruck == true, order.manner != .reset {
        promise?.succeed()
        return
      }
      if order.manner == .clean || order.manner == .half { sayGoodbye() }
      isOver = isOver || order.manner == .reset
    }
    context.triggerUserOutboundEvent(event, promise: promise)
  }

  // MARK: The gate

  /// Closes the gate, or opens it and lets everything go.
  func setGate(closed: Bool) {
    guard closed != gate.isClosed else { return }
    gate.set(closed: closed)
    surroundings.gateMoved(closed ? 1 : -1)
    reporter.report(.gateChanged(reporter.id, closed))
    if !closed { releaseAll() }
  }

  /// Lets the oldest held record go.
  func release() {
    guard let record = gate.release() else { return }
    reporter.report(.released(reporter.id, title: record.title, waiting: gate.held.count))
    send(record.bytes)
  }

  private func releaseAll() {
    while !gate.held.isEmpty { release() }
  }

  // MARK: The engine

  private func start(_ context: ChannelHandlerContext) {
    guard !hasStarted else { return }
    hasStarted = true
    reporter.report(.tlsStarted(reporter.id, reporter.side))
    if gate.isClosed { reporter.report(.gateChanged(reporter.id, true)) }
    startDeadline(context.eventLoop)
    pump()
  }

  private func startDeadline(_ loop: any EventLoop) {
    deadlineTask = loop.assumeIsolated().scheduleTask(in: deadline) { self.deadlinePassed() }
  }

  private func deadlinePassed() {
    guard let context, !isOver, !engine.isEstablished else { return }
    if surroundings.isAnyGateClosed() { return startDeadline(context.eventLoop) }
    engine.abort(
      .handshakeTimeout, decidedBy: .here, waitedMilliseconds: Int(deadline.nanoseconds / 1_000_000))
    pump()
  }

  /// Moves everything as far as it goes. A handler above may write while it is handed what was read, so a
  /// nested call only asks for one more round.
  private func pump() {
    pumpAgain = true
    guard !isPumping else { return }
    isPumping = true
    defer { isPumping = false }
    while pumpAgain, !isOver {
      pumpAgain = false
      if !engine.isEstablished { engine.advance() }
      takeFacts()
      announce()
      writePending()
      flushOutbound()
      readDecrypted()
      flushOutbound()
      if case .failed(let failure) = engine.state { return giveUp(failure) }
    }
  }

  func takeFacts() {
    for fact in engine.takeFacts() {
      // Records inside another TLS are not what crosses the wire.
      if depth > 1, case .wire = fact { continue }
      reporter.report(fact)
    }
  }

  private func announce() {
    guard engine.isEstablished, !hasAnnounced else { return }
    if flushesBeforeUp { flushOutbound() }
    hasAnnounced = true
    deadlineTask?.cancel()
    onUp()
  }

  private func readDecrypted() {
    guard let context, hasAnnounced else { return }
    while true {
      var buffer = context.channel.allocator.buffer(capacity: TLSHandler.readSize)
      var count = 0
      repeat {
        count = buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: 0) { engine.read(into: $0) }
      } while count > 0 && buffer.writableBytes > 0
      takeFacts()
      guard buffer.readableBytes > 0 else { break }
      reporter.data(.received, buffer)
      context.fireChannelRead(wrapInboundOut(buffer))
    }
    if engine.peerClosed { hearGoodbye() }
  }

  /// The peer's close_notify ends its direction only (RFC 8446 section 6.1): ours goes on.
  private func writePending() {
    guard engine.canWrite, !pendingWrites.isEmpty else { return }
    let writes = pendingWrites
    pendingWrites = []
    for (buffer, promise) in writes {
      reporter.data(.sent, buffer)
      buffer.withUnsafeReadableBytes { bytes in
        var taken = 0
        while taken < bytes.count {
          let count = engine.write(UnsafeRawBufferPointer(rebasing: bytes[taken...]))
          if count == 0 { break }
          taken += count
        }
      }
      promise?.succeed()
    }
    takeFacts()
  }

  func flushOutbound() {
    takeFacts()
    guard engine.outboundCount > 0, let context else { return }
    if gate.isClosed || !gate.held.isEmpty || stall != nil {
      for record in passStall(engine.takeOutbound()) {
        guard gate.isClosed || !gate.held.isEmpty else {
          send(record.bytes)
          continue
        }
        gate.hold(record)
        reporter.report(.held(reporter.id, title: record.title, waiting: gate.held.count - 1))
      }
      return
    }
    var buffer = context.channel.allocator.buffer(capacity: engine.outboundCount)
    while engine.outboundCount > 0 {
      buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: engine.outboundCount) {
        engine.takeOutbound(into: $0)
      }
    }
    context.writeAndFlush(wrapOutboundOut(buffer), promise: nil)
  }

  private func send(_ bytes: [UInt8]) {
    guard let context else { return }
    context.writeAndFlush(wrapOutboundOut(context.channel.allocator.buffer(bytes: bytes)), promise: nil)
  }

  // MARK: The end

  private func endOfInput() {
    guard !isOver else { return }
    engine.receiveEnd()
    pump()
    if !isOver { tellEnd() }
  }

  /// The handlers above learn once that no more bytes come: by close_notify or by FIN.
  private func tellEnd() {
    guard !hasToldEnd else { return }
    hasToldEnd = true
    context?.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
  }

  /// The peer's close_notify ends the stream, or only its TLS.
  private func hearGoodbye() {
    guard goesOnInClear || isLeaving else { return tellEnd() }
    isLeaving = true
    sayGoodbye()
    leaveWhenDone()
  }

  func sayGoodbye() {
    guard !isOver else { return }
    // What was written before the goodbye goes before it.
    writePending()
    if saysGoodbye || isLeaving { engine.closeNotify() }
    setGate(closed: false)
    flushOutbound()
  }

  private func giveUp(_ failure: Failure) {
    guard !isOver, let context else { return }
    takeFacts()
    flushOutbound()
    setGate(closed: false)
    isOver = true
    deadlineTask?.cancel()
    failPendingWrites(failure)
    if failure.code == .plainToTlsPort,
      let answer = surroundings.answerInClear(failure.evidence, context.channel)
    {
      send(answer)
      // It counts as sent only where no other TLS carries it.
      if depth == 1 {
        reporter.clear(.sent, context.channel.allocator.buffer(bytes: answer), counted: true)
      }
    }
    // The alert, or the answer, is followed by FIN; the socket stays open for a moment to read what comes.
    // Inside another TLS it is that one's goodbye.
    context.triggerUserOutboundEvent(CloseOrder(manner: depth > 1 ? .clean : .fin), promise: nil)
  }

  private func failPendingWrites(_ failure: Failure) {
    for write in pendingWrites { write.promise?.fail(failure) }
    pendingWrites = []
  }

  private func letGo() {
    deadlineTask?.cancel()
    if gate.isClosed {
      gate.set(closed: false)
      surroundings.gateMoved(-1)
    }
    for write in pendingWrites { write.promise?.fail(ChannelError.ioOnClosedChannel) }
    pendingWrites = []
    isOver = true
    context = nil
  }
}
