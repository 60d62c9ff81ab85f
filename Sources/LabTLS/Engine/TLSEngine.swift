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
    /// The alert that tells the peer may still wait to be taken.
    indirect case failed(Failure)
  }

  package let end: EndID
  package let context: TLSContext
  package internal(set) var state = State.handshaking
  /// What was agreed on, once this end is established.
  package internal(set) var negotiated: Negotiated?
  /// The peer's close_notify came: no more application bytes will.
  package internal(set) var peerClosed = false

  /// The moment the peer's certificate is judged at, in seconds since 1970 UTC.
  let judgedAt: Int64
  let ssl: OpaquePointer
  let trace: Trace
  let input: OpaquePointer
  let output: OpaquePointer
  var sentCloseNotify = false
  /// The handshake is done at this end, whatever came after.
  var isUp = false
  /// Application bytes came from the peer.
  var hasHeardData = false
  /// Bytes in `output` whose records are known.
  var recognised = 0
  private var lastState = ""

  /// `receivedBefore` and `sentBefore` count the bytes that crossed in clear before TLS was put on the stream.
  /// Without a trace level it is the context's.
  package init(
    end: EndID, context: TLSContext, trace level: TraceLevel? = nil, receivedBefore: Int = 0,
    sentBefore: Int = 0
  ) {
    guard let ssl = SSL_new(context.pointer), let input = BIO_new(BIO_s_mem()),
      let output = BIO_new(BIO_s_mem())
    else { preconditionFailure("no memory for a connection") }
    self.end = end
    self.context = context
    self.ssl = ssl
    self.input = input
    self.output = output
    judgedAt = context.date
    trace = Trace(
      end: end, context: context, level: level ?? context.trace, receivedBefore: receivedBefore,
      sentBefore: sentBefore)
    SSL_set_bio(ssl, input, output)
    trace.attach(to: ssl)
    X509_VERIFY_PARAM_set_time(SSL_get0_param(ssl), Int(judgedAt))
    switch context.setup.role {
    case .client:
      SSL_set_connect_state(ssl)
      if let name = context.setup.sentServerName { _ = netlab_SSL_set_tlsext_host_name(ssl, name) }
      context.sessions?.offer(to: ssl)
    case .server: SSL_set_accept_state(ssl)
    }
  }

  deinit { SSL_free(ssl) }

  package var isEstablished: Bool {
    if case .established = state { true } else { false }
  }

  /// How far this end has got, for failures noticed outside the engine.
  package var phase: Phase {
    if sentCloseNotify || peerClosed { return .shutdown }
    if isUp { return .established }
    if trace.sawServerCertificate { return .handshakeAfterCertificate }
    return trace.sawServerHello ? .handshake : .handshakeStart
  }

  // MARK: Bytes off the wire

  /// Takes bytes off the wire. Call `advance()` or `read` afterwards.
  package func receive(_ bytes: UnsafeRawBufferPointer) {
    guard !bytes.isEmpty else { return }
    if isUp, !sawLateHello { sawLateHello = TLSEngine.isClientHello(bytes) }
    switch state {
    case .failed, .closed: break
    case .handshaking, .established, .closing: if !peerClosed { trace.feed(bytes) }
    }
    BIO_write(input, bytes.baseAddress, Int32(clamping: bytes.count))
  }

  /// The peer's FIN came. Call `advance()` or `read` afterwards.
  package func receiveEnd() {
    hasInputEnded = true
    netlab_BIO_set_mem_eof_return(input, 0)
  }

  /// Drives the handshake as far as it goes. Once established, `read` does what there is to do.
  package func advance() {
    guard case .handshaking = state else { return }
    switch perform({ SSL_do_handshake(ssl) }) {
    case .done: establish()
    case .wait: noteState()
    case .ended, .broken: fail()
    }
  }

  // MARK: Inside

  enum Outcome {
    case done
    case wait
    /// The peer's close_notify.
    case ended
    case broken
  }

  var errors: [LibraryError] = []
  /// The peer's FIN came.
  var hasInputEnded = false
  /// A ClientHello in clear came after the handshake.
  var sawLateHello = false

  /// Do these bytes begin with a handshake record that holds a ClientHello?
  private static func isClientHello(_ bytes: UnsafeRawBufferPointer) -> Bool {
    bytes[0] == 22 && bytes.count > 5 && bytes[1] == 3 && bytes[5] == 1
  }

  var isFailed: Bool {
    if case .failed = state { true } else { false }
  }

  /// One operation of OpenSSL: the queue is empty before, and what it left is kept in `errors`.
  func perform(_ operation: () -> Int32) -> Outcome {
    ErrorQueue.clear()
    if hasInputEnded { trace.reserveRest() }
    let result = operation()
    let verdict = result > 0 ? SSL_ERROR_NONE : SSL_get_error(ssl, result)
    errors = verdict == SSL_ERROR_SSL || verdict == SSL_ERROR_SYSCALL ? ErrorQueue.drain() : []
    if trace.level == .full {
      collectOutput()
      trace.pairReceived(isBroken: verdict == SSL_ERROR_SSL || verdict == SSL_ERROR_SYSCALL)
    } else if !isUp {
      trace.noteStep(ssl)
    }
    switch verdict {
    case SSL_ERROR_NONE: return .done
    case SSL_ERROR_WANT_READ, SSL_ERROR_WANT_WRITE: return .wait
    case SSL_ERROR_ZERO_RETURN: return .ended
    default: return .broken
    }
  }

  private func noteState() {
    guard trace.level == .full else { return }
    let words = HandshakeWait.words(ssl)
    guard words != lastState else { return }
    lastState = words
    trace.add(.tlsState(end, words))
  }

  private func establish() {
    noteState()
    let agreed = NegotiatedReading.read(ssl, trace)
    negotiated = agreed
    isUp = true
    state = .established
    noteClientWithoutVerdict()
    trace.add(.established(end, agreed))
  }

  /// A server that asked for a certificate and got none, or one that was judged when the session was made, says
  /// so: OpenSSL asks nobody to verify then. Result 0 alone does not mean that there was a certificate.
  private func noteClientWithoutVerdict() {
    guard context.setup.role == .server, context.setup.clientCertificate != .off, trace.verification == nil
    else { return }
    trace.conclude(code: SSL_get_verify_result(ssl), chain: Verifier.sessionPeer(ssl))
  }

  func fail() {
    trace.flushReceived()
    become(failure(errors))
  }

  func become(_ failure: Failure) {
    state = .failed(failure)
    trace.add(.failed(end, failure))
  }
}
