import LabFacts
import LabTLS
import NIOCore

extension TLSHandler {
  /// Says goodbye, waits for the peer's goodbye, and leaves the channel to what is beneath.
  func takeOff() {
    guard !isOver, engine.isEstablished || engine.peerClosed else { return }
    isLeaving = true
    sayGoodbye()
    leaveWhenDone()
  }

  /// Leaves at once and without a goodbye; what was said before goes out.
  func abandon() {
    flushOutbound()
    isOver = true
    deadlineTask?.cancel()
    guard let context else { return }
    context.pipeline.syncOperations.removeHandler(context: context, promise: nil)
  }

  func leaveWhenDone() {
    guard isLeaving, !isOver, engine.state == .closed, let context else { return }
    isOver = true
    takeFacts()
    let rest = engine.takeUnusedInput()
    onOff()
    reporter.report(.tlsStopped(reporter.id))
    if !rest.isEmpty {
      let buffer = context.channel.allocator.buffer(bytes: rest)
      if depth == 1 { reporter.clear(.received, buffer, counted: true) }
      context.fireChannelRead(wrapInboundOut(buffer))
    }
    context.pipeline.syncOperations.removeHandler(context: context, promise: nil)
  }
}
