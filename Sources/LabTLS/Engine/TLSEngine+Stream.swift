import COpenSSLSystem
package import LabFacts

extension TLSEngine {
  // MARK: Application bytes

  /// Can this end still say something? The peer's close_notify ends its own direction only
  /// (RFC 8446 section 6.1).
  package var canWrite: Bool { isUp && !sentCloseNotify && !isFailed }

  /// Encrypts application bytes; answers how many were taken: 0 before the handshake is done and after
  /// `closeNotify()`, otherwise all unless it fails.
  package func write(_ bytes: UnsafeRawBufferPointer) -> Int {
    guard canWrite else { return 0 }
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
    while count < buffer.count, canRead, mayHaveInput {
      var got = 0
      let part = UnsafeMutableRawBufferPointer(rebasing: buffer[count...])
      switch perform({ SSL_read_ex(ssl, part.baseAddress, part.count, &got) }) {
      case .done:
        count += got
        hasHeardData = true
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
    guard isUp else {
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

  /// Asking OpenSSL for bytes that are not there costs as much as a short record does.
  private var mayHaveInput: Bool {
    BIO_ctrl_pending(input) > 0 || SSL_has_pending(ssl) == 1 || hasInputEnded
  }

  private var canRead: Bool { isUp && !peerClosed && !isFailed && state != .closed }
}
