import COpenSSL
import COpenSSLSystem
import LabFacts

/// Judges a peer's certificate with OpenSSL and writes the verdict down, enforced or not.
enum Verifier {
  /// Called by OpenSSL once per handshake, instead of its own verification.
  static let callback: @convention(c) (OpaquePointer?, UnsafeMutableRawPointer?) -> Int32 = { store, _ in
    guard let store else { return 0 }
    let trace = trace(of: store)
    trace?.forgiven = []
    if trace?.ignored.isEmpty == false { X509_STORE_CTX_set_verify_cb(store, forgive) }
    let verdict = X509_verify_cert(store)
    guard let trace else { return verdict }
    ErrorQueue.aside { note(store, trace) }
    return trace.isEnforcing ? verdict : 1
  }

  /// Called by OpenSSL with each error it finds: exactly the numbers of the setup are forgiven.
  private static let forgive: @convention(c) (Int32, OpaquePointer?) -> Int32 = { isGood, store in
    guard isGood == 0, let store, let trace = trace(of: store) else { return isGood }
    let code = Int(X509_STORE_CTX_get_error(store))
    guard trace.ignored.contains(code) else { return 0 }
    if !trace.forgiven.contains(code) { trace.forgiven.append(code) }
    X509_STORE_CTX_set_error(store, X509_V_OK)
    return 1
  }

  private static func trace(of store: OpaquePointer) -> Trace? {
    let pointer = X509_STORE_CTX_get_ex_data(store, SSL_get_ex_data_X509_STORE_CTX_idx())
    return Trace.of(pointer.map { OpaquePointer($0) })
  }

  private static func note(_ store: OpaquePointer, _ trace: Trace) {
    let chain = sentChain(store)
    trace.judged = X509_STORE_CTX_get_current_cert(store).map(X509Reading.summary) ?? chain.first
    trace.leafPointsToTrusted = leafPointsToTrusted(store, trace.trustedSubjects)
    trace.conclude(code: Int(X509_STORE_CTX_get_error(store)), chain: chain)
  }

  /// The certificate of a peer whose session goes on: its own only, without what came after it.
  static func sessionPeer(_ ssl: OpaquePointer) -> [CertificateSummary] {
    [SSL_get0_peer_certificate(ssl).map(X509Reading.summary)].compactMap(\.self)
  }

  /// What the peer sent, leaf first.
  private static func sentChain(_ store: OpaquePointer) -> [CertificateSummary] {
    let stack = X509_STORE_CTX_get0_untrusted(store)
    let count = stack.map { netlab_sk_X509_num($0) } ?? 0
    return (0..<max(0, count)).compactMap { netlab_sk_X509_value(stack, $0).map(X509Reading.summary) }
  }

  /// The authority key identifier of a leaf may name the issuer of its issuer (RFC 5280 section 4.2.1.1).
  /// Where that is a CA this end trusts, the certificate between the two is what is missing.
  private static func leafPointsToTrusted(_ store: OpaquePointer, _ trusted: [String]) -> Bool {
    guard let leaf = X509_STORE_CTX_get0_cert(store), let names = X509_get0_authority_issuer(leaf) else {
      return false
    }
    let issuer = X509Reading.name(X509_get_issuer_name(leaf))
    return (0..<max(0, netlab_sk_GENERAL_NAME_num(names))).contains { index in
      guard let name = netlab_sk_GENERAL_NAME_value(names, index), name.pointee.type == GEN_DIRNAME else {
        return false
      }
      let text = X509Reading.name(name.pointee.d.directoryName)
      return text != issuer && trusted.contains(text)
    }
  }
}

extension Trace {
  /// Writes the verdict down.
  func conclude(code: Int, chain: [CertificateSummary]) {
    let verification = Verification(
      code: code, text: String(cString: X509_verify_cert_error_string(code)), enforced: isEnforcing,
      chain: chain, forgiven: forgiven)
    self.verification = verification
    add(.verified(end, verification))
  }
}
