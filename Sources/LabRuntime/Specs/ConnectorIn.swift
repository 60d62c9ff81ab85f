package import LabFacts

/// Where a relay's clients come in, and for some kinds also where each is taken.
package struct ConnectorIn: Equatable, Sendable {
  /// Routes that need no OUT.
  enum Route: Equatable, Sendable {
    case socks(ProxyPolicy)
    case connect(ProxyPolicy)
    case dual([String: ConnectorOut], timeoutMilliseconds: Int)
    case imap([String: ConnectorOut], others: ConnectorOut?, requiresTLS: Bool)
  }

  package let kind: ConnectorKind
  package var nickname: String?
  /// Without its TLS options, which are made of `tls`.
  package var listen: ListenOrder
  package var tls: TLSRequest?
  /// TLS comes later, when it is asked for.
  package var startsInClear = false
  package var hooks: [ByteHook] = []
  package var maxConnections: Int?
  var mail: MailProtocol?
  var route: Route?

  /// Reads an IN connector. A bare address is TCP.
  package static func parse(_ text: String) throws(UsageProblem) -> ConnectorIn {
    var words = try ConnectorWords(text)
    if let objection = words.kind.objectionAsIn { throw UsageProblem(objection) }
    var connector = ConnectorIn(
      kind: words.kind,
      listen: ListenOrder(fallsBack: false, transport: .plain, kind: .discard))
    try connector.readAddress(&words)
    try connector.readOwn(&words)
    connector.route = try connector.readRoute(&words)
    try connector.readTLS(&words)
    try words.finish()
    return connector
  }

  private mutating func readAddress(_ words: inout ConnectorWords) throws(UsageProblem) {
    switch kind {
    case .stdio:
      guard words.address.isEmpty else {
        throw UsageProblem("stdio takes no address: it is this program's own.")
      }
      listen.network = .unix
    case .unix:
      guard words.address.contains("/") else {
        throw UsageProblem("unix wants the path of a socket with a slash in it, such as unix:/tmp/lab.sock.")
      }
      listen.network = .unix
      listen.host = words.address
    case .udp:
      listen.network = .udp
      try readPort(words)
    case .starttls:
      mail = try words.mail()
      try readPort(words)
    case .tcp, .tls, .socks, .connect, .dual, .imap, .imaps: try readPort(words)
    case .connectTLS, .dummy: break
    }
  }

  /// A bare port is on the loopback address only; `*` is every address of both families.
  private mutating func readPort(_ words: ConnectorWords) throws(UsageProblem) {
    let address = try AddressSpec.parse(words.address)
    guard let port = address.port else {
      throw UsageProblem("\(kind.rawValue) as IN needs a port: \(kind.form).")
    }
    listen.preferredPort = port == 0 ? nil : port
    listen.dualStack = address.host == "*"
    switch address.host {
    case nil, "localhost": listen.host = "127.0.0.1"
    case "*": listen.host = "::"
    case let host?: listen.host = host
    }
  }

  private mutating func readOwn(_ words: inout ConnectorWords) throws(UsageProblem) {
    nickname = words.take("name")
    if let nickname, !ConnectorIn.isNickname(nickname) {
      throw UsageProblem("name= takes letters, digits, - and _, such as name=alice.")
    }
    guard kind != .udp else {
      if let time = words.take("idle") {
        listen.idleMilliseconds = try ConnectorWords.milliseconds("idle", time)
      }
      if !words.takeAll("hook").isEmpty {
        throw UsageProblem("hook works on streams; udp passes each datagram on as it is.")
      }
      return
    }
    for text in words.takeAll("hook") { hooks.append(try ConnectorHooks.parse(text)) }
    guard kind != .stdio else { return }
    if let count = words.take("max-connections") {
      maxConnections = try number("max-connections", count, 1...1_000_000)
    }
    if let count = words.take("limit") { listen.connectionLimit = try number("limit", count, 1...1_000_000) }
    if let length = words.take("backlog") { listen.backlog = try number("backlog", length, 1...65535) }
  }

  private static func isNickname(_ name: String) -> Bool {
    !name.isEmpty
      && name.utf8.allSatisfy { byte in
        Character(UnicodeScalar(byte)).isLetter || (0x30...0x39).contains(byte) || byte == 0x2d
          || byte == 0x5f
      }
  }

  private mutating func readTLS(_ words: inout ConnectorWords) throws(UsageProblem) {
    guard [.tls, .starttls, .imap, .imaps].contains(kind) else { return }
    if let time = words.take("deadline") {
      listen.handshakeDeadlineMilliseconds = try ConnectorWords.milliseconds("deadline", time)
    }
    if kind == .tls, let value = words.take("start-cleartext") {
      startsInClear = try flag("start-cleartext", value)
    }
    var request = try words.takeTLS(.server)
    if request.certificate == nil, request.options.identity == nil { request.options.identity = "server" }
    if request.options.clientCertificate != .off, request.authorities.isEmpty {
      request.options.trust = ["lab-ca"]
    }
    tls = request
    listen.transport = kind == .imaps || kind == .tls && !startsInClear ? .tls : .plain
  }
}
