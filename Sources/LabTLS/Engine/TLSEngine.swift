import COpenSSL
import COpenSSLSystem
package import LabFacts

/// One end of a TLS connection without a socket: bytes in, bytes and facts out.
///
/// Not thread-safe: one event loop owns it. OpenSSL's per-thread error queue is cleared before and drained
/// after each operation, so several engines may share a thread.
package final class TLSEngine {
  /// What this end does or waits for.
  package enum State: Equatable, Sendable {
    /// Next: established, closed, failed.
    case handshaking
    /// Next: closing, failed.
    case established
    /// close_notify went one way. Next: closed, failed.
    case closing
    case closed
    case failed(Failure)
  }

  package let end: EndID
  package let context: TLSContext
  package private(set) var state = State.handshaking
  /// What was agreed on, once this end is established.
  package private(set) var negotiated: Negotiated?
  /// The peer's close_notify came: no more application bytes will.
  package private(set) var peerClosed = false

  let ssl: OpaquePointer
  let trace: Trace
  private let input: OpaquePointer
  private let output: OpaquePointer
  private var sentCloseNotify = false
  /// Bytes in `output` whose records are known.
  private var recognised = 0
  private var lastState = ""

  package init(end: EndID, context: TLSContext) {
    guard let ssl = SSL_new(context.pointer), let input = BIO_new(BIO_s_mem()),
      let output = BIO_new(BIO_s_mem())
    else { preconditionFailure("no memory for a connection") }
    self.end = end
    self.context = context
    self.ssl = ssl
    self.input = input
    self.output = output
    trace = Trace(end: end, context: context)
    SSL_set_bio(ssl, input, output)
    trace.attach(to: ssl)
    switch context.setup.role {
    case .client:
      SSL_set_connect_state(ssl)
      if let name = context.setup.sentServerName { _ = netlab_SSL_set_tlsext_host_name(ssl, name) }
    case .server: SSL_set_accept_state(ssl)
    }
  }

  deinit { SSL_free(ssl) }

  package var isEstablished: Bool { state == .established }

  /// How far this end has got, for failures noticed outside the engine.
  package var phase: Phase {
    if sentCloseNotify || peerClosed { return .shutdown }
    if negotiated != nil { return .established }
    if trace.sawServerCertificate { return .handshakeAfterCertificate }
    return trace.sawServerHello ? .handshake : .handshakeStart
  }

  // MARK: Bytes off the wire

  /// Takes bytes off the wire. Call `advance()` or `read` afterwards.
  package func receive(_ bytes: UnsafeRawBufferPointer) {
    guard !bytes.isEmpty else { return }
    switch state {
    case .failed, .closed: break
    case .handshaking, .established, .closing: if !peerClosed { trace.feed(bytes) }
    }
    BIO_write(input, bytes.baseAddress, Int32(clamping: bytes.count))
  }

  /// The peer's FIN came. Call `advance()` or `read` afterwards.
  package func receiveEnd() { netlab_BIO_set_mem_eof_return(input, 0) }

  /// Drives the handshake as far as it goes. Once established, `read` does what there is to do.
  package func advance() {
    guard state == .handshaking else { return }
    switch perform({ SSL_do_handshake(ssl) }) {
    case .done: establish()
    case .wait: noteState()
    case .ended, .broken: fail()
    }
  }

  // MARK: Application bytes

  /// Encrypts application bytes; answers how many were taken: 0 before the handshake is done and after
  /// `closeNotify()`, otherwise all unless it fails.
  package func write(_ bytes: UnsafeRawBufferPointer) -> Int {
    guard negotiated != nil, !sentCloseNotify, !isFailed else { return 0 }
    var rest = bytes[...]
    while !rest.isEmpty {
      var taken = 0
      let part = UnsafeRawBufferPointer(rebasing: rest)
      guard case .done = perform({ SSL_write_ex(ssl, part.baseAddress, part.count, &taken) }) else {
        fail()
        break
      }
      rest = rest.dropFirst(taken)
    }
    return bytes.count - rest.count
  }

  /// Decrypts into the caller's memory as much as there is and fits; answers how many bytes (0: none
  /// for now, or none ever: see `state` and `peerClosed`).
  package func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    advance()
    var count = 0
    while count < buffer.count, canRead {
      var got = 0
      let part = UnsafeMutableRawBufferPointer(rebasing: buffer[count...])
      switch perform({ SSL_read_ex(ssl, part.baseAddress, part.count, &got) }) {
      case .done: count += got
      case .wait: return count
      case .ended: peerSaidGoodbye()
      case .broken: endOrFail()
      }
    }
    return count
  }

  /// At most `maximum` bytes; nil where there are none for now.
  package func read(maximum: Int) -> [UInt8]? {
    guard maximum > 0 else { return nil }
    let bytes = [UInt8](unsafeUninitializedCapacity: maximum) { buffer, count in
      count = read(into: UnsafeMutableRawBufferPointer(buffer))
    }
    return bytes.isEmpty ? nil : bytes
  }

  // MARK: The end

  /// Sends close_notify, once. In the middle of a handshake nothing is sent: the engine is closed.
  package func closeNotify() {
    guard !sentCloseNotify, !isFailed, state != .closed else { return }
    guard negotiated != nil else {
      trace.flushReceived()
      return state = .closed
    }
    sentCloseNotify = true
    _ = perform { SSL_shutdown(ssl) }
    state = peerClosed ? .closed : .closing
  }

  /// Gives up for a reason noticed outside (a deadline, a reset): a `failed` fact is made.
  package func abort(_ code: FailureCode, decidedBy: Failure.Decider, waitedMilliseconds: Int?) {
    guard !isFailed, state != .closed else { return }
    trace.flushReceived()
    var evidence = evidence
    evidence.waitedMilliseconds = waitedMilliseconds
    let layer: Failure.Layer =
      switch code {
      case .resetByPeer, .brokenPipe, .abortedLocally, .timeout, .socketOther: .socket
      default: .tls
      }
    become(
      Failure(layer: layer, code: code, phase: phase, decidedBy: decidedBy, evidence: evidence))
  }

  // MARK: What comes out

  /// Bytes that `takeOutbound` would give.
  package var outboundCount: Int { recognised }

  /// All waiting records, one by one, for the gate.
  package func takeOutbound() -> [OutboundRecord] {
    var records: [OutboundRecord] = []
    while let head = trace.outbound.popFirst() {
      let bytes = [UInt8](unsafeUninitializedCapacity: head.length) { buffer, count in
        count = drain(UnsafeMutableRawBufferPointer(buffer))
      }
      records.append(
        OutboundRecord(
          bytes: bytes, title: head.title, type: head.type, isApplicationData: head.isApplicationData))
    }
    return records
  }

  /// The fast path: waiting bytes straight into the caller's memory; answers how many.
  package func takeOutbound(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    let count = drain(UnsafeMutableRawBufferPointer(rebasing: buffer.prefix(recognised)))
    var left = count
    while left > 0, let head = trace.outbound.first {
      if head.length <= left {
        _ = trace.outbound.popFirst()
      } else {
        trace.outbound.changeFirst { $0.length -= left }
      }
      left -= min(left, head.length)
    }
    return count
  }

  /// Everything that happened since the last call, in order; `failed` is the last where it failed.
  package func takeFacts() -> [Fact] { trace.takeFacts() }

  /// Bytes received that TLS has not consumed, for taking TLS off a live stream. They are given once.
  package func takeUnusedInput() -> [UInt8] {
    let count = BIO_ctrl_pending(input)
    guard count > 0 else { return [] }
    return [UInt8](unsafeUninitializedCapacity: count) { buffer, used in
      used = max(0, Int(BIO_read(input, buffer.baseAddress, Int32(clamping: count))))
    }
  }

  // MARK: Inside

  private enum Outcome {
    case done
    case wait
    /// The peer's close_notify.
    case ended
    case broken
  }

  private var errors: [LibraryError] = []

  private var isFailed: Bool {
    if case .failed = state { true } else { false }
  }

  private var canRead: Bool { negotiated != nil && !peerClosed && !isFailed && state != .closed }

  /// One operation of OpenSSL: the queue is empty before, and what it left is kept in `errors`.
  private func perform(_ operation: () -> Int32) -> Outcome {
    ErrorQueue.clear()
    let result = operation()
    let verdict = result > 0 ? SSL_ERROR_NONE : SSL_get_error(ssl, result)
    errors = verdict == SSL_ERROR_SSL || verdict == SSL_ERROR_SYSCALL ? ErrorQueue.drain() : []
    collectOutput()
    trace.pairReceived()
    switch verdict {
    case SSL_ERROR_NONE: return .done
    case SSL_ERROR_WANT_READ, SSL_ERROR_WANT_WRITE: return .wait
    case SSL_ERROR_ZERO_RETURN: return .ended
    default: return .broken
    }
  }

  private func collectOutput() {
    var start: UnsafeMutablePointer<CChar>?
    let count = netlab_BIO_get_mem_data(output, &start)
    guard let start, count > recognised else { return }
    recognised += trace.collectSent(
      UnsafeRawBufferPointer(start: start + recognised, count: count - recognised))
  }

  private func drain(_ buffer: UnsafeMutableRawBufferPointer) -> Int {
    guard !buffer.isEmpty else { return 0 }
    let count = max(0, Int(BIO_read(output, buffer.baseAddress, Int32(clamping: buffer.count))))
    recognised -= count
    return count
  }

  private func noteState() {
    let words = HandshakeWait.words(ssl)
    guard words != lastState else { return }
    lastState = words
    trace.add(.tlsState(end, words))
  }

  private func establish() {
    noteState()
    let agreed = NegotiatedReading.read(ssl, trace)
    negotiated = agreed
    state = .established
    noteMissingClientCertificate()
    trace.add(.established(end, agreed))
  }

  /// A server that asked and got none says so: result 0 does not mean that there was a certificate.
  private func noteMissingClientCertificate() {
    guard context.setup.role == .server, context.setup.clientCertificate != .off, trace.verification == nil,
      SSL_session_reused(ssl) == 0
    else { return }
    let text = String(cString: X509_verify_cert_error_string(0))
    let verification = Verification(code: 0, text: text, enforced: context.setup.verify, chain: [])
    trace.verification = verification
    trace.add(.verified(end, verification))
  }

  private func peerSaidGoodbye() {
    peerClosed = true
    trace.stopReceiving()
    state = sentCloseNotify ? .closed : .closing
  }

  /// The end of the stream after our close_notify is in order; anything else is a failure.
  private func endOrFail() {
    let isEnd = errors.contains {
      $0.library == LibraryError.ssl && $0.reason == Int(SSL_R_UNEXPECTED_EOF_WHILE_READING)
    }
    guard isEnd, sentCloseNotify else { return fail() }
    trace.flushReceived()
    state = .closed
  }

  private func fail() {
    trace.flushReceived()
    become(failure(errors))
  }

  private func become(_ failure: Failure) {
    state = .failed(failure)
    trace.add(.failed(end, failure))
  }
}
