import COpenSSLSystem
import Synchronization

/// The sessions a client may offer again, newest last.
final class SessionStore: Sendable {
  /// Owns an SSL_SESSION. Its reference count is atomic, and nothing changes a session after it was made.
  private final class Session: @unchecked Sendable {
    let pointer: OpaquePointer
    init(owning pointer: OpaquePointer) { self.pointer = pointer }
    deinit { SSL_SESSION_free(pointer) }
  }

  private static let limit = 4
  private let sessions = Mutex<[Session]>([])

  /// Lets a connection that is about to start offer the newest session.
  func offer(to ssl: OpaquePointer) {
    guard let session = take() else { return }
    SSL_set_session(ssl, session.pointer)
  }

  private func keep(owning pointer: OpaquePointer) {
    let session = Session(owning: pointer)
    sessions.withLock { kept in
      kept.append(session)
      if kept.count > SessionStore.limit { kept.removeFirst() }
    }
  }

  /// Under TLS 1.3 a ticket is used once, so that nobody can tell two connections of a client by it
  /// (RFC 8446 appendix C.4); below, one session serves many.
  private func take() -> Session? {
    sessions.withLock { kept in
      kept.removeAll { SSL_SESSION_is_resumable($0.pointer) == 0 }
      guard let newest = kept.last else { return nil }
      if SSL_SESSION_get_protocol_version(newest.pointer) == TLS1_3_VERSION { kept.removeLast() }
      return newest
    }
  }

  /// Called by OpenSSL with a session to keep; 1 means that it is ours now.
  static let newSessionCallback: @convention(c) (OpaquePointer?, OpaquePointer?) -> Int32 = { ssl, session in
    guard let session, let store = Trace.of(ssl)?.sessions else { return 0 }
    store.keep(owning: session)
    return 1
  }
}
