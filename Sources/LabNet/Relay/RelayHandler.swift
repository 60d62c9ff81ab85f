import LabFacts
import LabProtocols
import NIOCore

/// The last handler of each of a relay's two ends: hands bytes to the relay, and reads on only while the
/// other side can take them. So what is kept in memory stays bounded, however slow one side is.
final class RelayHandler: ChannelDuplexHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  let party: RelayParty
  /// Held until this end is gone.
  private var run: RelayRun?
  private(set) var context: ChannelHandlerContext?
  private var isReadHeld = false
  private var isWritePending = false

  init(party: RelayParty, run: RelayRun) {
    self.party = party
    self.run = run
  }

  var isWritable: Bool { context?.channel.isWritable ?? false }

  func handlerAdded(context: ChannelHandlerContext) { self.context = context }

  func handlerRemoved(context: ChannelHandlerContext) {
    self.context = nil
    run = nil
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) { run?.heard(self, unwrapInboundIn(data)) }

  func channelReadComplete(context: ChannelHandlerContext) {
    run?.flush(after: self)
    context.fireChannelReadComplete()
  }

  func read(context: ChannelHandlerContext) {
    if run?.mayRead(self) ?? true { context.read() } else { isReadHeld = true }
  }

  /// To be called when something changed that decides about reading.
  func reconsider() {
    guard isReadHeld, run?.mayRead(self) ?? true else { return }
    isReadHeld = false
    context?.read()
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    run?.writabilityChanged(of: self)
    context.fireChannelWritabilityChanged()
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if case .inputClosed? = event as? ChannelEvent { run?.ended(self) }
  }

  func channelInactive(context: ChannelHandlerContext) {
    self.context = nil
    run?.gone(self)
    run = nil
  }

  /// Whoever noticed it has reported it.
  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

  func write(_ buffer: ByteBuffer) {
    isWritePending = true
    context?.write(wrapOutboundOut(buffer), promise: nil)
  }

  func flush() {
    guard isWritePending else { return }
    isWritePending = false
    context?.flush()
  }
}
