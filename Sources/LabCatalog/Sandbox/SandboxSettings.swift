import LabFacts

/// The table of everything that can be set, in the order of the screen.
package enum SandboxSettings {
  /// The rows that have a meaning for a program.
  package static func rows(for actor: ActorDeclaration) -> [SandboxSetting] { all.filter { $0.fits(actor) } }

  /// The row of that key, for that program.
  package static func row(_ key: String, for actor: ActorDeclaration) -> SandboxSetting? {
    rows(for: actor).first { $0.key == key }
  }

  static let all = start + serving + relaying + connecting + securing + limits + habits + talking

  /// What most experiments turn on. The rest is shown when it is asked for, and where it says something.
  static let everyday: Set<String> = [
    "transport", "kind", "route", "to", "hooks", "connect", "listen.prefer_port", "accepting", "identity",
    "client_certificate", "trust", "verify", "name", "sni", "starttls", "via", "tls.min", "tls.max",
    "tls.crl",
    "faults", "sends", "then",
  ]

  /// Keys that stand in a map of their own in lesson files.
  static let groups: Set<String> = ["listen", "tls"]

  typealias Fits = SandboxSetting.Fits

  static let everybody: Fits = { _ in true }
  static let servers: Fits = { $0.role == .server }
  static let clients: Fits = { $0.role == .client }
  static let talkers: Fits = { $0.role == .server && $0.settings.relay == nil }
  static let relays: Fits = { $0.settings.relay != nil }
  static let plainServers: Fits = { servers($0) && $0.transport == .plain }
  static let secured: Fits = { $0.transport == .tls || $0.isUpgraded }
  static let securedServers: Fits = { $0.role == .server && secured($0) }
  static let securedClients: Fits = { $0.role == .client && $0.transport == .tls }
  static let upgraders: Fits = { securedClients($0) && $0.settings.starttls != nil }
  static let greeters: Fits = { $0.settings.kind == .greet && $0.settings.relay == nil }

  private static let start: [SandboxSetting] = [
    .word("transport", "transport", \.transport, unset: "plain", fits: everybody),
    .word("kind", "kind", \.kind, unset: "greet", fits: talkers),
    SandboxSetting("connect", "connect to", .servers, yaml: YamlText.target, fits: clients) {
      switch $0.settings.connect {
      case .actor(let id): id.rawValue
      case .address(let host, let server): "\(host) \(server)"
      case nil: ""
      }
    } write: { place, text in
      let words = text.split(separator: " ").map(String.init)
      switch words.count {
      case 1: place.settings.connect = .actor(ActorID(words[0]))
      case 2: place.settings.connect = .address(host: words[0], portOf: ActorID(words[1]))
      default: return false  // Only these two forms can be told apart.
      }
      return true
    },
  ]

  private static let serving: [SandboxSetting] = [
    .text(
      "listen.host", "listen on", \.host, hint: "an address, or a path where the network is unix",
      some: ["0.0.0.0", "::1", "::"], unset: "127.0.0.1", fits: servers),
    .number("listen.prefer_port", "port", \.preferredPort, 1...65535, unset: "auto", fits: servers),
    SandboxSetting(
      "listen.port_of", "port of", .typed("a server: exactly its port", []), unset: "nobody", fits: servers
    ) {
      $0.settings.portOf?.rawValue ?? ""
    } write: { place, text in
      place.settings.portOf = text.isEmpty ? nil : ActorID(text)
      return true
    },
    .flag("listen.insist", "insists on it", \.insistsOnPort, unset: "false", fits: servers),
    .flag("listen.reuse", "SO_REUSEADDR", \.reusesAddress, unset: "true", fits: servers),
    .word("listen.family", "IPv6 family", \.family, unset: "v6", fits: servers),
    .number("backlog", "backlog", \.backlog, 0...4096, some: [0, 1, 5], unset: "128", fits: servers),
    .flag("accepting", "accepts", \.accepting, unset: "true", fits: servers),
    .word("accept_mode", "accept mode", \.acceptMode, unset: "deferred", fits: servers),
    .number("limit", "limit", \.connectionLimit, 1...1000, some: [1, 2], unset: "none", fits: servers),
    .text(
      "reply", "reply", \.reply, hint: "a text; {data} is what came", unset: "Hey {data}!", fits: greeters),
    .text("banner", "banner", \.banner, unset: "none", fits: talkers),
    .text(
      "site", "site", \.site, hint: "hi | demo", some: ["hi", "demo"], unset: "hi",
      fits: { $0.settings.kind == .http }),
    .word("network", "network", \.network, unset: "tcp", fits: everybody),
    SandboxSetting(
      "login", "login", .typed("user password", ["u p"]), yaml: YamlText.login, unset: "anybody",
      fits: { servers($0) && ($0.settings.relay != nil || $0.isUpgraded) }
    ) {
      $0.settings.credentials.map { "\($0.user) \($0.password)" } ?? ""
    } write: { place, text in
      let words = text.split(separator: " ").map(String.init)
      place.settings.credentials = words.count == 2 ? Credentials(user: words[0], password: words[1]) : nil
      place.settings.relay?.policy.credentials = place.settings.credentials
      return words.isEmpty || words.count == 2
    },
  ]

  private static let connecting: [SandboxSetting] = [
    .number("local_port", "local port", \.localPort, 0...65535, unset: "kernel's choice", fits: clients),
    .number(
      "connect_seconds", "connect seconds", \.connectSeconds, 1...60, some: [1, 3], unset: "10", fits: clients
    ),
    .word("starttls", "starttls", \.starttls, unset: "no", fits: securedClients),
    .flag("starttls_insists", "insists on TLS", \.starttlsInsists, unset: "true", fits: upgraders),
    SandboxSetting(
      "via", "via proxy",
      .typed("a proxy, socks4 | socks4a | socks5 | socks5h | connect, user, password", []),
      yaml: YamlText.via,
      unset: "none", fits: clients
    ) {
      $0.settings.via.map {
        let login = $0.credentials.map { [$0.user, $0.password] } ?? []
        return ([$0.proxy.rawValue, $0.language.rawValue] + login).joined(separator: " ")
      } ?? ""
    } write: { place, text in
      let words = text.split(separator: " ").map(String.init)
      let language = words.count == 2 || words.count == 4 ? ProxyOrder.Language(rawValue: words[1]) : nil
      place.settings.via = language.map {
        ViaSetting(
          proxy: ActorID(words[0]), language: $0,
          credentials: words.count == 4 ? Credentials(user: words[2], password: words[3]) : nil)
      }
      return words.isEmpty || language != nil
    },
  ]

  private static let talking: [SandboxSetting] = [
    SandboxSetting(
      "sends", "sends", .typed(#"a text; \r \n \xNN for bytes"#, []), yaml: nil, unset: "nothing",
      fits: clients
    ) {
      $0.talk.sends
    } write: { place, text in
      place.talk.sends = text
      return true
    },
    SandboxSetting(
      "then", "then", .words(SandboxSetup.Ending.allCases.map(\.rawValue)), yaml: nil, unset: "clean",
      fits: clients
    ) {
      $0.talk.then.rawValue
    } write: { place, text in
      place.talk.then = SandboxSetup.Ending(rawValue: text) ?? .clean
      return text.isEmpty || SandboxSetup.Ending(rawValue: text) != nil
    },
  ]
}

extension ActorDeclaration {
  /// A plain program that may be upgraded, and so has TLS settings.
  var isUpgraded: Bool {
    if settings.relay?.way == .starttls || settings.relay?.way == .imap { return true }
    switch settings.kind {
    case .imap, .smtp, .pop3: return true
    case .greet, .echo, .http, .discard, nil: return false
    }
  }
}
