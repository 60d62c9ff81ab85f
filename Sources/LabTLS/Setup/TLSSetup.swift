package import LabFacts

/// How one end wants TLS, as a value. Nothing is opened until a `TLSContext` is made of it.
package struct TLSSetup: Equatable, Sendable {
  package var role: Side
  /// What this end shows. A server without one has nothing to offer and fails each handshake.
  package var identity: IdentitySource?
  package var trust: TrustSource
  /// Check the peer's certificate and refuse a bad one. Off: it is judged, reported and accepted.
  package var verify: Bool
  /// Longest accepted chain of intermediates.
  package var verifyDepth: Int?
  /// The moment certificates are judged at, in seconds since 1970 UTC. On purpose without a default.
  package var date: Int64
  /// The DNS name or IP address the peer's certificate must carry. Absent: not checked.
  package var expectedName: String?
  /// The name to ask for (RFC 6066). An IP address is never sent.
  package var serverName: String?
  /// Absent: TLS 1.2. A version below 1.2 also lowers OpenSSL's security level to 0.
  package var minVersion: TLSVersion?
  /// Absent: TLS 1.3.
  package var maxVersion: TLSVersion?
  /// OpenSSL cipher list for TLS 1.2 and below.
  package var ciphers: String?
  /// Colon-separated TLS 1.3 suites.
  package var suites: String?
  /// Colon-separated groups, most wanted first.
  package var groups: String?
  /// At a server: its own order of suites decides.
  package var serverPreference: Bool
  /// Application protocols, most wanted first.
  package var alpn: [String]
  /// What a server wants of its clients.
  package var clientCertificate: ClientCertificateMode
  /// TLS 1.3 session tickets a server sends after a handshake.
  package var tickets: Int
  /// Settings that come later: revocation lists, own DH parameters, ignored verify errors.
  package var further: Further

  /// The place of the options of POE::Filter::SSL that are not built yet.
  package struct Further: Equatable, Sendable {
    package init() {}
  }

  package init(
    role: Side, identity: IdentitySource? = nil, trust: TrustSource = TrustSource(), verify: Bool = true,
    verifyDepth: Int? = nil, date: Int64, expectedName: String? = nil, serverName: String? = nil,
    minVersion: TLSVersion? = nil, maxVersion: TLSVersion? = nil, ciphers: String? = nil,
    suites: String? = nil, groups: String? = nil, serverPreference: Bool = true, alpn: [String] = [],
    clientCertificate: ClientCertificateMode = .off, tickets: Int = 2
  ) {
    self.role = role
    self.identity = identity
    self.trust = trust
    self.verify = verify
    self.verifyDepth = verifyDepth
    self.date = date
    self.expectedName = expectedName
    self.serverName = serverName
    self.minVersion = minVersion
    self.maxVersion = maxVersion
    self.ciphers = ciphers
    self.suites = suites
    self.groups = groups
    self.serverPreference = serverPreference
    self.alpn = alpn
    self.clientCertificate = clientCertificate
    self.tickets = tickets
    self.further = Further()
  }

  /// The setup a lesson's options describe; the caller has looked up the identities.
  package init(
    role: Side, options: TLSOptions, identity: IdentitySource?, trust: TrustSource, date: Int64
  ) {
    self.init(
      role: role, identity: identity, trust: trust, verify: options.verify, verifyDepth: options.verifyDepth,
      date: date, expectedName: options.expectedName, serverName: options.serverName,
      minVersion: options.minVersion, maxVersion: options.maxVersion, ciphers: options.ciphers,
      suites: options.suites, groups: options.groups, serverPreference: options.serverPreference,
      alpn: options.alpn, clientCertificate: options.clientCertificate)
  }
}

/// PEM text: in a file, or in memory with a name for messages.
package enum PEMSource: Equatable, Sendable {
  case file(String)
  case memory([UInt8], name: String)

  /// What to call it in a message.
  package var name: String {
    switch self {
    case .file(let path): path
    case .memory(_, let name): name
    }
  }
}

/// A certificate with its private key.
package struct IdentitySource: Equatable, Sendable {
  /// The leaf first; further certificates in the same PEM are sent after it.
  package var certificate: PEMSource
  package var key: PEMSource
  /// More certificates to send, after those.
  package var chain: PEMSource?
  package var passphrase: String?

  package init(certificate: PEMSource, key: PEMSource, chain: PEMSource? = nil, passphrase: String? = nil) {
    self.certificate = certificate
    self.key = key
    self.chain = chain
    self.passphrase = passphrase
  }

  package static func files(
    certificate: String, key: String, chain: String? = nil, passphrase: String? = nil
  ) -> IdentitySource {
    IdentitySource(
      certificate: .file(certificate), key: .file(key), chain: chain.map { .file($0) }, passphrase: passphrase
    )
  }

  package static func memory(
    certificate: [UInt8], key: [UInt8], name: String = "memory", passphrase: String? = nil
  ) -> IdentitySource {
    IdentitySource(
      certificate: .memory(certificate, name: name), key: .memory(key, name: name), passphrase: passphrase)
  }
}

/// Whose signatures count. Empty: nobody's.
package struct TrustSource: Equatable, Sendable {
  /// Each may hold several certificates. A leaf is trusted as itself.
  package var anchors: [PEMSource]
  /// Also this machine's own store. Off unless asked.
  package var systemStore: Bool

  package init(_ anchors: [PEMSource] = [], systemStore: Bool = false) {
    self.anchors = anchors
    self.systemStore = systemStore
  }
}
