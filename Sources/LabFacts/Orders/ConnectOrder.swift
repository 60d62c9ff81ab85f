/// Everything needed to start a client.
package struct ConnectOrder: Equatable, Sendable, Codable {
  package var network: Network
  /// The target; its host may be a name, or the path of a socket where the network is `unix`.
  package var to: Endpoint
  /// Connect here in place of the target, keeping the target's name for everything else.
  package var dialled: Endpoint?
  /// Ask this proxy to connect to the target.
  package var via: ProxyOrder?
  /// Talk this protocol in clear first, and have it upgraded.
  package var starttls: MailProtocol?
  package var localPort: Int?
  /// Bind the local port with SO_REUSEADDR: several may have it as long as their peers differ.
  package var sharesLocalPort = false
  package var transport: Transport
  package var tls: TLSOptions?
  package var gated: Bool
  /// For connect(); refused and unreachable come sooner.
  package var connectDeadlineMilliseconds: Int
  package var handshakeDeadlineMilliseconds: Int
  /// A second handshake right after the first: a mistake to learn from.
  package var secondHandshake: TLSPlace?
  /// After the peer's close_notify go on beneath TLS; otherwise it ends the connection.
  package var goesOnInClear: Bool
  /// Off: where the server offers no STARTTLS, the client goes on in clear.
  package var insistsOnStartTLS: Bool
  package var habits: EndHabits

  package init(
    network: Network = .tcp, to: Endpoint, dialled: Endpoint? = nil, via: ProxyOrder? = nil,
    starttls: MailProtocol? = nil, localPort: Int? = nil, transport: Transport, tls: TLSOptions? = nil,
    gated: Bool = false, connectDeadlineMilliseconds: Int = 10_000,
    handshakeDeadlineMilliseconds: Int = 10_000, secondHandshake: TLSPlace? = nil,
    goesOnInClear: Bool = false,
    insistsOnStartTLS: Bool = true, habits: EndHabits = EndHabits()
  ) {
    self.network = network
    self.to = to
    self.dialled = dialled
    self.via = via
    self.starttls = starttls
    self.secondHandshake = secondHandshake
    self.goesOnInClear = goesOnInClear
    self.insistsOnStartTLS = insistsOnStartTLS
    self.habits = habits
    self.localPort = localPort
    self.transport = transport
    self.tls = tls
    self.gated = gated
    self.connectDeadlineMilliseconds = connectDeadlineMilliseconds
    self.handshakeDeadlineMilliseconds = handshakeDeadlineMilliseconds
  }
}
