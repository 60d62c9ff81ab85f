import LabFacts
import NIOCore

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The handler next to the socket: reports how the connection opens and ends, counts what crosses the wire,
/// and ends it in the manner ordered.
final class WireHandler: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer
  typealias OutboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let reporter: EndReporter
  private let network: Network
  private let pipes: PipeEnds?
  private let transport: Transport
  private let localPortChosenBy: PortChooser
  private let onClose: () -> Void
  /// The program reads when it is told to, and closes without waiting for the peer's last word.
  private var isManual = false
  /// What the event loop read without being asked, or beyond what was asked for: it reads up to the end once
  /// the peer's FIN is there.
  private var unread = ByteBuffer()
  /// The size of a read that still waits for bytes. While there is one, nothing is unread.
  private var asked: Int?
  private var unreadEnd: ChannelEvent?
  private var context: ChannelHandlerContext?
  private var inputEnded = false
  private var outputEnded = false
  private var hasSaidAll = false
  private var closesAfterwards = false
  private var hasOpened = false
  /// This end has called close().
  private var isEnding = false
  private var lingering: Scheduled<Void>?
  /// One of the writes that are on their way is watched: when the socket fails, they all fail.
  private var isWatchingWrite = false

  /// How long an end that has said its last word waits for the other's: closing a socket with unread
  /// bytes makes the kernel send RST, which can destroy what was sent before it (RFC 1122 section 4.2.2.13).
  private static let patience = TimeAmount.milliseconds(1000)

  init(
    reporter: EndReporter, network: Network, pipes: PipeEnds?, transport: Transport,
    localPortChosenBy: PortChooser,
    onClose: @escaping () -> Void
  ) {
    self.reporter = reporter
    self.network = network
    self.pipes = pipes
    self.transport = transport
    self.localPortChosenBy = localPortChosenBy
    self.onClose = onClose
  }

  func handlerAdded(context: ChannelHandlerContext) { self.context = context }
  func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

  // MARK: Reading when told

  /// From now on the program is given what it asked for, and nothing else.
  func readWhenTold() { isManual = true }

  /// One read of at most so many bytes, past everything that might hold it back.
  func readNow(maximum: Int) {
    guard let context else { return }
    guard unread.readableBytes > 0 else {
      asked = maximum
      return context.read()
    }
    unread.readSlice(length: min(maximum, unread.readableBytes)).map { give($0, context) }
    giveEnd(context)
  }

  /// The program reads by itself again: first what is left from before.
  func readByItself() {
    isManual = false
    asked = nil
    guard let context else { return }
    if unread.readableBytes > 0 {
      give(unread, context)
      unread.clear()
    }
    giveEnd(context)
  }

  private func give(_ buffer: ByteBuffer, _ context: ChannelHandlerContext) {
    take(buffer, context)
    context.fireChannelReadComplete()
  }

  private func giveEnd(_ context: ChannelHandlerContext) {
    guard unread.readableBytes == 0, let end = unreadEnd else { return }
    unreadEnd = nil
    userInboundEventTriggered(context: context, event: end)
  }

  func channelActive(context: ChannelHandlerContext) {
    if let local = pipes?.local ?? endpoint(context.localAddress),
      let peer = pipes?.peer ?? endpoint(context.remoteAddress)
    {
      hasOpened = true
      reporter.report(
        .opened(
          reporter.id,
          Fact.Opening(
            network: network, side: reporter.side, transport: transport, local: local, peer: peer,
            localPortChosenBy: localPortChosenBy, descriptor: context.channel.descriptor)))
    } else if reporter.side == .server, network == .tcp {
      return wasGone(context)
    }
    context.fireChannelActive()
  }

  /// A client may reset its connection while that waits for accept(): then it has no peer any more (getpeername(2),
  /// ENOTCONN), and nothing begins on it. The socket still tells why (SO_ERROR, socket(7)).
  private func wasGone(_ context: ChannelHandlerContext) {
    let number = context.channel.descriptor.map(WireHandler.pendingError) ?? 0
    reporter.report(
      .acceptFailed(
        reporter.id.actor,
        SocketFailure.make(errno: number == 0 ? ENOTCONN : number, phase: .accept, endpoint: nil)))
    context.close(promise: nil)
  }

  private static func pendingError(_ descriptor: Int) -> Int32 {
    var number: Int32 = 0
    var size = socklen_t(MemoryLayout<Int32>.size)
    let answer = getsockopt(Int32(descriptor), SOL_SOCKET, SO_ERROR, &number, &size)
    return answer == 0 ? number : errno
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    var buffer = unwrapInboundIn(data)
    guard isManual else { return take(buffer, context) }
    let given = asked.flatMap { buffer.readSlice(length: min($0, buffer.readableBytes)) }
    asked = nil
    unread.writeBuffer(&buffer)
    if let given { take(given, context) }
  }

  private func take(_ buffer: ByteBuffer, _ context: ChannelHandlerContext) {
    if reporter.tlsDepth == 0 {
      reporter.clear(.received, buffer)
    } else {
      reporter.countWire(.received, buffer.readableBytes)
    }
    if isManual { reporter.report(.read(reporter.id, .once(bytes: buffer.readableBytes))) }
    context.fireChannelRead(wrapInboundOut(buffer))
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    let buffer = unwrapOutboundIn(data)
    if reporter.tlsDepth == 0 {
      reporter.clear(.sent, buffer)
    } else {
      reporter.countWire(.sent, buffer.readableBytes)
    }
    context.write(data, promise: promise ?? watch(context))
  }

  /// A socket that fails while it writes tells nobody but those who wrote.
  private func watch(_ context: ChannelHandlerContext) -> EventLoopPromise<Void>? {
    guard !isWatchingWrite else { return nil }
    isWatchingWrite = true
    let promise = context.eventLoop.makePromise(of: Void.self)
    promise.futureResult.assumeIsolated().whenComplete { result in
      self.isWatchingWrite = false
      if case .failure(let error) = result, error is IOError { self.socketFailed(error) }
    }
    return promise
  }

  /// A peer that said goodbye may close before our own goodbye arrives: the RST that follows loses nothing.
  private func socketFailed(_ error: any Error) {
    guard hasOpened, !reporter.hasHeardGoodbye else { return }
    reporter.fail(
      SocketFailure.make(error, phase: reporter.phase, endpoint: Endpoint(context?.remoteAddress)))
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if let end = event as? ChannelEvent, end == .inputClosed, !inputEnded {
      guard unread.readableBytes == 0 else {
        unreadEnd = end
        return
      }
      inputEnded = true
      reporter.report(.halfClosed(reporter.id, .received))
      context.fireUserInboundEventTriggered(event)
      closeWhenSaid(context)
      return
    }
    context.fireUserInboundEventTriggered(event)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    guard hasOpened, !(error is ChannelError) else {
      context.fireErrorCaught(error)
      return
    }
    socketFailed(error)
    end(context)
  }

  /// What a program that reads when told has not read by now is lost with the channel: NIO closes one whose two
  /// directions have both ended, where a socket would still hand out what came.
  func channelInactive(context: ChannelHandlerContext) {
    lingering?.cancel()
    // Behind this end's own FIN the channel tells of the peer's by its end alone.
    if outputEnded, !isEnding { reporter.hasPeerEnded = true }
    context.fireChannelInactive()
    if hasOpened { reporter.closed() }
    onClose()
  }

  func triggerUserOutboundEvent(
    context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?
  ) {
    guard let order = event as? CloseOrder else {
      context.triggerUserOutboundEvent(event, promise: promise)
      return
    }
    promise?.succeed()
    switch order.manner {
    case .clean: endOutput(context, thenClose: true)
    case .fin, .half: endOutput(context, thenClose: order.manner == .fin)
    case .reset: reset(context)
    }
  }

  /// A Unix-domain socket that connected has no name of its own.
  private func endpoint(_ address: SocketAddress?) -> Endpoint? {
    network == .unix ? Endpoint(address) ?? .unix("") : Endpoint(address)
  }

  /// Ends our direction once all that was written is gone; then closes, where that is wanted.
  private func endOutput(_ context: ChannelHandlerContext, thenClose: Bool) {
    closesAfterwards = closesAfterwards || thenClose
    guard !outputEnded else { return closeWhenSaid(context) }
    outputEnded = true
    let me = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    // What was written before is written when this is.
    context.writeAndFlush(wrapOutboundOut(ByteBuffer())).whenComplete { _ in
      let (handler, context) = me.value
      handler.allIsSaid(context)
    }
  }

  private func allIsSaid(_ context: ChannelHandlerContext) {
    hasSaidAll = true
    guard context.channel.isActive else { return }
    if isManual, closesAfterwards { return closeAtOnce(context) }
    reporter.report(.halfClosed(reporter.id, .sent))
    if !inputEnded { context.close(mode: .output, promise: nil) }
    closeWhenSaid(context)
  }

  private func closeWhenSaid(_ context: ChannelHandlerContext) {
    guard hasSaidAll else { return }
    if inputEnded { return end(context) }
    guard closesAfterwards, lingering == nil else { return }
    lingering = context.eventLoop.assumeIsolated().scheduleTask(in: WireHandler.patience) {
      self.end(context)
    }
  }

  private func end(_ context: ChannelHandlerContext) {
    isEnding = true
    context.close(promise: nil)
  }

  /// One close(): where something was left unread, the kernel makes a reset of it.
  private func closeAtOnce(_ context: ChannelHandlerContext) {
    if unread.readableBytes > 0 { return reset(context) }
    reporter.hasReset = context.channel.descriptor.map(WireHandler.hasUnread) ?? false
    if !reporter.hasReset { reporter.report(.halfClosed(reporter.id, .sent)) }
    end(context)
  }

  /// Has the kernel bytes for this socket that nobody has read (FIONREAD, ioctl_tty(2))?
  private static func hasUnread(_ descriptor: Int) -> Bool {
    var count: Int32 = 0
    return ioctl(Int32(descriptor), UInt(FIONREAD), &count) == 0 && count > 0
  }

  private func reset(_ context: ChannelHandlerContext) {
    // Pipes and Unix-domain sockets know no RST: there the peer sees an end like any other.
    guard network == .tcp, let socket = context.channel as? any SocketOptionProvider else {
      return end(context)
    }
    // SO_LINGER with a time of zero: close() sends RST (socket(7)).
    socket.setSoLinger(linger(l_onoff: 1, l_linger: 0)).assumeIsolated().whenComplete { result in
      if case .success = result { self.reporter.hasReset = true }
      self.end(context)
    }
  }
}

extension Channel {
  /// The socket's file descriptor, as the kernel numbers it. On the channel's event loop only.
  var descriptor: Int? {
    var number: Int?
    try? pipeline.syncOperations.withUnsafeTransportIfAvailable(of: NIOBSDSocket.Handle.self) {
      number = Int($0)
    }
    return number
  }
}
