import LabCore
import LabFacts

extension Cast {
  /// What starts a server or a relay, with the words for it.
  mutating func startOrder(_ actor: ActorID) -> (effect: Effect, words: String) {
    let order = listenOrder(actor)
    let security = order.transport == .tls ? "TLS" : "plain"
    guard let relay = settings(of: actor).relay else {
      return (.listen(actor, order), "a \(security) server")
    }
    return (
      .relay(
        actor,
        RelayOrder(
          listen: order, route: route(relay), hooks: relay.hooks, maxConnections: relay.maxConnections)),
      "a \(security) relay"
    )
  }

  private mutating func listenOrder(_ actor: ActorID) -> ListenOrder {
    let setting = settings(of: actor)
    var order = ListenOrder(transport: setting.transport ?? .plain, kind: setting.kind ?? .greet)
    order.network = setting.network ?? order.network
    order.host = setting.host ?? order.host
    order.preferredPort = setting.preferredPort
    if let other = setting.portOf { order.preferredPort = port(of: other) }
    order.fallsBack = setting.portOf == nil && setting.insistsOnPort != true
    order.reusesAddress = setting.reusesAddress ?? true
    order.dualStack = setting.family == .dual
    order.stopsOnError = setting.onError == .stop
    order.habits = setting.habits
    order.backlog = setting.backlog ?? order.backlog
    order.reply = setting.reply ?? order.reply
    order.banner = setting.banner
    order.site = setting.site ?? order.site
    order.tls = order.transport == .tls || setting.identity != nil ? setting.tlsOptions(.server) : nil
    order.gated = noteGate(ofListener: actor)
    order.accepting = setting.accepting ?? true
    order.acceptMode = setting.acceptMode ?? order.acceptMode
    order.connectionLimit = setting.connectionLimit
    order.credentials = setting.credentials
    order.secondHandshake = setting.secondHandshake
    order.goesOnInClear = setting.clearAfterTLS ?? false
    if let seconds = setting.handshakeSeconds { order.handshakeDeadlineMilliseconds = seconds * 1000 }
    return order
  }

  /// The order that starts a client, with the end it is given. Nothing where there is no port to go to.
  mutating func connectOrder(_ actor: ActorID) -> (end: EndID, order: ConnectOrder)? {
    let setting = settings(of: actor)
    guard let target = setting.connect, var order = order(setting, to: target) else { return nil }
    order.gated = isGated(actor)
    return (nextEnd(of: actor), order)
  }

  /// How a client, or a relay, goes to a server of the lesson.
  private func order(_ setting: ActorSettings, to target: ConnectTarget) -> ConnectOrder? {
    guard let endpoint = endpoint(of: target) else { return nil }
    var order = ConnectOrder(
      network: setting.network ?? settings(of: target.server).network ?? .tcp, to: endpoint,
      starttls: setting.starttls, localPort: setting.localPort,
      transport: setting.transport ?? .plain)
    order.tls = order.transport == .tls ? setting.tlsOptions(.client) : nil
    order.insistsOnStartTLS = setting.starttlsInsists ?? true
    order.sharesLocalPort = setting.sharesLocalPort ?? false
    order.habits = setting.habits
    order.secondHandshake = setting.secondHandshake
    order.goesOnInClear = setting.clearAfterTLS ?? false
    if let seconds = setting.connectSeconds { order.connectDeadlineMilliseconds = seconds * 1000 }
    if let seconds = setting.handshakeSeconds { order.handshakeDeadlineMilliseconds = seconds * 1000 }
    guard let via = setting.via else { return order }
    guard let proxy = self.endpoint(of: .actor(via.proxy)) else { return nil }
    order.via = ProxyOrder(language: via.language, at: proxy, credentials: via.credentials)
    return order
  }

  private func route(_ relay: RelaySettings) -> Route {
    let one = relay.backends[RelaySettings.others].flatMap(backend)
    switch relay.way {
    case .fixed: return one.map { .fixed($0) } ?? .discard
    case .dual: return .dual(dual(relay))
    case .socks: return .socks(relay.policy)
    case .connect: return .connect(relay.policy)
    case .imap:
      return .imap(
        ImapRoute(
          users: relay.backends.filter { $0.key != RelaySettings.others }.compactMapValues(backend),
          others: one,
          requiresTLS: relay.requiresTLS))
    case .starttls: return one.map { .starttls(relay.mail ?? .imap, $0) } ?? .discard
    case .discard: return .discard
    }
  }

  private func dual(_ relay: RelaySettings) -> DualRoute {
    func door(_ name: String) -> ConnectOrder? { relay.backends[name].flatMap(backend) }
    return DualRoute(
      tls: door("tls"), http: door("http"), ssh: door("ssh"), clientFirst: door("client_first"),
      serverFirst: door("server_first"), timeoutMilliseconds: relay.timeoutMilliseconds)
  }

  private func backend(_ backend: RelaySettings.Backend) -> ConnectOrder? {
    order(backend.settings, to: backend.target)
  }
}

extension ActorSettings {
  fileprivate var habits: EndHabits {
    EndHabits(
      readsWhenTold: reading == .manual, saysGoodbye: noCloseNotify != true, faults: faults ?? [])
  }

  /// The TLS these settings describe, for one side.
  func tlsOptions(_ side: Side) -> TLSOptions {
    var options = limits
    options.identity = identity?.text
    options.trust = trust ?? []
    options.judgedAt = clock
    options.verify = verify ?? (side == .client || clientCertificate != .ask)
    switch side {
    case .server:
      options.clientCertificate = clientCertificate ?? .off
      options.identityDefect = identityDefect
      options.startsAnyway = startsAnyway ?? false
      options.unknownNameAlert = unknownNameAlert
      if unknownNameAlert != nil { options.refusesUnknownNames = true }
    case .client:
      options.expectedName = name?.text
      // Numeric addresses are no names to ask for (RFC 6066 section 3).
      options.serverName =
        sni == nil ? name?.text.flatMap { IPAddress($0) == nil ? $0 : nil } : sni?.text
    }
    return options
  }

  private var limits: TLSOptions {
    var options = TLSOptions()
    options.minVersion = tls.min
    options.maxVersion = tls.max
    options.ciphers = tls.ciphers
    options.suites = tls.suites
    options.groups = tls.groups
    options.serverPreference = tls.serverPreference ?? options.serverPreference
    options.alpn = tls.alpn ?? []
    options.verifyDepth = tls.verifyDepth
    options.revocations = tls.revocations ?? []
    options.dhParameters = tls.dhParameters
    options.ignoredVerifyErrors = tls.ignoredVerifyErrors ?? []
    if tls.revocationPolicy == .open { options.ignoredVerifyErrors += ActorSettings.unanswered }
    options.identitiesByName = tls.identitiesByName ?? [:]
    options.refusesUnknownNames = tls.refusesUnknownNames ?? false
    options.resumes = tls.resumes ?? false
    options.tickets = tls.tickets
    return options
  }

  /// X509_V_ERR: no list of this issuer, a list that is not valid yet, one that is over.
  private static let unanswered = [3, 11, 12]
}
