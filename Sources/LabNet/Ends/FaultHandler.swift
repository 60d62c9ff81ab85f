import LabFacts
import LabProtocols
import NIOCore

/// Makes mistakes on purpose in what an end sends. Stands next to the wire, and only in channels that want it: an
/// end without faults has no such handler.
final class FaultHandler: ChannelOutboundHandler, RemovableChannelHandler {
  typealias OutboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private enum Item {
    case piece(FaultLine.Piece, EventLoopPromise<Void>?)
    case event(Any, EventLoopPromise<Void>?)
  }

  private let reporter: EndReporter
  private var line: FaultLine
  private var context: ChannelHandlerContext?
  private var waiting: [Item] = []
  private var isPausing = false

  init(_ faults: [WireFault], reporter: EndReporter) {
    self.reporter = reporter
    line = FaultLine(faults, isUp: reporter.negotiated != nil)
  }

  func replace(_ faults: [WireFault]) {
    line = FaultLine(faults, isUp: reporter.negotiated != nil)
  }

  func handshakeDone() { line.handshakeDone() }

  func handlerAdded(context: ChannelHandlerContext) { self.context = context }
  func handlerRemoved(context: ChannelHandlerContext) { letGo() }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    let outcome = line.pass(Array(unwrapOutboundIn(data).readableBytesView))
    for piece in outcome.pieces { waiting.append(.piece(piece, nil)) }
    // What is thrown away counts as written for the program, as bytes do that the kernel took.
    waiting.append(.piece(FaultLine.Piece([]), promise))
    for fault in outcome.struck { reporter.report(.faultStruck(reporter.id, fault)) }
    if let manner = outcome.end?.manner { waiting.append(.event(CloseOrder(manner: manner), nil)) }
    drain()
  }

  func triggerUserOutboundEvent(
    context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?
  ) {
    guard !waiting.isEmpty, (event as? CloseOrder)?.manner != .reset else {
      return context.triggerUserOutboundEvent(event, promise: promise)
    }
    waiting.append(.event(event, promise))
  }

  private func drain() {
    while !isPausing, let context, let next = waiting.first {
      switch next {
      case .event(let event, let promise):
        waiting.removeFirst()
        context.triggerUserOutboundEvent(event, promise: promise)
      case .piece(let piece, let promise):
        if piece.pauseMilliseconds > 0 { return pause(piece, context) }
        waiting.removeFirst()
        guard !piece.bytes.isEmpty else {
          promise?.succeed()
          continue
        }
        let buffer = context.channel.allocator.buffer(bytes: piece.bytes)
        context.writeAndFlush(wrapOutboundOut(buffer), promise: promise)
      }
    }
  }

  private func pause(_ piece: FaultLine.Piece, _ context: ChannelHandlerContext) {
    isPausing = true
    let time = TimeAmount.milliseconds(Int64(piece.pauseMilliseconds))
    context.eventLoop.assumeIsolated().scheduleTask(in: time) { [weak self] in self?.pauseOver() }
  }

  private func pauseOver() {
    isPausing = false
    guard case .piece(var piece, let promise)? = waiting.first else { return }
    piece.pauseMilliseconds = 0
    waiting[0] = .piece(piece, promise)
    drain()
  }

  private func letGo() {
    context = nil
    for item in waiting {
      switch item {
      case .piece(_, let promise), .event(_, let promise): promise?.fail(ChannelError.ioOnClosedChannel)
      }
    }
    waiting = []
  }
}

extension FaultLine.End {
  fileprivate var manner: CloseManner? {
    switch self {
    case .fin: .half
    case .reset: .reset
    case .silence: nil
    }
  }
}
