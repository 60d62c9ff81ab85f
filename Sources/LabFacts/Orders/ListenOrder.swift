/// What a server does with what it reads.
package enum ServerKind: String, Sendable, Codable, CaseIterable {
  /// Answers each chunk with a reply made from it: `Hey {data}!`.
  case greet
  /// Sends the same bytes back.
  case echo
  /// HTTP/1.1.
  case http
  /// A small IMAP server; with TLS options on a plain transport it offers STARTTLS.
  case imap
  /// A small SMTP server, likewise.
  case smtp
  /// A small POP3 server, likewise.
  case pop3
  /// Reads, and says nothing.
  case discard
}

/// When a server takes the next connection from the kernel's queue.
package enum AcceptMode: String, Sendable, Codable, CaseIterable {
  /// At once; handshakes go on side by side.
  case deferred
  /// After the TLS handshake of the one before, as servers did that shook hands inside accept().
  case blocking
  /// When the TLS connection before is closed: one TLS connection at a time.
  case oneTLS = "one-tls"
}

/// Everything needed to start a server.
package struct ListenOrder: Equatable, Sendable, Codable {
  package var network: Network
  /// An address; the path of a socket where the network is `unix`.
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
  package var acceptMode: AcceptMode
  /// Take no more while so many connections are open.
  package var connectionLimit: Int?
  /// On an IPv6 address: take IPv4 clients too (IPV6_V6ONLY off, RFC 3493 section 5.3).
  package var dualStack: Bool
  /// A socket that is connected already, given by its descriptor, in place of a listener.
  package var descriptor: Int?
  /// Whom a mail server lets in. Absent: everybody.
  package var credentials: Credentials?
  /// A second handshake right after the first: a mistake to learn from.
  package var secondHandshake: TLSPlace?
  /// After the peer's close_notify go on beneath TLS; otherwise it ends the connection.
  package var goesOnInClear: Bool
  /// Forget a UDP peer that was silent for so long.
  package var idleMilliseconds: Int
  /// SO_REUSEADDR: bind a port that old connections in TIME-WAIT still have.
  package var reusesAddress: Bool
  /// A handshake that fails ends the server with all its connections, as in `accept or die`.
  package var stopsOnError: Bool
  /// Of each connection it accepts.
  package var habits: EndHabits

  package init(
    network: Network = .tcp,
    host: String = "127.0.0.1", preferredPort: Int? = nil, fallsBack: Bool = true, backlog: Int = 128,
    transport: Transport,
    kind: ServerKind, reply: String = "Hey {data}!", banner: String? = nil, site: String = "hi",
    tls: TLSOptions? = nil, gated: Bool = false, accepting: Bool = true,
    handshakeDeadlineMilliseconds: Int = 10_000, acceptMode: AcceptMode = .deferred,
    connectionLimit: Int? = nil, dualStack: Bool = false, descriptor: Int? = nil,
    credentials: Credentials? = nil, secondHandshake: TLSPlace? = nil, goesOnInClear: Bool = false,
    idleMilliseconds: Int = 30_000, reusesAddress: Bool = true, stopsOnError: Bool = false,
    habits: EndHabits = EndHabits()
  ) {
    self.network = network
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
    self.acceptMode = acceptMode
    self.connectionLimit = connectionLimit
    self.dualStack = dualStack
    self.descriptor = descriptor
    self.credentials = credentials
    self.secondHandshake = secondHandshake
    self.goesOnInClear = goesOnInClear
    self.idleMilliseconds = idleMilliseconds
    self.reusesAddress = reusesAddress
    self.stopsOnError = stopsOnError
    self.habits = habits
  }
}
