import LabFacts
import LabProtocols
import LabTLS
import NIOCore

/// Tells the handlers above that everything beneath the application is up: proxies, STARTTLS, TLS.
struct EndReady: Sendable {}

/// Climbs from an open connection to one that its application can use, step by step: the dialogue with a
/// proxy, the dialogue before STARTTLS, the handshake. What the application writes meanwhile waits.
final class AscentHandler: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer
  typealias OutboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  enum Step {
    /// With a context, the handshake it asks for is part of it; without, the next step's business.
    case dialogue(any Dialogue, TLSContext?)
    case tls(TLSContext)
    /// A second handshake, by mistake.
    case mistake(TLSContext, TLSPlace)
    /// What should have come next could not be made.
    case fail(Failure)
  }

  private let end: LiveEnd
  private var steps: ArraySlice<Step>
  private let onReady: () -> Void
  private var context: ChannelHandlerContext?
  private var isClimbing = false
  private var isUp = false
  private var held: [(data: NIOAny, promise: EventLoopPromise<Void>?)] = []
  private var isFlushWanted = false
  private var hadDialogue = false
  private var endsOutput = false

  init(end: LiveEnd, steps: [Step], onReady: @escaping () -> Void = {}) {
    self.end = end
    self.steps = steps[...]
    self.onReady = onReady
  }

  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
    if context.channel.isActive { begin() }
  }

  func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

  func channelActive(context: ChannelHandlerContext) {
    context.fireChannelActive()
    begin()
  }

  func channelInactive(context: ChannelHandlerContext) {
    for write in held { write.promise?.fail(ChannelError.ioOnClosedChannel) }
    held = []
    context.fireChannelInactive()
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    if isUp { context.write(data, promise: promise) } else { held.append((data, promise)) }
  }

  func flush(context: ChannelHandlerContext) {
    if isUp { context.flush() } else { isFlushWanted = true }
  }

  /// Our own direction ends after what was written into it, and that still waits here.
  func triggerUserOutboundEvent(
    context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?
  ) {
    guard !isUp, end.reporter.failure == nil, (event as? CloseOrder)?.manner == .half else {
      return context.triggerUserOutboundEvent(event, promise: promise)
    }
    endsOutput = true
    promise?.succeed()
  }

  private func begin() {
    guard !isClimbing else { return }
    isClimbing = true
    next(early: nil)
  }

  /// `early` was read by the step before and belongs to what comes next.
  private func next(early: ByteBuffer?) {
    guard let context else { return }
    do {
      switch steps.popFirst() {
      case .dialogue(let dialogue, let tls):
        hadDialogue = true
        try context.pipeline.syncOperations.addHandler(
          DialogueHandler(dialogue, end: end, tls: tls, early: early) { [weak self] in
            self?.next(early: $0)
          },
          position: .before(self))
      case .tls(let tls): try end.startTLS(tls, early: early) { [weak self] in self?.next(early: nil) }
      case .mistake(let tls, let place):
        try end.startTLS(tls, place: place)
        arrive(early: nil)
      case .fail(let failure):
        end.reporter.fail(failure)
        end.close(.clean)
      case nil: arrive(early: early)
      }
    } catch { context.close(promise: nil) }
  }

  private func arrive(early: ByteBuffer?) {
    guard let context, !isUp else { return }
    isUp = true
    if hadDialogue { end.reporter.report(.ready(end.id)) }
    end.arrived()
    context.fireUserInboundEventTriggered(EndReady())
    onReady()
    if let early, early.readableBytes > 0 { context.fireChannelRead(wrapInboundOut(early)) }
    for write in held { context.write(write.data, promise: write.promise) }
    held = []
    if isFlushWanted { context.flush() }
    if endsOutput { context.triggerUserOutboundEvent(CloseOrder(manner: .half), promise: nil) }
    // Nothing is left to do here, and every event would pass by.
    context.pipeline.syncOperations.removeHandler(context: context, promise: nil)
  }
}
