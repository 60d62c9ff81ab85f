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
  /// Lists of revoked certificates; each may hold several. Where there is one, the peer's own certificate
  /// must be on the list of none, and a list of its issuer must be there and in date.
  package var revocations: [PEMSource]
  /// DH parameters for TLS 1.2 suites with DHE. Absent: no DHE.
  package var dhParameters: DHParameters?
  /// X509_V_ERR numbers that are forgiven, and no others.
  package var ignoredVerifyErrors: [Int]
  /// At a server: identities for the names that clients ask for. `*.test` stands for one label before `.test`.
  package var identitiesByName: [String: IdentitySource]
  /// At a server: refuse a client that asks for none of these names (alert 112).
  package var refusesUnknownNames: Bool
  /// The alert for it; absent: 112.
  package var unknownNameAlert: Int?
  /// At a client: keep sessions, and offer one again.
  package var resumes: Bool

  /// Where DH parameters come from.
  package enum DHParameters: Equatable, Sendable {
    /// OpenSSL chooses them to go with the key of the certificate.
    case auto
    case source(PEMSource)
  }

  package init(
    role: Side, identity: IdentitySource? = nil, trust: TrustSource = TrustSource(), verify: Bool = true,
    verifyDepth: Int? = nil, date: Int64, expectedName: String? = nil, serverName: String? = nil,
    minVersion: TLSVersion? = nil, maxVersion: TLSVersion? = nil, ciphers: String? = nil,
    suites: String? = nil, groups: String? = nil, serverPreference: Bool = true, alpn: [String] = [],
    clientCertificate: ClientCertificateMode = .off, tickets: Int = 2, revocations: [PEMSource] = [],
    dhParameters: DHParameters? = nil, ignoredVerifyErrors: [Int] = [],
    identitiesByName: [String: IdentitySource] = [:], refusesUnknownNames: Bool = false,
    resumes: Bool = false, unknownNameAlert: Int? = nil
  ) {
    self.unknownNameAlert = unknownNameAlert
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
    self.revocations = revocations
    self.dhParameters = dhParameters
    self.ignoredVerifyErrors = ignoredVerifyErrors
    self.identitiesByName = identitiesByName
    self.refusesUnknownNames = refusesUnknownNames
    self.resumes = resumes
  }

  /// The setup a lesson's options describe; the caller has looked up what they name.
  package init(role: Side, options: TLSOptions, sources: TLSSources, date: Int64) {
    self.init(
      role: role, identity: sources.identity, trust: sources.trust, verify: options.verify,
      verifyDepth: options.verifyDepth, date: date, expectedName: options.expectedName,
      serverName: options.serverName, minVersion: options.minVersion, maxVersion: options.maxVersion,
      ciphers: options.ciphers, suites: options.suites, groups: options.groups,
      serverPreference: options.serverPreference, alpn: options.alpn,
      clientCertificate: options.clientCertificate, tickets: options.tickets ?? 2,
      revocations: sources.revocations, dhParameters: sources.dhParameters,
      ignoredVerifyErrors: options.ignoredVerifyErrors, identitiesByName: sources.identitiesByName,
      refusesUnknownNames: options.refusesUnknownNames, resumes: options.resumes,
      unknownNameAlert: options.unknownNameAlert)
  }
}

/// What the names in `TLSOptions` stand for.
package struct TLSSources: Equatable, Sendable {
  package var identity: IdentitySource?
  package var trust: TrustSource
  package var revocations: [PEMSource]
  package var dhParameters: TLSSetup.DHParameters?
  package var identitiesByName: [String: IdentitySource]

  package init(
    identity: IdentitySource? = nil, trust: TrustSource = TrustSource(), revocations: [PEMSource] = [],
    dhParameters: TLSSetup.DHParameters? = nil, identitiesByName: [String: IdentitySource] = [:]
  ) {
    self.identity = identity
    self.trust = trust
    self.revocations = revocations
    self.dhParameters = dhParameters
    self.identitiesByName = identitiesByName
  }
}
