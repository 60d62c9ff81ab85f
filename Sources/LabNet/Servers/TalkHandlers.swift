import LabFacts
import NIOCore

/// The *greet* server: answers each chunk it reads with a reply made from it.
final class GreetHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let before: [UInt8]
  private let after: [UInt8]
  private let usesData: Bool

  /// `{data}` in the reply stands for the bytes read.
  init(reply: String) {
    let parts = reply.split(separator: "{data}", maxSplits: 1, omittingEmptySubsequences: false)
    before = Array((parts.first ?? "").utf8)
    after = parts.count > 1 ? Array(parts[1].utf8) : []
    usesData = parts.count > 1
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    var read = unwrapInboundIn(data)
    var words = read.readBytes(length: read.readableBytes) ?? []
    // A person at a terminal ends the line; the greeting shouldn't be torn by it.
    var lineEnd: [UInt8] = []
    while let last = words.last, last == 0x0a || last == 0x0d { lineEnd.insert(words.removeLast(), at: 0) }
    let answer = before + (usesData ? words : []) + after + lineEnd
    context.writeAndFlush(wrapOutboundOut(context.channel.allocator.buffer(bytes: answer)), promise: nil)
  }
}

/// The *echo* server: sends the same bytes back.
final class EchoHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  func channelRead(context: ChannelHandlerContext, data: NIOAny) { context.write(data, promise: nil) }
  func channelReadComplete(context: ChannelHandlerContext) { context.flush() }
}

/// Says something as soon as the connection is up: mail servers speak first.
final class BannerHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let banner: String

  init(banner: String) { self.banner = banner }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if event is EndReady { speak(context) }
    context.fireUserInboundEventTriggered(event)
  }

  private func speak(_ context: ChannelHandlerContext) {
    context.writeAndFlush(wrapOutboundOut(context.channel.allocator.buffer(string: banner)), promise: nil)
  }
}

/// The last handler of every end: where nothing more comes from the peer, this end finishes too.
final class FarewellHandler: ChannelInboundHandler {
  typealias InboundIn = NIOAny

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {}

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if case .inputClosed? = event as? ChannelEvent {
      context.channel.triggerUserOutboundEvent(CloseOrder(manner: .clean), promise: nil)
    }
  }

  /// Whoever noticed it has reported it.
  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
