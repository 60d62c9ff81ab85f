import COpenSSL
import COpenSSLSystem
import LabFacts

/// Puts a setup into an SSL_CTX, one concern a function.
struct ContextBuilder {
  let pointer: OpaquePointer
  let setup: TLSSetup

  /// Versions, suites and groups.
  func setProtocols() throws(Failure) {
    try setVersions()
    var options = netlab_SSL_OP_NO_RENEGOTIATION()
    if setup.serverPreference { options |= netlab_SSL_OP_CIPHER_SERVER_PREFERENCE() }
    if setup.role == .server, setup.tickets == 0 { options |= netlab_SSL_OP_NO_TICKET() }
    SSL_CTX_set_options(pointer, options)
    // Records move in the caller's memory between two writes, idle connections give buffers back, and what
    // is sent is the chain of the setup, not one that OpenSSL completes from the trust store.
    _ = netlab_SSL_CTX_set_mode(
      pointer,
      Int(SSL_MODE_ENABLE_PARTIAL_WRITE) | Int(SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER)
        | Int(SSL_MODE_RELEASE_BUFFERS) | Int(SSL_MODE_NO_AUTO_CHAIN))
    SSL_CTX_set_num_tickets(pointer, max(0, setup.tickets))
    let identifier = Array("netlab".utf8)
    SSL_CTX_set_session_id_context(pointer, identifier, UInt32(identifier.count))
    try set("ciphers", setup.ciphers) { SSL_CTX_set_cipher_list(pointer, $0) }
    try set("suites", setup.suites) { SSL_CTX_set_ciphersuites(pointer, $0) }
    try set("groups", setup.groups) { netlab_SSL_CTX_set1_groups_list(pointer, $0) }
  }

  /// Sessions are kept by this program at clients, and by the clients' tickets at servers.
  func setSessions() {
    let keeps = setup.role == .client && setup.resumes
    _ = netlab_SSL_CTX_set_session_cache_mode(
      pointer, Int(keeps ? SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL : SSL_SESS_CACHE_OFF))
    if keeps { SSL_CTX_sess_set_new_cb(pointer, SessionStore.newSessionCallback) }
  }

  /// What the peer's certificate must carry, and at which moment it is judged.
  func setNames() throws(Failure) {
    guard let parameters = SSL_CTX_get0_param(pointer) else { return }
    X509_VERIFY_PARAM_set_time(parameters, Int(setup.date))
    // Any trusted certificate ends the search, so that a leaf can be trusted as itself.
    X509_VERIFY_PARAM_set_flags(parameters, UInt(X509_V_FLAG_PARTIAL_CHAIN))
    if let depth = setup.verifyDepth ?? (setup.role == .server ? ContextBuilder.clientDepth : nil) {
      X509_VERIFY_PARAM_set_depth(parameters, Int32(clamping: depth))
    }
    guard let name = setup.expectedName else { return }
    X509_VERIFY_PARAM_set_hostflags(parameters, UInt32(X509_CHECK_FLAG_NEVER_CHECK_SUBJECT))
    try set("expected name", name) { text in
      IPAddress(name) != nil
        ? X509_VERIFY_PARAM_set1_ip_asc(parameters, text)
        : X509_VERIFY_PARAM_set1_host(parameters, text, name.utf8.count)
    }
  }

  /// What this end shows.
  func setIdentity(_ identity: IdentitySource?) throws(Failure) {
    guard let identity else { return }
    let loaded = try LoadedIdentity(identity)
    try load(identity.certificate.name) { SSL_CTX_use_certificate(pointer, loaded.leaf.pointer) }
    try load(identity.key.name) { SSL_CTX_use_PrivateKey(pointer, loaded.key.pointer) }
    for certificate in loaded.chain {
      try load(identity.chain?.name ?? identity.certificate.name) {
        netlab_SSL_CTX_add1_chain_cert(pointer, certificate.pointer)
      }
    }
  }

  /// Answers what is trusted now; the machine's own store is not in the list.
  func setTrust() throws(Failure) -> [Certificate] {
    var trusted: [Certificate] = []
    for anchor in setup.trust.anchors {
      let text = try PEMReading.text(anchor, missing: .trustStoreMissing)
      trusted += try PEMReading.certificates(text, name: anchor.name)
    }
    guard let store = SSL_CTX_get_cert_store(pointer) else { return [] }
    for certificate in trusted {
      X509_STORE_add_cert(store, certificate.pointer)
      // A server tells its clients whose certificates it takes (RFC 8446 section 4.2.4).
      if setup.role == .server { SSL_CTX_add_client_CA(pointer, certificate.pointer) }
    }
    if setup.trust.systemStore {
      try load("system trust") { SSL_CTX_set_default_verify_paths(pointer) }
    }
    return trusted
  }

  /// Certificates that are trusted, with those of the machine's own store.
  var trustedCount: Int {
    let objects = SSL_CTX_get_cert_store(pointer).flatMap { X509_STORE_get0_objects($0) }
    return objects.map { Int(netlab_sk_X509_OBJECT_num($0)) } ?? 0
  }

  /// The peer's own certificate is looked up in these lists. With `isBroken` there are none, and nobody passes.
  func setRevocations(isBroken: Bool) throws(Failure) -> [RevocationSummary] {
    guard !setup.revocations.isEmpty || isBroken else { return [] }
    X509_VERIFY_PARAM_set_flags(SSL_CTX_get0_param(pointer), UInt(X509_V_FLAG_CRL_CHECK))
    guard !isBroken, let store = SSL_CTX_get_cert_store(pointer) else { return [] }
    var summaries: [RevocationSummary] = []
    for source in setup.revocations {
      for list in try RevocationReading.lists(source) {
        X509_STORE_add_crl(store, list.pointer)
        summaries.append(RevocationReading.summary(list, source: source.name))
      }
    }
    return summaries
  }

  /// For TLS 1.2 suites with DHE. Weak parameters are refused here.
  func setDHParameters() throws(Failure) {
    switch setup.dhParameters {
    case nil: break
    case .auto: _ = netlab_SSL_CTX_set_dh_auto(pointer)
    case .source(let source):
      let text = try PEMReading.text(source, missing: .certFileMissing)
      let parameters = try PEMReading.dhParameters(text, name: source.name)
      try load(source.name) {
        EVP_PKEY_up_ref(parameters.pointer)
        let result = SSL_CTX_set0_tmp_dh_pkey(pointer, parameters.pointer)
        if result != 1 { EVP_PKEY_free(parameters.pointer) }
        return result
      }
    }
  }

  func setVerification() {
    SSL_CTX_set_verify(pointer, verifyMode, nil)
    SSL_CTX_set_cert_verify_callback(pointer, Verifier.callback, nil)
  }

  func setKeyLog() { SSL_CTX_set_keylog_callback(pointer, Trace.keyLogCallback) }

  /// How many intermediates a server takes of its clients, unless told otherwise.
  private static let clientDepth = 5

  private var verifyMode: Int32 {
    switch setup.role {
    case .client: return setup.verify ? SSL_VERIFY_PEER : SSL_VERIFY_NONE
    case .server:
      switch setup.clientCertificate {
      case .off: return SSL_VERIFY_NONE
      case .ask: return SSL_VERIFY_PEER
      case .require: return SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT
      }
    }
  }

  private func setVersions() throws(Failure) {
    let last = setup.maxVersion ?? .tls13
    let first = setup.minVersion ?? (last.number < TLSVersion.tls12.number ? last : .tls12)
    guard first.number <= last.number else {
      throw SetupFailure.make(
        .setupOther, subject: "versions",
        said: ["the lowest version, \(first.rawValue), is above the highest, \(last.rawValue)"])
    }
    // OpenSSL 3 allows the signatures of TLS 1.0 and 1.1 at level 0 only.
    if first.number < TLSVersion.tls12.number { SSL_CTX_set_security_level(pointer, 0) }
    _ = netlab_SSL_CTX_set_min_proto_version(pointer, Int32(first.number))
    _ = netlab_SSL_CTX_set_max_proto_version(pointer, Int32(last.number))
  }

  private func set(_ setting: String, _ value: String?, _ call: (String) -> Int32) throws(Failure) {
    guard let value else { return }
    ErrorQueue.clear()
    let ok = call(value) == 1
    let errors = ErrorQueue.drain()
    guard ok else {
      let code: FailureCode =
        switch setting {
        case "ciphers", "suites", "groups": .badCipherList
        default: .setupOther
        }
      throw SetupFailure.make(
        code, subject: setting, errors: errors, said: ["\(setting): '\(Notation.escaped(value))'"])
    }
  }

  private func load(_ subject: String, _ call: () -> Int32) throws(Failure) {
    ErrorQueue.clear()
    let ok = call() == 1
    let errors = ErrorQueue.drain()
    guard ok else { throw SetupFailure.loading(subject, errors) }
  }
}
