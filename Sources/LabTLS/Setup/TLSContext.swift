import COpenSSL
import COpenSSLSystem
package import LabFacts

/// What all connections of one listener share: OpenSSL's SSL_CTX, made once from a `TLSSetup`.
///
/// Invariant behind `@unchecked Sendable`: the SSL_CTX is changed in `init` only; afterwards OpenSSL itself
/// locks what its connections share.
package final class TLSContext: @unchecked Sendable {
  package let setup: TLSSetup
  /// Certificates in the trust store.
  package let trustedCount: Int
  /// Subjects of the trust store, as RFC 2253 text.
  let trustedSubjects: [String]
  let pointer: OpaquePointer
  /// The protocols this end knows, in the form of the wire.
  let alpn: ALPNList

  /// Fails on any mistake of the setup, naming the file or setting in `evidence.subject`.
  package init(_ setup: TLSSetup) throws(Failure) {
    guard OpenSSLLibrary.started, let pointer = SSL_CTX_new(TLS_method()) else {
      throw SetupFailure.make(.noTlsSupport, subject: "OpenSSL", errors: ErrorQueue.drain())
    }
    do throws(Failure) {
      let builder = ContextBuilder(pointer: pointer, setup: setup)
      try builder.setProtocols()
      try builder.setNames()
      try builder.setIdentity()
      let trusted = try builder.setTrust()
      alpn = try ALPNList(setup.alpn)
      trustedCount = trusted.count
      trustedSubjects = trusted.map { X509Reading.name(X509_get_subject_name($0.pointer)) }
      builder.setVerification()
      builder.setTrace()
    } catch {
      SSL_CTX_free(pointer)
      throw error
    }
    self.setup = setup
    self.pointer = pointer
    if !alpn.isEmpty { setALPN() }
  }

  deinit { SSL_CTX_free(pointer) }

  private func setALPN() {
    switch setup.role {
    case .client: SSL_CTX_set_alpn_protos(pointer, alpn.wire, UInt32(alpn.wire.count))
    case .server:
      // The context outlives its connections: each engine holds it.
      SSL_CTX_set_alpn_select_cb(pointer, ALPNList.select, Unmanaged.passUnretained(self).toOpaque())
    }
  }
}
