import LabFacts

/// The table of all faults, in the order of the screen.
extension SandboxFault {
  static let table: [SandboxFault] = manners + wire + loading + certificates

  private static let manners: [SandboxFault] = [
    SandboxFault(
      name: "reset", label: "RST in place of FIN", fits: SandboxSettings.clients,
      isIn: { $0.talk.then == .reset }, put: { $0.talk.then = .reset }, mend: { $0.talk.then = $1.talk.then }),
    setting("no-goodbye", "FIN without close_notify", \.noCloseNotify, true, fits: SandboxSettings.secured),
    setting(
      "plain", "plaintext on a TLS port", \.transport, .plain, else: .tls,
      fits: SandboxSettings.securedClients),
    SandboxFault(
      name: "three-bytes", label: "three bytes, then silence", fits: SandboxSettings.clients,
      isIn: { $0.settings.transport == .plain && $0.talk == threeBytes },
      put: { ($0.settings.transport, $0.talk) = (.plain, threeBytes) },
      mend: { ($0.settings.transport, $0.talk) = ($1.settings.transport, $1.talk) }),
    setting("refuse-accept", "never call accept()", \.accepting, false, fits: SandboxSettings.servers),
    setting("never-reads", "never read what comes", \.reading, .manual, fits: SandboxSettings.plainServers),
    setting(
      "accept-or-die", "end at a failed handshake", \.onError, .stop, fits: SandboxSettings.securedServers),
    setting(
      "second-handshake", "a second handshake", \.secondHandshake, .instead, fits: SandboxSettings.secured),
    setting("clear", "go on without STARTTLS", \.starttlsInsists, false, fits: SandboxSettings.upgraders),
    setting("unchecked", "check no certificate", \.verify, false, fits: SandboxSettings.securedClients),
    setting(
      "slow-clock", "a clock of 2001", \.clock, CalendarDate.seconds("2001-01-31"),
      fits: SandboxSettings.securedClients),
  ]

  private static let threeBytes = SandboxSetup.Talk(sends: #"\x16\x03\x01"#, then: .stay)

  private static let wire: [SandboxFault] = [
    wire("truncate", "FIN after 10 bytes", .truncate(after: 10)),
    wire("cut", "RST after 10 bytes", .reset(after: 10)),
    wire("stall", "silence after 10 bytes", .stall(after: 10)),
    wire("slow", "one byte every 20 ms", .slow(milliseconds: 20)),
    wire("flip", "flip one bit of the data", .flipBit(at: 8)),
    wire("truncate-hello", "FIN within the handshake", .truncate(after: 10), inHandshake: true),
    wire("flip-hello", "flip one bit of the first byte", .flipBit(at: 0), inHandshake: true),
    wire("stall-hello", "silence within the handshake", .stall(after: 10), inHandshake: true),
    wire(
      "stall-certificate", "stall before Certificate", .stallBefore(message: "Certificate"),
      inHandshake: true,
      fits: SandboxSettings.securedServers),
    wire(
      "stall-finished", "stall before Finished", .stallBefore(message: "Finished"), inHandshake: true,
      fits: SandboxSettings.securedClients),
  ]

  private static let loading: [SandboxFault] = IdentityDefect.allCases.map { defect in
    setting(
      defect.rawValue, "can't load: \(words(defect))", \.identityDefect, defect,
      fits: SandboxSettings.securedServers)
  }

  private static func words(_ defect: IdentityDefect) -> String {
    switch defect {
    case .wrongKey: "another key"
    case .wrongPassPhrase: "pass phrase"
    case .swapped: "files swapped"
    case .p12: "PKCS #12, not PEM"
    case .missingFile: "no such file"
    case .emptyFile: "an empty file"
    }
  }

  private static let certificates: [SandboxFault] =
    [
      ("expired", "expired"), ("not-yet-valid", "not yet valid"), ("other", "wrong name"),
      ("self-signed", "self-signed"), ("no-intermediate", "no intermediate"), ("stranger", "unknown root"),
      ("wrong-purpose", "wrong purpose"), ("weak-key", "weak key"), ("long-chain", "long chain"),
      ("cn-only", "no SAN"), ("revoked", "revoked"),
    ].map { name, words in
      setting(
        name, "certificate: \(words)", \.identity, .name(name), else: .name("server"),
        fits: SandboxSettings.securedServers)
    }
    + [
      ("crl", "CRL: checked", "lab-crl"), ("crl-stale", "CRL: out of date", "lab-crl-expired"),
      ("crl-empty", "CRL: lists nobody", "lab-crl-empty"),
    ].map { name, words, list in
      setting(name, words, \.tls.revocations, [list], fits: SandboxSettings.securedClients)
    }
}

/// The kinds of rows.
extension SandboxFault {
  /// A setting that has a bad value. Where it began with that, mending it gives `other`, or says nothing.
  private static func setting<Value: Equatable & Sendable>(
    _ name: String, _ label: String, _ spot: SandboxSetting.Spot<Value>, _ bad: Value?,
    else other: Value? = nil, fits: @escaping SandboxSetting.Fits
  ) -> SandboxFault {
    SandboxFault(
      name: name, label: label, fits: fits,
      isIn: { $0.settings[keyPath: spot] == bad },
      put: { $0.settings[keyPath: spot] = bad },
      mend: { place, began in
        let good = began.settings[keyPath: spot]
        place.settings[keyPath: spot] = good == bad ? other : good
      })
  }

  /// Something that goes wrong between a program's TLS and its socket: once TLS is up, where it has TLS.
  private static func wire(
    _ name: String, _ label: String, _ action: WireFault.Action, inHandshake: Bool = false,
    fits: @escaping SandboxSetting.Fits = SandboxSettings.everybody
  ) -> SandboxFault {
    @Sendable func fault(_ place: SandboxSetting.Place) -> WireFault {
      WireFault(action, afterHandshake: !inHandshake && place.settings.transport == .tls)
    }
    return SandboxFault(
      name: name, label: label, fits: { fits($0) && (!inHandshake || SandboxSettings.secured($0)) },
      isIn: { $0.settings.faults?.contains(fault($0)) == true },
      put: { $0.settings.faults = ($0.settings.faults ?? []) + [fault($0)] },
      mend: { place, _ in
        let left = (place.settings.faults ?? []).filter { $0 != fault(place) }
        place.settings.faults = left.isEmpty ? nil : left
      })
  }
}
