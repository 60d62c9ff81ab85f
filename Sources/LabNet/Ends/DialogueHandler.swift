import LabFacts
import LabProtocols
import LabTLS
import NIOCore

/// Runs a dialogue on a channel: bytes and ends go in, actions come out and are done.
final class DialogueHandler: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private var dialogue: any Dialogue
  private let end: LiveEnd
  private let tls: TLSContext?
  private let early: ByteBuffer?
  private let onDone: ((ByteBuffer?) -> Void)?
  private var context: ChannelHandlerContext?
  private var hasOpened = false
  private var isOver = false
  private var deadline: Scheduled<Void>?

  /// With `onDone` it is a step on the way up, begins at once and has a deadline; without, it is the
  /// application itself and begins when everything beneath it is up. `tls` serves its wish for STARTTLS.
  init(
    _ dialogue: any Dialogue, end: LiveEnd, tls: TLSContext?, early: ByteBuffer? = nil,
    onDone: ((ByteBuffer?) -> Void)? = nil
  ) {
    self.dialogue = dialogue
    self.end = end
    self.tls = tls
    self.early = early
    self.onDone = onDone
  }

  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
    guard onDone != nil else { return }
    deadline = context.eventLoop.assumeIsolated().scheduleTask(in: end.handshakeDeadline) { [weak self] in
      self?.deadlinePassed()
    }
    open()
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    deadline?.cancel()
    self.context = nil
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !isOver else { return context.fireChannelRead(data) }
    var buffer = unwrapInboundIn(data)
    take(.heard(buffer.readBytes(length: buffer.readableBytes) ?? []))
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if event is EndReady { open() }
    if case .inputClosed? = event as? ChannelEvent { take(.ended) }
    context.fireUserInboundEventTriggered(event)
  }

  private func open() {
    guard !hasOpened else { return }
    hasOpened = true
    take(.opened)
    if var early, let bytes = early.readBytes(length: early.readableBytes), !bytes.isEmpty {
      take(.heard(bytes))
    }
  }

  private func take(_ event: DialogueEvent) {
    guard !isOver, hasOpened else { return }
    for action in dialogue.take(event) { perform(action) }
  }

  private func perform(_ action: DialogueAction) {
    guard let context, !isOver else { return }
    switch action {
    case .say(let bytes):
      context.writeAndFlush(wrapOutboundOut(context.channel.allocator.buffer(bytes: bytes)), promise: nil)
    case .note(let direction, let line): end.reporter.report(.dialogue(end.id, direction, line))
    case .startTLS: startTLS()
    case .done(let rest): finish(rest, context)
    case .close(let manner):
      context.channel.triggerUserOutboundEvent(CloseOrder(manner: manner), promise: nil)
    case .fail(let failure):
      isOver = true
      end.reporter.fail(failure)
      context.channel.triggerUserOutboundEvent(CloseOrder(manner: .clean), promise: nil)
    }
  }

  /// As a step on the way up without a context, the handshake is the next step and the dialogue ends here.
  private func startTLS() {
    guard let context else { return }
    deadline?.cancel()
    if onDone != nil, tls == nil { return finish([], context) }
    guard let tls else { return context.close(promise: nil) }
    do { try end.startTLS(tls) { [weak self] in self?.take(.tlsUp) } } catch { context.close(promise: nil) }
  }

  /// A proxy or a mail server that says nothing is not waited for any longer than one that shakes no hands.
  private func deadlinePassed() {
    let waited = Int(end.handshakeDeadline.nanoseconds / 1_000_000)
    perform(.fail(MailDialogues.silence(of: dialogue, milliseconds: waited) ?? .proxySilence(waited)))
  }

  private func finish(_ rest: [UInt8], _ context: ChannelHandlerContext) {
    isOver = true
    let left = rest.isEmpty ? nil : context.channel.allocator.buffer(bytes: rest)
    let done = onDone
    context.pipeline.syncOperations.removeHandler(context: context, promise: nil)
    done?(left)
  }
}

extension Failure {
  fileprivate static func proxySilence(_ milliseconds: Int) -> Failure {
    var evidence = Evidence()
    evidence.waitedMilliseconds = milliseconds
    return Failure(layer: .proxy, code: .timeout, phase: .proxy, decidedBy: .here, evidence: evidence)
  }
}
