/// Something to do at the edge, as a value. Imperative, with identities, so that it can be compared,
/// written in a lesson, replayed and cancelled.
package enum Effect: Equatable, Sendable, Codable {
  case listen(ActorID, ListenOrder)
  case stopListening(ActorID)
  /// Pause or resume accept(). A paused listener's kernel queue fills.
  case setAccepting(ActorID, Bool)
  /// `EndID` is given by whoever orders: the connection is known by it from its first fact on.
  case connect(EndID, ConnectOrder)
  case send(EndID, [UInt8])
  case close(EndID, CloseManner)
  /// Close or open the gate of one end that exists.
  case setGate(EndID, closed: Bool)
  /// Let the oldest held record of this end go.
  case release(EndID)
  case startTimer(TimerID, milliseconds: Int)
  case cancelTimer(TimerID)
  /// Read the kernel's table now, without waiting for the next sample.
  case sampleKernel
  /// Close and forget everything the run made.
  case wipe
}

/// How to end a connection.
package enum CloseManner: String, Sendable, Codable, CaseIterable {
  /// In order: with TLS close_notify first, then FIN.
  case clean
  /// FIN, without close_notify.
  case fin
  /// End our direction only; the other goes on.
  case half
  /// RST.
  case reset
}

/// What a server does with what it reads.
package enum ServerKind: String, Sendable, Codable, CaseIterable {
  /// Answers each chunk with a reply made from it: `Hey {data}!`.
  case greet
  /// Sends the same bytes back.
  case echo
  /// HTTP/1.1.
  case http
}

/// Everything needed to start a server.
package struct ListenOrder: Equatable, Sendable, Codable {
  package var host: String
  /// Absent: the kernel chooses.
  package var preferredPort: Int?
  /// Take a free port where the preferred one is taken, and say so.
  package var fallsBack: Bool
  package var backlog: Int
  package var transport: Transport
  package var kind: ServerKind
  /// What *greet* answers; `{data}` stands for the bytes read.
  package var reply: String
  /// What the server says first, before it reads anything.
  package var banner: String?
  /// What *http* serves: `demo` is the page about the visitor's own connection, `hi` the seed's answer.
  package var site: String
  package var tls: TLSOptions?
  /// The gate of each accepted connection starts closed.
  package var gated: Bool
  /// Take connections from the kernel's queue from the start.
  package var accepting: Bool
  /// The whole handshake must be done in this time.
  package var handshakeDeadlineMilliseconds: Int

  package init(
    host: String = "127.0.0.1", preferredPort: Int? = nil, fallsBack: Bool = true, backlog: Int = 128,
    transport: Transport,
    kind: ServerKind, reply: String = "Hey {data}!", banner: String? = nil, site: String = "hi",
    tls: TLSOptions? = nil, gated: Bool = false, accepting: Bool = true,
    handshakeDeadlineMilliseconds: Int = 10_000
  ) {
    self.host = host
    self.preferredPort = preferredPort
    self.fallsBack = fallsBack
    self.backlog = backlog
    self.transport = transport
    self.kind = kind
    self.reply = reply
    self.banner = banner
    self.site = site
    self.tls = tls
    self.gated = gated
    self.accepting = accepting
    self.handshakeDeadlineMilliseconds = handshakeDeadlineMilliseconds
  }
}

/// Everything needed to start a client.
package struct ConnectOrder: Equatable, Sendable, Codable {
  package var to: Endpoint
  package var localPort: Int?
  package var transport: Transport
  package var tls: TLSOptions?
  package var gated: Bool
  /// For connect(); refused and unreachable come sooner.
  package var connectDeadlineMilliseconds: Int
  package var handshakeDeadlineMilliseconds: Int

  package init(
    to: Endpoint, localPort: Int? = nil, transport: Transport, tls: TLSOptions? = nil, gated: Bool = false,
    connectDeadlineMilliseconds: Int = 10_000, handshakeDeadlineMilliseconds: Int = 10_000
  ) {
    self.to = to
    self.localPort = localPort
    self.transport = transport
    self.tls = tls
    self.gated = gated
    self.connectDeadlineMilliseconds = connectDeadlineMilliseconds
    self.handshakeDeadlineMilliseconds = handshakeDeadlineMilliseconds
  }
}

/// How a lesson or a person wants TLS at one end: names of identities, never key material.
/// LabRuntime looks the names up in the lab's PKI and makes a `TLSSetup`.
package struct TLSOptions: Equatable, Sendable, Codable {
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

  package init(
    identity: String? = nil, trust: [String] = [], verify: Bool = true, expectedName: String? = nil,
    serverName: String? = nil, minVersion: TLSVersion? = nil, maxVersion: TLSVersion? = nil,
    ciphers: String? = nil, suites: String? = nil, groups: String? = nil, serverPreference: Bool = true,
    alpn: [String] = [], clientCertificate: ClientCertificateMode = .off, verifyDepth: Int? = nil
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
