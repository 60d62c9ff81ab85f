import LabFacts

/// Reads the programs of a lesson, and the changes a `set:` makes to one.
enum ActorReader {
  static let commonKeys = [
    "transport", "identity", "trust", "tls", "handshake_seconds", "verify", "second_handshake",
    "clear_after_tls", "network", "reading", "clock", "faults", "no_close_notify",
  ]
  static let serverKeys = [
    "kind", "listen", "backlog", "reply", "banner", "site", "accepting", "accept_mode", "limit",
    "login", "client_certificate", "on_error",
    "identity_defect", "starts_anyway", "sni_alert",
  ]
  static let clientOnlyKeys = [
    "local_port", "local_reuse", "connect_seconds", "name", "sni", "starttls", "via", "starttls_insists",
  ]
  static let clientKeys = commonKeys + clientOnlyKeys
  static let settingKeys = commonKeys + serverKeys + clientOnlyKeys + ["connect"]

  static func actors(_ reader: NodeReader) -> [ActorDeclaration] {
    MapReader.entries(of: reader).compactMap { name, place, value in
      guard isName(name) else {
        reader.log.add(
          "L01", at: place, "`\(name)` can't be the name of a program.",
          help:
            "Use lower-case letters and digits, starting with a letter; `kernel` and the words of cards are taken."
        )
        return nil
      }
      guard let map = value.map("an actor", keys: ["role", "program"] + settingKeys + RelayReader.keys) else {
        return nil
      }
      guard let role: Role = map.required("role")?.word() else { return nil }
      return declaration(ActorID(name), role, map, place)
    }
  }

  private enum Role: String, CaseIterable {
    case server, client, relay, program
  }

  /// A relay is a server for its clients.
  private static func declaration(_ id: ActorID, _ role: Role, _ map: MapReader, _ place: Place)
    -> ActorDeclaration
  {
    var settings = settings(map)
    if role != .program {
      _ = map.required("transport")
      map["program"]?.problem("L15", "`program` belongs to `role: program`; `\(id)` is a \(role.rawValue).")
    }
    switch role {
    case .server: _ = map.required("kind")
    case .client: _ = map.required("connect")
    case .relay: settings.relay = RelayReader.settings(map)
    case .program: settings.program = map.required("program")?.word()
    }
    if role != .relay, let key = map.present.first(where: RelayReader.keys.contains) {
      map[key]?.problem("L15", "`\(key)` is a setting of a relay; `\(id)` is a \(role.rawValue).")
    }
    return ActorDeclaration(
      id: id, role: role == .client || role == .program ? .client : .server, settings: settings, place: place)
  }

  static func settings(_ map: MapReader) -> ActorSettings {
    var settings = clientSettings(map)
    readServer(map, &settings)
    settings.connect = map["connect"].flatMap(target)
    return settings
  }

  /// What a client says about its connection, or a relay about the one to its backend.
  static func clientSettings(_ map: MapReader) -> ActorSettings {
    var settings = ActorSettings()
    settings.transport = map["transport"]?.word()
    settings.identity = map["identity"].flatMap(name)
    settings.trust = map["trust"]?.texts()
    settings.tls = map["tls"].map(limits) ?? TLSLimits()
    settings.handshakeSeconds = map["handshake_seconds"]?.int(ActorSettings.handshakeRange)
    settings.secondHandshake = map["second_handshake"]?.word()
    settings.clearAfterTLS = map["clear_after_tls"]?.flag()
    settings.network = map["network"]?.word()
    settings.reading = map["reading"]?.word()
    settings.faults = map["faults"].map(FaultReader.faults)
    settings.noCloseNotify = map["no_close_notify"]?.flag()
    settings.clock = map["clock"].flatMap(clock)
    readClient(map, &settings)
    return settings
  }

  private static func readServer(_ map: MapReader, _ settings: inout ActorSettings) {
    settings.kind = map["kind"]?.word()
    settings.backlog = map["backlog"]?.int(0...4096)
    settings.reply = map["reply"]?.rawText()
    settings.banner = map["banner"]?.rawText()
    settings.site = map["site"]?.text()
    settings.accepting = map["accepting"]?.flag()
    settings.clientCertificate = map["client_certificate"]?.word()
    settings.acceptMode = map["accept_mode"]?.word()
    settings.connectionLimit = map["limit"]?.int(1...1000)
    settings.credentials = map["login"].flatMap(credentials)
    settings.onError = map["on_error"]?.word()
    settings.identityDefect = map["identity_defect"]?.word()
    settings.startsAnyway = map["starts_anyway"]?.flag()
    settings.unknownNameAlert = map["sni_alert"].flatMap(alert)
    readListen(map, &settings)
  }

  private static func readListen(_ map: MapReader, _ settings: inout ActorSettings) {
    let keys = ["host", "prefer_port", "port_of", "insist", "reuse", "family"]
    guard let listen = map["listen"]?.map("listen", keys: keys) else { return }
    settings.host = listen["host"]?.text()
    settings.preferredPort = listen["prefer_port"]?.int(1...65535)
    settings.portOf = listen["port_of"]?.text().map { ActorID($0) }
    settings.insistsOnPort = listen["insist"]?.flag()
    settings.reusesAddress = listen["reuse"]?.flag()
    settings.family = listen["family"]?.word()
    if settings.portOf != nil, let port = listen["prefer_port"] {
      port.problem("L15", "`port_of` and `prefer_port` both name a port.", help: "Keep one of them.")
    }
  }

  private static func alert(_ reader: NodeReader) -> Int? {
    guard let number = reader.int() else { return nil }
    if number == 40 || number == 112 { return number }
    reader.problem("L01", "`sni_alert` is 40 (handshake_failure) or 112 (unrecognized_name).")
    return nil
  }

  private static func clock(_ reader: NodeReader) -> Int64? {
    guard let text = reader.text() else { return nil }
    if let seconds = CalendarDate.seconds(text) { return seconds }
    reader.problem("L01", "`\(text)` is no day.", help: "Write it in quotes, year first: \"2001-01-31\".")
    return nil
  }

  private static func readClient(_ map: MapReader, _ settings: inout ActorSettings) {
    settings.localPort = map["local_port"]?.int(0...65535)
    settings.sharesLocalPort = map["local_reuse"]?.flag()
    settings.connectSeconds = map["connect_seconds"]?.int(1...900)
    settings.verify = map["verify"]?.flag()
    settings.name = map["name"].flatMap(name)
    settings.sni = map["sni"].flatMap(name)
    settings.starttls = map["starttls"]?.word()
    settings.via = map["via"].flatMap(via)
    settings.starttlsInsists = map["starttls_insists"]?.flag()
  }

  private static func via(_ reader: NodeReader) -> ViaSetting? {
    guard let map = reader.map("via", keys: ["proxy", "speak", "login"]),
      let proxy = map.required("proxy")?.text(),
      let language: ProxyOrder.Language = map.required("speak")?.word()
    else { return nil }
    return ViaSetting(
      proxy: ActorID(proxy), language: language, credentials: map["login"].flatMap(credentials))
  }

  static func credentials(_ reader: NodeReader) -> Credentials? {
    guard let map = reader.map("a login", keys: ["user", "password"]),
      let user = map.required("user")?.text(),
      let password = map.required("password")?.text()
    else { return nil }
    return Credentials(user: user, password: password)
  }

  private static func target(_ reader: NodeReader) -> ConnectTarget? {
    guard reader.isMap else { return reader.text().map { .actor(ActorID($0)) } }
    guard let map = reader.map("connect", keys: ["host", "port_of"]), let host = map.required("host")?.text(),
      let server = map.required("port_of")?.text()
    else { return nil }
    return .address(host: host, portOf: ActorID(server))
  }

  private static func name(_ reader: NodeReader) -> NameSetting? {
    reader.text().map { $0 == "none" ? .none : .name($0) }
  }

  private static func limits(_ reader: NodeReader) -> TLSLimits {
    var limits = TLSLimits()
    let keys = [
      "min", "max", "ciphers", "suites", "groups", "server_preference", "alpn", "verify_depth", "crl",
      "crl_policy", "dh",
      "ignore_verify", "sni_identities", "sni_strict", "resume", "tickets",
    ]
    guard let map = reader.map("tls", keys: keys) else { return limits }
    limits.min = map["min"]?.word()
    limits.max = map["max"]?.word()
    limits.ciphers = map["ciphers"]?.text()
    limits.suites = map["suites"]?.text()
    limits.groups = map["groups"]?.text()
    limits.serverPreference = map["server_preference"]?.flag()
    limits.alpn = map["alpn"]?.texts()
    limits.verifyDepth = map["verify_depth"]?.int(0...100)
    limits.revocations = map["crl"]?.texts()
    limits.revocationPolicy = map["crl_policy"]?.word()
    limits.dhParameters = map["dh"]?.text()
    limits.ignoredVerifyErrors = map["ignore_verify"]?.items().compactMap { $0.int(VerifyErrors.numbers) }
    limits.identitiesByName = map["sni_identities"].map { reader in
      MapReader.entries(of: reader).reduce(into: [:]) { $0[$1.name] = $1.value.text() }
    }
    limits.refusesUnknownNames = map["sni_strict"]?.flag()
    limits.resumes = map["resume"]?.flag()
    limits.tickets = map["tickets"]?.int(0...16)
    return limits
  }

  private static let taken: Set<String> = ["kernel", "failure", "here", "there", "server", "client"]

  private static func isName(_ name: String) -> Bool {
    guard let first = name.unicodeScalars.first, ("a"..."z").contains(first), !taken.contains(name) else {
      return false
    }
    return name.unicodeScalars.allSatisfy {
      ("a"..."z").contains($0) || ("0"..."9").contains($0) || $0 == "_"
    }
  }
}
