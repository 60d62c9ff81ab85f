import LabFacts

/// What can be set about relays.
extension SandboxSettings {
  private static let led: Fits = { actor in
    switch actor.settings.relay?.way {
    case .fixed, .dual, .imap, .starttls: true
    case .socks, .connect, .discard, nil: false
    }
  }
  private static let dual: Fits = { $0.settings.relay?.way == .dual }
  private static let mail: Fits = { $0.settings.relay?.way == .starttls }
  private static let imap: Fits = { $0.settings.relay?.way == .imap }
  private static let proxies: Fits = {
    $0.settings.relay?.way == .socks || $0.settings.relay?.way == .connect
  }

  static let relaying: [SandboxSetting] = [
    SandboxSetting(
      "route", "route", .words(RelaySettings.Way.allCases.map(\.rawValue)), unset: "none", fits: relays
    ) {
      $0.settings.relay?.way.rawValue ?? ""
    } write: { place, text in
      guard let way = RelaySettings.Way(rawValue: text) else { return false }
      place.settings.relay?.way = way
      return true
    },
    SandboxSetting(
      "to", "to", .typed("a server, or { tls: tsrv, client_first: srv } by what a client does", []),
      yaml: { $0 }, unset: "nobody", fits: led
    ) {
      $0.settings.relay?.notation ?? ""
    } write: { place, text in
      guard let way = place.settings.relay?.way,
        let named = YamlText.parse(text, { RelayReader.backends($0, way) })
      else { return false }
      let rest = way == .imap ? place.settings.relay?.backends[RelaySettings.others] : nil
      place.settings.relay?.backends = named
      if let rest { place.settings.relay?.backends[RelaySettings.others] = rest }
      return true
    },
    SandboxSetting(
      "others", "others to", .typed("a server, for everybody else", []), yaml: { $0 }, unset: "nobody",
      fits: imap
    ) {
      $0.settings.relay?.othersNotation ?? ""
    } write: { place, text in
      let backend = YamlText.parse(text, RelayReader.backend)
      place.settings.relay?.backends[RelaySettings.others] = backend
      return text.isEmpty || backend != nil
    },
    .word("protocol", "protocol", \.relayMail, unset: "imap", fits: mail),
    SandboxSetting(
      "hooks", "hooks",
      .typed(
        "view | upper | rot13 | { delay: MS } | { drop: N } | { flip: N } | { cut: N } | { replace: { from: , to: } }, way: up",
        ["view", "upper", "rot13", "{ delay: 100 }", "{ drop: 2 }", "{ flip: 20 }", "{ cut: 100 }"]),
      yaml: { "[ \($0) ]" }, unset: "none", fits: relays
    ) {
      $0.settings.relay?.hooks.map(\.notation).joined(separator: ", ") ?? ""
    } write: { place, text in
      let hooks = YamlText.parse("[ \(text) ]", RelayReader.hooks)
      place.settings.relay?.hooks = hooks ?? []
      return hooks != nil
    },
    .number(
      "refuse", "refuses with", \.refusal, 0...599, some: [1, 2, 5, 403, 502], unset: "no", fits: proxies),
    .word("manners", "manners", \.manners, unset: "serve", fits: proxies),
    .number(
      "timeout_ms", "client has ms", \.relayTimeout, 1...60_000, some: [200, 3000], unset: "1000", fits: dual),
    .number(
      "max_connections", "stops after", \.relayLimit, 1...1000, some: [1, 2], unset: "never", fits: relays),
    .flag("requires_tls", "TLS to log in", \.loginNeedsTLS, unset: "false", fits: imap),
  ]
}

/// A relay's settings as places that can be empty.
extension ActorSettings {
  fileprivate var relayMail: MailProtocol? {
    get { relay?.mail }
    set { relay?.mail = newValue }
  }
  fileprivate var relayTimeout: Int? {
    get {
      relay.flatMap { $0.timeoutMilliseconds == RelaySettings.usualTimeout ? nil : $0.timeoutMilliseconds }
    }
    set { relay?.timeoutMilliseconds = newValue ?? RelaySettings.usualTimeout }
  }
  fileprivate var relayLimit: Int? {
    get { relay?.maxConnections }
    set { relay?.maxConnections = newValue }
  }
  fileprivate var loginNeedsTLS: Bool? {
    get { relay?.requiresTLS == true ? true : nil }
    set { relay?.requiresTLS = newValue ?? false }
  }
  fileprivate var refusal: Int? {
    get {
      guard case .refuse(let code) = relay?.policy.manners else { return nil }
      return code
    }
    set { relay?.policy.manners = newValue.map { .refuse(code: $0) } ?? .serve }
  }
  fileprivate var manners: RelayReader.Manners? {
    get {
      RelayReader.Manners.allCases.first { $0 != .serve && $0.policy == relay?.policy.manners }
    }
    set { relay?.policy.manners = newValue?.policy ?? .serve }
  }
}
