import NIOCore

/// Decides when a listener takes the next connection from the kernel's queue. Sits in the pipeline of the
/// listening socket; belongs to its event loop.
final class AcceptGovernor: ChannelDuplexHandler {
  typealias InboundIn = any Channel
  typealias InboundOut = any Channel
  typealias OutboundIn = any Channel

  private let mayAccept: () -> Bool
  private let onError: (any Error) -> Void
  private var context: ChannelHandlerContext?
  private var isHeld = false

  init(mayAccept: @escaping () -> Bool, onError: @escaping (any Error) -> Void) {
    self.mayAccept = mayAccept
    self.onError = onError
  }

  func handlerAdded(context: ChannelHandlerContext) { self.context = context }
  func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

  func read(context: ChannelHandlerContext) {
    if mayAccept() { context.read() } else { isHeld = true }
  }

  /// To be called when something changed that `mayAccept` looks at.
  func reconsider() {
    guard isHeld, mayAccept() else { return }
    isHeld = false
    context?.read()
  }

  /// One failed accept() ends no server (EMFILE, ECONNABORTED).
  func errorCaught(context: ChannelHandlerContext, error: any Error) { onError(error) }
}
