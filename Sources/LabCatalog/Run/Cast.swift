import LabCore
import LabFacts

/// The programs of a run: how each is set up by now, and what it has had.
struct Cast: Equatable, Sendable {
  private let declarations: [ActorID: ActorDeclaration]
  private var settings: [ActorID: ActorSettings]
  /// Ends given to clients so far.
  private var connections: [ActorID: Int] = [:]
  /// Where each server listens, or did last.
  private var endpoints: [ActorID: Endpoint] = [:]
  /// Programs whose gate is closed.
  private var gated: Set<ActorID> = []
  /// Servers that were started with a closed gate.
  private var listeningGated: Set<ActorID> = []

  init(_ lesson: Lesson) {
    declarations = Dictionary(lesson.actors.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    settings = declarations.mapValues(\.settings)
  }

  var isGated: Bool { !gated.isEmpty }

  func role(_ actor: ActorID) -> Side? { declarations[actor]?.role }
  func transport(_ actor: ActorID) -> Transport { settings[actor]?.transport ?? .plain }

  /// The end a client was given last, whether the lab knows of it yet or not.
  func newestEnd(_ client: ActorID) -> EndID? { connections[client].map { EndID(client, $0) } }

  mutating func take(_ fact: Fact) {
    if case .listening(let actor, let listening) = fact { endpoints[actor] = listening.endpoint }
  }

  mutating func change(_ actor: ActorID, _ changes: ActorSettings) {
    settings[actor] = (settings[actor] ?? ActorSettings()).merged(with: changes)
  }

  mutating func setGate(_ actor: ActorID, closed: Bool) {
    if closed { gated.insert(actor) } else { gated.remove(actor) }
  }

  /// What brings a new server end into line, where the gate was changed after the server's start.
  func gateAfterAccept(_ end: EndID) -> [Effect] {
    let wanted = gated.contains(end.actor)
    return wanted == listeningGated.contains(end.actor) ? [] : [.setGate(end, closed: wanted)]
  }

  /// The order that starts a server.
  mutating func listenOrder(_ actor: ActorID) -> ListenOrder {
    let setting = settings[actor] ?? ActorSettings()
    let isGated = gated.contains(actor)
    if isGated { listeningGated.insert(actor) } else { listeningGated.remove(actor) }
    var order = ListenOrder(transport: setting.transport ?? .plain, kind: setting.kind ?? .greet)
    order.host = setting.host ?? order.host
    order.preferredPort = setting.preferredPort
    order.backlog = setting.backlog ?? order.backlog
    order.reply = setting.reply ?? order.reply
    order.banner = setting.banner
    order.site = setting.site ?? order.site
    order.tls = order.transport == .tls ? setting.serverTLS : nil
    order.gated = isGated
    order.accepting = setting.accepting ?? true
    if let seconds = setting.handshakeSeconds { order.handshakeDeadlineMilliseconds = seconds * 1000 }
    return order
  }

  /// The order that starts a client, with the end it is given. Nothing where there is no port to go to.
  mutating func connectOrder(_ actor: ActorID) -> (end: EndID, order: ConnectOrder)? {
    let setting = settings[actor] ?? ActorSettings()
    guard let target = setting.connect, let endpoint = endpoint(of: target) else { return nil }
    var order = ConnectOrder(
      to: endpoint, localPort: setting.localPort, transport: setting.transport ?? .plain)
    order.tls = order.transport == .tls ? setting.clientTLS : nil
    order.gated = gated.contains(actor)
    if let seconds = setting.connectSeconds { order.connectDeadlineMilliseconds = seconds * 1000 }
    if let seconds = setting.handshakeSeconds { order.handshakeDeadlineMilliseconds = seconds * 1000 }
    let number = (connections[actor] ?? 0) + 1
    connections[actor] = number
    return (EndID(actor, number), order)
  }

  /// A server that never started is looked for where it would like to listen: nobody is there.
  private func endpoint(of target: ConnectTarget) -> Endpoint? {
    let server = target.server
    let declared = settings[server]
    let known =
      endpoints[server]
      ?? declared?.preferredPort.map { Endpoint(declared?.host ?? ListenOrder.defaultHost, $0) }
    guard let known else { return nil }
    switch target {
    case .actor: return Endpoint(Cast.reachable(known.host), known.port)
    case .address(let host, _): return Endpoint(host, known.port)
    }
  }

  /// An address to connect to where a server listens on all of them.
  private static func reachable(_ host: String) -> String {
    switch host {
    case "0.0.0.0": "127.0.0.1"
    case "::": "::1"
    default: host
    }
  }
}

extension ListenOrder {
  fileprivate static let defaultHost = "127.0.0.1"
}

extension ActorSettings {
  fileprivate var serverTLS: TLSOptions {
    var options = limits(TLSOptions())
    options.verify = verify ?? true
    options.clientCertificate = clientCertificate ?? .off
    return options
  }

  fileprivate var clientTLS: TLSOptions {
    var options = limits(TLSOptions())
    options.verify = verify ?? true
    options.expectedName = name?.text
    options.serverName =
      sni == nil ? name?.text.flatMap { ActorSettings.isAddress($0) ? nil : $0 } : sni?.text
    return options
  }

  private func limits(_ options: TLSOptions) -> TLSOptions {
    var options = options
    options.identity = identity?.text
    options.trust = trust ?? []
    options.minVersion = tls.min
    options.maxVersion = tls.max
    options.ciphers = tls.ciphers
    options.suites = tls.suites
    options.groups = tls.groups
    options.serverPreference = tls.serverPreference ?? options.serverPreference
    options.alpn = tls.alpn ?? []
    return options
  }

  /// Numeric addresses are no names to ask for (RFC 6066 section 3).
  static func isAddress(_ name: String) -> Bool {
    name.contains(":") || name.allSatisfy { $0.isASCII && ($0.isNumber || $0 == ".") }
  }
}
