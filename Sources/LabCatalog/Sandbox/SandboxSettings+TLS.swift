import LabFacts

/// What can be set about TLS.
extension SandboxSettings {
  static let securing: [SandboxSetting] = [
    .name("identity", "certificate", \.identity, .identities([.server, .client]), fits: securedServers),
    .name("identity", "certificate", \.identity, .identities([.client, .server]), fits: securedClients),
    .word("client_certificate", "client cert", \.clientCertificate, unset: "off", fits: securedServers),
    .list("trust", "trust", \.trust, .roots, fits: secured),
    .flag("verify", "verify", \.verify, unset: "true", fits: securedClients),
    .name(
      "name", "name", \.name, .typed("a name, or none", ["netlab.test", "localhost", "other.test", "none"]),
      unset: "not checked", fits: securedClients),
    .name(
      "sni", "asks for (SNI)", \.sni, .typed("a name, or none", ["netlab.test", "other.test", "none"]),
      unset: "the name", fits: securedClients),
    .number(
      "handshake_seconds", "handshake s", \.handshakeSeconds, ActorSettings.handshakeRange, some: [1, 3],
      unset: "10", fits: secured
    ),
    .word("second_handshake", "2nd handshake", \.secondHandshake, unset: "no", fits: secured),
    .flag("clear_after_tls", "clear after TLS", \.clearAfterTLS, unset: "false", fits: secured),
    .word("identity_defect", "loading fails", \.identityDefect, unset: "no", fits: securedServers),
    .flag("starts_anyway", "starts anyway", \.startsAnyway, unset: "false", fits: securedServers),
    .word("on_error", "on error", \.onError, unset: "serve", fits: securedServers),
    SandboxSetting(
      "sni_alert", "unknown name", .words(["40", "112"]), yaml: { $0 }, unset: "served", fits: securedServers
    ) {
      $0.settings.unknownNameAlert.map(String.init) ?? ""
    } write: { place, text in
      place.settings.unknownNameAlert = Int(text)
      return ["", "40", "112"].contains(text)
    },
    SandboxSetting(
      "clock", "clock", .typed("a day, as 2001-01-31", ["2001-01-31", "2051-01-31"]), yaml: YamlText.quoted,
      unset: "today", fits: secured
    ) {
      $0.settings.clock.map(CalendarDate.text) ?? ""
    } write: { place, text in
      place.settings.clock = CalendarDate.seconds(text)
      return text.isEmpty || place.settings.clock != nil
    },
  ]

  static let limits: [SandboxSetting] = [
    .word("tls.min", "tls min", \.tls.min, unset: "OpenSSL's", fits: secured),
    .word("tls.max", "tls max", \.tls.max, unset: "1.3", fits: secured),
    .text(
      "tls.ciphers", "ciphers", \.tls.ciphers, hint: "an OpenSSL list, TLS 1.2 and below",
      some: ["ECDHE+AESGCM", "ECDHE-RSA-AES128-SHA", "AES128-SHA"], unset: "default", fits: secured),
    .text(
      "tls.suites", "suites", \.tls.suites, hint: "TLS 1.3 suites with colons",
      some: ["TLS_AES_128_GCM_SHA256", "TLS_CHACHA20_POLY1305_SHA256"], unset: "default", fits: secured),
    .text(
      "tls.groups", "groups", \.tls.groups, hint: "groups with colons", some: ["X25519", "P-256", "P-384"],
      unset: "default", fits: secured),
    .flag(
      "tls.server_preference", "server prefers", \.tls.serverPreference, unset: "true", fits: securedServers),
    .list("tls.alpn", "alpn", \.tls.alpn, .typed("protocols", ["http/1.1", "h2, http/1.1"]), fits: secured),
    .number(
      "tls.verify_depth", "verify depth", \.tls.verifyDepth, 0...100, some: [0, 1], unset: "OpenSSL's",
      fits: secured),
    .list("tls.crl", "crl", \.tls.revocations, .lists, unset: "off", fits: secured),
    .word("tls.crl_policy", "crl missing", \.tls.revocationPolicy, unset: "closed", fits: secured),
    SandboxSetting(
      "tls.ignore_verify", "ignore errors", .typed("X509_V_ERR numbers", ["10", "18", "20", "62"]),
      yaml: { "[\($0)]" },
      unset: "none", fits: secured
    ) {
      $0.settings.tls.ignoredVerifyErrors?.map(String.init).joined(separator: ", ") ?? ""
    } write: { place, text in
      let numbers = text.listed.compactMap(Int.init)
      place.settings.tls.ignoredVerifyErrors = text.isEmpty ? nil : numbers
      return numbers.count == text.listed.count && numbers.allSatisfy(VerifyErrors.numbers.contains)
    },
    .text(
      "tls.dh", "dh", \.tls.dhParameters, hint: "auto", some: ["auto"], unset: "none", fits: securedServers),
    SandboxSetting(
      "tls.sni_identities", "by name", .typed("name=certificate, name=certificate", ["other.test=other"]),
      yaml: YamlText.names, unset: "no", fits: securedServers
    ) {
      ($0.settings.tls.identitiesByName ?? [:]).sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        .joined(separator: ", ")
    } write: { place, text in
      let pairs = text.listed.map { $0.split(separator: "=").map(String.init) }
      guard pairs.allSatisfy({ $0.count == 2 }) else { return false }
      place.settings.tls.identitiesByName =
        pairs.isEmpty ? nil : Dictionary(pairs.map { ($0[0], $0[1]) }, uniquingKeysWith: { $1 })
      return true
    },
    .flag("tls.sni_strict", "only by name", \.tls.refusesUnknownNames, unset: "false", fits: securedServers),
    .flag("tls.resume", "resumes", \.tls.resumes, unset: "false", fits: securedClients),
    .number("tls.tickets", "tickets", \.tls.tickets, 0...16, some: [0, 1], unset: "2", fits: securedServers),
  ]
}
