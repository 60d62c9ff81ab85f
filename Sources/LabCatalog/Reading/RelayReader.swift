import LabFacts

/// Reads what a lesson says about a relay.
enum RelayReader {
  static let keys = [
    "route", "to", "others", "protocol", "refuse", "manners", "hooks", "timeout_ms", "max_connections",
    "requires_tls",
  ]

  static func settings(_ map: MapReader) -> RelaySettings? {
    guard let route = map.required("route"), let way: RelaySettings.Way = route.word() else { return nil }
    var settings = RelaySettings(way: way)
    settings.backends = map["to"].map { backends($0, way) } ?? [:]
    if let others = map["others"].flatMap(backend) { settings.backends[RelaySettings.others] = others }
    settings.mail = map["protocol"]?.word()
    settings.policy = policy(map)
    settings.hooks = map["hooks"].map(hooks) ?? []
    settings.timeoutMilliseconds = map["timeout_ms"]?.int(1...60_000) ?? settings.timeoutMilliseconds
    settings.maxConnections = map["max_connections"]?.int(1...1000)
    settings.requiresTLS = map["requires_tls"]?.flag() ?? false
    check(settings, route)
    return settings
  }

  private static func check(_ settings: RelaySettings, _ route: NodeReader) {
    let needsBackend: Bool
    switch settings.way {
    case .fixed, .dual, .starttls, .imap: needsBackend = true
    case .socks, .connect, .discard: needsBackend = false
    }
    if needsBackend, settings.backends.isEmpty {
      route.problem(
        "L01", "A relay with the route `\(settings.way.rawValue)` needs `to`.",
        help: "Name the server it takes its clients to: `to: srv`.")
    }
    if !needsBackend, !settings.backends.isEmpty {
      route.problem(
        "L15", "A relay with the route `\(settings.way.rawValue)` takes nobody to a server of its own.",
        help: "Leave `to` out.")
    }
    if settings.way == .starttls, settings.mail == nil {
      route.problem("L01", "The route `starttls` needs `protocol`.", help: "Write imap, smtp or pop3.")
    }
  }

  /// One backend, or several by what the client does or says.
  static func backends(_ reader: NodeReader, _ way: RelaySettings.Way)
    -> [String: RelaySettings.Backend]
  {
    switch way {
    case .dual, .imap:
      var found: [String: RelaySettings.Backend] = [:]
      for (name, place, value) in MapReader.entries(of: reader) {
        if way == .dual, !doors.contains(name) {
          reader.log.add(
            "L01", at: place, "`\(name)` is nothing a client can begin with.",
            help: "Its keys are: \(doors.joined(separator: ", ")).")
        } else {
          found[name] = backend(value)
        }
      }
      return found
    case .fixed, .starttls, .socks, .connect, .discard:
      return backend(reader).map { [RelaySettings.others: $0] } ?? [:]
    }
  }

  private static let doors = ["tls", "http", "ssh", "client_first", "server_first"]

  static func backend(_ reader: NodeReader) -> RelaySettings.Backend? {
    guard reader.isMap else {
      return reader.text().map { RelaySettings.Backend(target: .actor(ActorID($0))) }
    }
    guard let map = reader.map("a backend", keys: ["actor"] + ActorReader.clientKeys),
      let actor = map.required("actor")?.text()
    else { return nil }
    return RelaySettings.Backend(target: .actor(ActorID(actor)), settings: ActorReader.clientSettings(map))
  }

  private static func policy(_ map: MapReader) -> ProxyPolicy {
    var policy = ProxyPolicy(credentials: map["login"].flatMap(ActorReader.credentials))
    if let code = map["refuse"]?.int(0...599) { policy.manners = .refuse(code: code) }
    if let manners: Manners = map["manners"]?.word() { policy.manners = manners.policy }
    return policy
  }

  /// How a proxy treats everybody, as a word.
  enum Manners: String, CaseIterable {
    case serve, silence, garbage
    case noMethod = "no-method"
    case hangUp = "hang-up"

    var policy: ProxyPolicy.Manners {
      switch self {
      case .serve: .serve
      case .silence: .silence
      case .garbage: .garbage
      case .noMethod: .noMethod
      case .hangUp: .hangUp
      }
    }
  }

  /// `view`, `upper`, `rot13`, or a map of one verb with its number; `way` narrows it.
  static func hooks(_ reader: NodeReader) -> [ByteHook] { reader.items().compactMap(hook) }

  private static func hook(_ reader: NodeReader) -> ByteHook? {
    guard reader.isMap else {
      return reader.word(Plain.self).map { ByteHook($0.action) }
    }
    let verbs = Plain.allCases.map(\.rawValue) + ["delay", "drop", "flip", "cut", "replace"]
    guard let map = reader.map("a hook", keys: verbs + ["way"]), let verb = map.exactlyOne(of: verbs),
      let body = map[verb]
    else { return nil }
    let way: ByteHook.Way = map["way"]?.word() ?? .both
    if let plain = Plain(rawValue: verb) {
      return body.flag() == true ? ByteHook(plain.action, way: way) : nil
    }
    if verb == "replace" { return replacement(body).map { ByteHook($0, way: way) } }
    return number(verb, body).map { ByteHook($0, way: way) }
  }

  private static func replacement(_ body: NodeReader) -> ByteHook.Action? {
    guard let map = body.map("replace", keys: ["from", "to"]), let from = map.required("from")?.text(),
      let to = map.required("to")?.rawText()
    else { return nil }
    return .replace(from: Array(from.utf8), to: Array(to.utf8))
  }

  private static func number(_ verb: String, _ body: NodeReader) -> ByteHook.Action? {
    guard let number = body.int(0...1_000_000) else { return nil }
    switch verb {
    case "delay": return .delay(milliseconds: number)
    case "drop": return .drop(every: max(1, number))
    case "flip": return .flipBit(at: number)
    case "cut": return .cut(after: number)
    case let other:
      body.problem("L01", "`\(other)` is no hook.")
      return nil
    }
  }

  private enum Plain: String, CaseIterable {
    case view, upper, rot13

    var action: ByteHook.Action {
      switch self {
      case .view: .view
      case .upper: .upperCase
      case .rot13: .rot13
      }
    }
  }
}
