import LabFacts

/// Reads the programs of a lesson, and the changes a `set:` makes to one.
enum ActorReader {
  static let settingKeys = [
    "transport", "identity", "trust", "tls", "handshake_seconds", "kind", "listen", "backlog", "reply",
    "banner",
    "site", "accepting", "client_certificate", "connect", "local_port", "connect_seconds", "verify", "name",
    "sni",
  ]

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
      guard let map = value.map("an actor", keys: ["role"] + settingKeys) else { return nil }
      let settings = settings(map)
      guard let role: Side = map.required("role")?.word() else { return nil }
      if role == .server { _ = map.required("kind") } else { _ = map.required("connect") }
      _ = map.required("transport")
      return ActorDeclaration(id: ActorID(name), role: role, settings: settings, place: place)
    }
  }

  static func settings(_ map: MapReader) -> ActorSettings {
    var settings = ActorSettings()
    settings.transport = map["transport"]?.word()
    settings.identity = map["identity"].flatMap(name)
    settings.trust = map["trust"]?.texts()
    settings.tls = map["tls"].map(limits) ?? TLSLimits()
    settings.handshakeSeconds = map["handshake_seconds"]?.int(1...60)
    readServer(map, &settings)
    readClient(map, &settings)
    return settings
  }

  private static func readServer(_ map: MapReader, _ settings: inout ActorSettings) {
    settings.kind = map["kind"]?.word()
    settings.backlog = map["backlog"]?.int(0...4096)
    settings.reply = map["reply"]?.text()
    settings.banner = map["banner"]?.text()
    settings.site = map["site"]?.text()
    settings.accepting = map["accepting"]?.flag()
    settings.clientCertificate = map["client_certificate"]?.word()
    guard let listen = map["listen"]?.map("listen", keys: ["host", "prefer_port"]) else { return }
    settings.host = listen["host"]?.text()
    settings.preferredPort = listen["prefer_port"]?.int(1...65535)
  }

  private static func readClient(_ map: MapReader, _ settings: inout ActorSettings) {
    settings.connect = map["connect"].flatMap(target)
    settings.localPort = map["local_port"]?.int(0...65535)
    settings.connectSeconds = map["connect_seconds"]?.int(1...60)
    settings.verify = map["verify"]?.flag()
    settings.name = map["name"].flatMap(name)
    settings.sni = map["sni"].flatMap(name)
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
    let keys = ["min", "max", "ciphers", "suites", "groups", "server_preference", "alpn"]
    guard let map = reader.map("tls", keys: keys) else { return limits }
    limits.min = map["min"]?.word()
    limits.max = map["max"]?.word()
    limits.ciphers = map["ciphers"]?.text()
    limits.suites = map["suites"]?.text()
    limits.groups = map["groups"]?.text()
    limits.serverPreference = map["server_preference"]?.flag()
    limits.alpn = map["alpn"]?.texts()
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
