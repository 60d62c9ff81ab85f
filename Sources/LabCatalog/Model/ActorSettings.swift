package import LabFacts

/// What a lesson says about a program. Every field may be absent, so that the same type serves for a
/// declaration and for the changes a `set:` action makes to it.
package struct ActorSettings: Equatable, Sendable {
  /// Seconds a handshake may be given.
  package static let handshakeRange = 1...3600

  // Both roles
  package var transport: Transport?
  /// The identity it shows: a name of `certs/pki.yaml`.
  package var identity: NameSetting?
  package var trust: [String]?
  package var tls = TLSLimits()
  package var handshakeSeconds: Int?
  package var secondHandshake: TLSPlace?
  /// After the peer's close_notify go on beneath TLS.
  package var clearAfterTLS: Bool?
  /// A client's, where it says nothing, is that of its server.
  package var network: Network?
  /// A program of the machine. It takes everything else with `run`.
  package var program: ProgramKind?

  package var reading: ReadingMode?
  package var faults: [WireFault]?
  /// A clean end is FIN alone.
  package var noCloseNotify: Bool?
  /// Seconds since 1970 at which this program judges certificates.
  package var clock: Int64?

  // Servers
  package var portOf: ActorID?
  /// The preferred port or none.
  package var insistsOnPort: Bool?
  package var reusesAddress: Bool?
  package var family: ListenFamily?
  package var onError: ErrorManner?
  package var identityDefect: IdentityDefect?
  package var startsAnyway: Bool?
  /// The alert for a name it does not know: 40 or 112.
  package var unknownNameAlert: Int?
  package var acceptMode: AcceptMode?
  package var connectionLimit: Int?
  package var credentials: Credentials?
  /// What it does with its clients, where it is a relay.
  package var relay: RelaySettings?
  package var kind: ServerKind?
  package var host: String?
  package var preferredPort: Int?
  package var backlog: Int?
  package var reply: String?
  package var banner: String?
  package var site: String?
  package var accepting: Bool?
  package var clientCertificate: ClientCertificateMode?

  // Clients
  package var connect: ConnectTarget?
  package var localPort: Int?
  package var sharesLocalPort: Bool?
  package var connectSeconds: Int?
  package var verify: Bool?
  /// The name the certificate must carry.
  package var name: NameSetting?
  /// The name asked for in the ClientHello.
  package var sni: NameSetting?
  package var starttls: MailProtocol?
  package var via: ViaSetting?
  package var starttlsInsists: Bool?

  package init() {}

  /// These settings with the other's on top.
  package func merged(with other: ActorSettings) -> ActorSettings {
    var merged = self
    merged.transport = other.transport ?? transport
    merged.identity = other.identity ?? identity
    merged.trust = other.trust ?? trust
    merged.tls = tls.merged(with: other.tls)
    merged.handshakeSeconds = other.handshakeSeconds ?? handshakeSeconds
    merged.secondHandshake = other.secondHandshake ?? secondHandshake
    merged.clearAfterTLS = other.clearAfterTLS ?? clearAfterTLS
    merged.network = other.network ?? network
    merged.reading = other.reading ?? reading
    merged.faults = other.faults ?? faults
    merged.noCloseNotify = other.noCloseNotify ?? noCloseNotify
    merged.clock = other.clock ?? clock
    merged.portOf = other.portOf ?? portOf
    merged.insistsOnPort = other.insistsOnPort ?? insistsOnPort
    merged.reusesAddress = other.reusesAddress ?? reusesAddress
    merged.family = other.family ?? family
    merged.identityDefect = other.identityDefect ?? identityDefect
    merged.startsAnyway = other.startsAnyway ?? startsAnyway
    merged.unknownNameAlert = other.unknownNameAlert ?? unknownNameAlert
    merged.onError = other.onError ?? onError
    merged.starttlsInsists = other.starttlsInsists ?? starttlsInsists
    merged.program = other.program ?? program
    merged.acceptMode = other.acceptMode ?? acceptMode
    merged.connectionLimit = other.connectionLimit ?? connectionLimit
    merged.credentials = other.credentials ?? credentials
    merged.relay = other.relay ?? relay
    merged.starttls = other.starttls ?? starttls
    merged.via = other.via ?? via
    merged.kind = other.kind ?? kind
    merged.host = other.host ?? host
    merged.preferredPort = other.preferredPort ?? preferredPort
    merged.backlog = other.backlog ?? backlog
    merged.reply = other.reply ?? reply
    merged.banner = other.banner ?? banner
    merged.site = other.site ?? site
    merged.accepting = other.accepting ?? accepting
    merged.clientCertificate = other.clientCertificate ?? clientCertificate
    merged.connect = other.connect ?? connect
    merged.localPort = other.localPort ?? localPort
    merged.sharesLocalPort = other.sharesLocalPort ?? sharesLocalPort
    merged.connectSeconds = other.connectSeconds ?? connectSeconds
    merged.verify = other.verify ?? verify
    merged.name = other.name ?? name
    merged.sni = other.sni ?? sni
    return merged
  }
}

/// What happens where a revocation list can't answer.
package enum RevocationPolicy: String, Sendable, CaseIterable {
  /// The peer is taken.
  case open
  /// The peer is refused.
  case closed
}

/// When a program reads from its socket.
package enum ReadingMode: String, Sendable, CaseIterable {
  /// As soon as something comes.
  case auto
  /// When the lesson says `read`.
  case manual
}

/// Whom a listener on an IPv6 address takes.
package enum ListenFamily: String, Sendable, CaseIterable {
  /// IPv6 only.
  case v6
  /// IPv4 too.
  case dual
}

/// What a server does about a handshake that failed.
package enum ErrorManner: String, Sendable, CaseIterable {
  /// Serves the next.
  case serve
  /// Ends, as in `accept or die`.
  case stop
}

/// A name, or the author's word that there shall be none.
package enum NameSetting: Hashable, Sendable {
  case none
  case name(String)

  package var text: String? {
    switch self {
    case .none: nil
    case .name(let name): name
    }
  }
}

/// Where a client connects to.
package enum ConnectTarget: Hashable, Sendable {
  /// The address and port of a server of the lesson.
  case actor(ActorID)
  /// That server's port under another address.
  case address(host: String, portOf: ActorID)

  package var server: ActorID {
    switch self {
    case .actor(let id), .address(_, let id): id
    }
  }
}

/// The `tls:` map of a program: what it is ready to agree on.
package struct TLSLimits: Equatable, Sendable {
  package var min: TLSVersion?
  package var max: TLSVersion?
  package var ciphers: String?
  package var suites: String?
  package var groups: String?
  package var serverPreference: Bool?
  package var alpn: [String]?
  package var verifyDepth: Int?
  /// Names of revocation lists of the lab.
  package var revocations: [String]?
  package var revocationPolicy: RevocationPolicy?
  /// `auto`: DHE suites with parameters as strong as the key.
  package var dhParameters: String?
  package var ignoredVerifyErrors: [Int]?
  package var identitiesByName: [String: String]?
  package var refusesUnknownNames: Bool?
  package var resumes: Bool?
  package var tickets: Int?

  package init() {}

  package func merged(with other: TLSLimits) -> TLSLimits {
    var merged = self
    merged.min = other.min ?? min
    merged.max = other.max ?? max
    merged.ciphers = other.ciphers ?? ciphers
    merged.suites = other.suites ?? suites
    merged.groups = other.groups ?? groups
    merged.serverPreference = other.serverPreference ?? serverPreference
    merged.alpn = other.alpn ?? alpn
    merged.verifyDepth = other.verifyDepth ?? verifyDepth
    merged.revocationPolicy = other.revocationPolicy ?? revocationPolicy
    merged.revocations = other.revocations ?? revocations
    merged.dhParameters = other.dhParameters ?? dhParameters
    merged.ignoredVerifyErrors = other.ignoredVerifyErrors ?? ignoredVerifyErrors
    merged.identitiesByName = other.identitiesByName ?? identitiesByName
    merged.refusesUnknownNames = other.refusesUnknownNames ?? refusesUnknownNames
    merged.resumes = other.resumes ?? resumes
    merged.tickets = other.tickets ?? tickets
    return merged
  }
}
