import COpenSSL
import COpenSSLSystem
package import LabFacts

/// What all connections of one listener share: OpenSSL's SSL_CTX, made once from a `TLSSetup`.
///
/// Invariant behind `@unchecked Sendable`: every SSL_CTX is changed in `init` only; afterwards OpenSSL itself
/// locks what its connections share, and sessions have a lock of their own.
package final class TLSContext: @unchecked Sendable {
  package let setup: TLSSetup
  /// How much connections of this context report, unless told otherwise.
  package let trace: TraceLevel
  /// Certificates in the trust store.
  package let trustedCount: Int
  /// The lists of revoked certificates that are looked into.
  package let revocations: [RevocationSummary]
  /// Why revocation can't be judged. Then every certificate is refused (verify error 3).
  package let revocationProblem: Failure?
  /// Subjects of the trust store, as RFC 2253 text.
  let trustedSubjects: [String]
  let pointer: OpaquePointer
  /// The protocols this end knows, in the form of the wire.
  let alpn: ALPNList
  /// For the names a server knows.
  let names: NameTable?
  /// At a client that resumes.
  let sessions: SessionStore?
  private let clock: (@Sendable () -> Int64)?

  /// Fails on any mistake of the setup, naming the file or setting in `evidence.subject`. `clock` gives the
  /// moment certificates are judged at, in seconds since 1970 UTC; without one it is the setup's date.
  /// With a `revocationProblem` the setup's revocation lists are left alone.
  package init(
    _ setup: TLSSetup, clock: (@Sendable () -> Int64)? = nil, trace: TraceLevel = .full,
    revocationProblem: Failure? = nil
  ) throws(Failure) {
    alpn = try ALPNList(setup.alpn)
    let owned = try OwnedContext()
    let builder = ContextBuilder(pointer: owned.pointer, setup: setup)
    let trusted = try builder.setEverything(setup.identity, logsKeys: trace == .full)
    trustedCount = builder.trustedCount
    revocations = try builder.setRevocations(isBroken: revocationProblem != nil)
    names = setup.role == .server ? try NameTable(setup, trace, isBroken: revocationProblem != nil) : nil
    trustedSubjects = trusted.map { X509Reading.name(X509_get_subject_name($0.pointer)) }
    sessions = setup.role == .client && setup.resumes ? SessionStore() : nil
    self.setup = setup
    self.trace = trace
    self.revocationProblem = revocationProblem
    self.clock = clock
    pointer = owned.giveAway()
    setCallbacks()
  }

  deinit { SSL_CTX_free(pointer) }

  /// The moment certificates are judged at.
  var date: Int64 { clock?() ?? setup.date }

  private func setCallbacks() {
    let me = Unmanaged.passUnretained(self).toOpaque()
    for context in [pointer] + (names?.contexts ?? []) where !alpn.isEmpty {
      switch setup.role {
      case .client: SSL_CTX_set_alpn_protos(context, alpn.wire, UInt32(alpn.wire.count))
      // The context outlives its connections: each engine holds it.
      case .server: SSL_CTX_set_alpn_select_cb(context, ALPNList.select, me)
      }
    }
    if names != nil { netlab_SSL_CTX_set_servername_callback(pointer, NameTable.callback, me) }
  }
}

/// An SSL_CTX while it is being made: freed unless it is given away.
final class OwnedContext {
  let pointer: OpaquePointer
  private var isOwned = true

  init() throws(Failure) {
    guard OpenSSLLibrary.started, let pointer = SSL_CTX_new(TLS_method()) else {
      throw SetupFailure.make(.noTlsSupport, subject: "OpenSSL", errors: ErrorQueue.drain())
    }
    self.pointer = pointer
  }

  deinit { if isOwned { SSL_CTX_free(pointer) } }

  func giveAway() -> OpaquePointer {
    isOwned = false
    return pointer
  }
}

extension ContextBuilder {
  /// All but revocation lists and what reaches back to the `TLSContext`. Answers what is trusted.
  func setEverything(_ identity: IdentitySource?, logsKeys: Bool) throws(Failure) -> [Certificate] {
    try setProtocols()
    setSessions()
    try setNames()
    try setIdentity(identity)
    try setDHParameters()
    setVerification()
    if logsKeys { setKeyLog() }
    return try setTrust()
  }
}
