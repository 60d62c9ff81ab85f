import COpenSSL
import COpenSSLSystem
import LabFacts

/// Judges a peer's certificate with OpenSSL and writes the verdict down, enforced or not.
enum Verifier {
  /// Called by OpenSSL once per handshake, instead of its own verification.
  static let callback: @convention(c) (OpaquePointer?, UnsafeMutableRawPointer?) -> Int32 = { store, _ in
    guard let store else { return 0 }
    let verdict = X509_verify_cert(store)
    let pointer = X509_STORE_CTX_get_ex_data(store, SSL_get_ex_data_X509_STORE_CTX_idx())
    guard let ssl = pointer.map({ OpaquePointer($0) }), let trace = Trace.of(ssl) else { return verdict }
    let enforced = trace.isEnforcing
    ErrorQueue.aside { note(store, trace, enforced: enforced) }
    return enforced ? verdict : 1
  }

  private static func note(_ store: OpaquePointer, _ trace: Trace, enforced: Bool) {
    let code = X509_STORE_CTX_get_error(store)
    let chain = sentChain(store)
    let verification = Verification(
      code: Int(code), text: String(cString: X509_verify_cert_error_string(Int(code))), enforced: enforced,
      chain: chain)
    trace.verification = verification
    trace.judged = X509_STORE_CTX_get_current_cert(store).map(X509Reading.summary) ?? chain.first
    trace.leafPointsToTrusted = leafPointsToTrusted(store, trace.trustedSubjects)
    trace.add(.verified(trace.end, verification))
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
