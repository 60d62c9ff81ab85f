/// How a lesson or a person wants TLS at one end: names of identities, never key material.
/// LabRuntime looks the names up in the lab's PKI and makes a `TLSSetup`.
package struct TLSOptions: Hashable, Sendable, Codable {
  /// The identity this end shows: a name of `certs/pki.yaml`.
  package var identity: String?
  /// Identities whose certificates this end trusts: `lab-ca`, or a leaf given as a CA file.
  package var trust: [String]
  /// Check the peer's certificate. Off is a mistake to learn from.
  package var verify: Bool
  /// The name the certificate must carry. Absent: the name is not checked.
  package var expectedName: String?
  /// The name to ask for (RFC 6066). Absent: none is sent.
  package var serverName: String?
  package var minVersion: TLSVersion?
  package var maxVersion: TLSVersion?
  /// OpenSSL cipher list for TLS 1.2 and below.
  package var ciphers: String?
  /// Colon-separated TLS 1.3 suites.
  package var suites: String?
  /// Colon-separated groups.
  package var groups: String?
  /// The server's order decides.
  package var serverPreference: Bool
  package var alpn: [String]
  package var clientCertificate: ClientCertificateMode
  package var verifyDepth: Int?
  /// Revocation lists to check the peer's certificate against, by name.
  package var revocations: [String]
  /// DH parameters for TLS 1.2 suites with DHE: `auto`, or a name. Absent: no DHE.
  package var dhParameters: String?
  /// X509_V_ERR numbers that are forgiven. Each use is reported.
  package var ignoredVerifyErrors: [Int]
  /// At a server: identities for the names that clients ask for (RFC 6066 section 3).
  package var identitiesByName: [String: String]
  /// At a server: refuse a client that asks for no name of `identitiesByName` (alert 112).
  package var refusesUnknownNames: Bool
  /// At a client: offer the session of the last connection with the same options again.
  package var resumes: Bool
  /// TLS 1.3 tickets a server sends; absent: OpenSSL's two.
  package var tickets: Int?
  /// Trust this machine's own store too.
  package var trustsSystem: Bool
  /// Seconds since 1970 UTC at which certificates are judged. Absent: now.
  package var judgedAt: Int64?

  package init(
    identity: String? = nil, trust: [String] = [], verify: Bool = true, expectedName: String? = nil,
    serverName: String? = nil, minVersion: TLSVersion? = nil, maxVersion: TLSVersion? = nil,
    ciphers: String? = nil, suites: String? = nil, groups: String? = nil, serverPreference: Bool = true,
    alpn: [String] = [], clientCertificate: ClientCertificateMode = .off, verifyDepth: Int? = nil,
    revocations: [String] = [], dhParameters: String? = nil, ignoredVerifyErrors: [Int] = [],
    identitiesByName: [String: String] = [:], refusesUnknownNames: Bool = false, resumes: Bool = false,
    tickets: Int? = nil, trustsSystem: Bool = false, judgedAt: Int64? = nil
  ) {
    self.identity = identity
    self.trust = trust
    self.verify = verify
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
    self.verifyDepth = verifyDepth
    self.revocations = revocations
    self.dhParameters = dhParameters
    self.ignoredVerifyErrors = ignoredVerifyErrors
    self.identitiesByName = identitiesByName
    self.refusesUnknownNames = refusesUnknownNames
    self.resumes = resumes
    self.tickets = tickets
    self.trustsSystem = trustsSystem
    self.judgedAt = judgedAt
  }
}

/// A version of TLS that this lab speaks. Raw values are the words of lesson files.
package enum TLSVersion: String, Sendable, Codable, CaseIterable {
  case tls10 = "1.0"
  case tls11 = "1.1"
  case tls12 = "1.2"
  case tls13 = "1.3"

  /// The number on the wire: 0x0304 for TLS 1.3.
  package var number: Int {
    switch self {
    case .tls10: 0x0301
    case .tls11: 0x0302
    case .tls12: 0x0303
    case .tls13: 0x0304
    }
  }
}

/// What a server wants of its clients' certificates.
package enum ClientCertificateMode: String, Sendable, Codable, CaseIterable {
  case off
  /// Ask, and go on without.
  case ask
  /// Ask, and refuse without.
  case require
}
