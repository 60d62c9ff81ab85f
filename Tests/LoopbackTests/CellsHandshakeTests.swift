import LabCore
import LabFacts
import LabTesting
import LabTLS
import Testing

/// Two ends that both speak TLS and can't agree: both ends by number, on real sockets.
@Suite(.timeLimit(.minutes(5))) struct CellsHandshakeTests {
  struct Cell: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let client: TLSOptions
    let server: TLSOptions
    /// What each end reports; nothing where it comes up.
    let atClient: Verdict?
    let atServer: Verdict?

    init(
      _ name: String, client: (inout TLSOptions) -> Void = { _ in },
      server: (inout TLSOptions) -> Void = { _ in }, atClient: Verdict?, atServer: Verdict?
    ) {
      testDescription = name
      var (ours, theirs) = (RawTLS.trusting, TLSOptions(identity: "server"))
      client(&ours)
      server(&theirs)
      (self.client, self.server, self.atClient, self.atServer) = (ours, theirs, atClient, atServer)
    }
  }

  private static let refused = Verdict.alert(40, .handshakeFailure)
  private static func unsuited(_ code: FailureCode = .noSharedCipher) -> Verdict {
    .ssl(code, .here, reason: 193, alert: 40)
  }

  static let cells: [Cell] = [
    Cell(
      "no cipher in common, TLS 1.2",
      client: { ($0.maxVersion, $0.ciphers) = (.tls12, "ECDHE-ECDSA-AES128-GCM-SHA256") },
      server: { $0.ciphers = "ECDHE-ECDSA-AES256-GCM-SHA384" }, atClient: refused, atServer: unsuited()),
    Cell(
      "an RSA certificate for a client of ECDSA alone",
      client: { ($0.maxVersion, $0.ciphers) = (.tls12, "ECDHE-ECDSA-AES128-GCM-SHA256") },
      server: { $0.identity = "server-rsa" }, atClient: refused, atServer: unsuited()),
    Cell(
      "no suite in common, TLS 1.3",
      client: { ($0.minVersion, $0.suites) = (.tls13, "TLS_AES_128_GCM_SHA256") },
      server: { $0.suites = "TLS_AES_256_GCM_SHA384" }, atClient: refused, atServer: unsuited()),
    Cell(
      "a TLS 1.3 client at a TLS 1.2 server", client: { $0.minVersion = .tls13 },
      server: { $0.maxVersion = .tls12 }, atClient: .alert(70, .protocolVersion),
      atServer: .ssl(.protocolVersion, .here, reason: 258, alert: 70)),
    Cell(
      "a server without a certificate", server: { $0.identity = nil }, atClient: refused,
      atServer: unsuited(.serverNoCertificate)),
    Cell(
      "a TLS 1.2 client at a TLS 1.3 server", client: { $0.maxVersion = .tls12 },
      server: { $0.minVersion = .tls13 }, atClient: .alert(70, .protocolVersion),
      atServer: .ssl(.protocolVersion, .here, reason: 258, alert: 70)),
    Cell(
      "TLS 1.1 at a server of today", client: { ($0.minVersion, $0.maxVersion) = (.tls11, .tls11) },
      atClient: .alert(70, .protocolVersion),
      atServer: .ssl(.protocolVersion, .here, reason: 258, alert: 70)),
    Cell(
      "TLS 1.0 at a server of today", client: { ($0.minVersion, $0.maxVersion) = (.tls10, .tls10) },
      atClient: .alert(70, .protocolVersion),
      atServer: .ssl(.protocolVersion, .here, reason: 258, alert: 70)),
    Cell(
      "TLS 1.0, where both want it", client: { ($0.minVersion, $0.maxVersion) = (.tls10, .tls10) },
      server: { $0.minVersion = .tls10 }, atClient: nil, atServer: nil),
    Cell(
      "no group in common, TLS 1.3", client: { ($0.minVersion, $0.groups) = (.tls13, "P-256") },
      server: { $0.groups = "P-384" }, atClient: refused,
      atServer: .ssl(.noSharedParams, .here, reason: 101, alert: 40)),
    Cell(
      "no name asked for, strict server", client: { $0.serverName = nil }, server: strict,
      atClient: .alert(112, .missingSni), atServer: .ssl(.missingSni, .here, reason: 234, alert: 112)),
    Cell(
      "an unknown name asked for, strict server", client: { $0.serverName = "unknown.test" }, server: strict,
      atClient: .alert(112, .missingSni), atServer: .ssl(.missingSni, .here, reason: 234, alert: 112)),
    Cell(
      "no name asked for, lenient server shows its other certificate", client: { $0.serverName = nil },
      server: { ($0.identity, $0.identitiesByName) = ("other", ["netlab.test": "server"]) },
      atClient: .ssl(.hostnameMismatch, .here, reason: 134, alert: 42, verify: 62),
      atServer: .alert(42, .peerRejectedCert)),
    Cell(
      "names are asked for in any case", client: { $0.serverName = "NetLab.TEST" }, server: strict,
      atClient: nil, atServer: nil),
    Cell(
      "no protocol in common (ALPN)", client: { $0.alpn = ["h2"] }, server: { $0.alpn = ["http/1.1"] },
      atClient: .alert(120, .noAlpnOverlap),
      atServer: .ssl(.noAlpnOverlap, .here, reason: 235, alert: 120)),
  ]

  private static func strict(_ options: inout TLSOptions) {
    (options.identity, options.identitiesByName) = ("other", ["netlab.test": "server"])
    options.refusesUnknownNames = true
  }

  @Test(arguments: cells)
  func `both ends say the same disagreement, each in its own words`(cell: Cell) async throws {
    let meeting = try await Meeting.tls(server: cell.server, client: cell.client) { bench in
      guard cell.atClient == nil else { return }
      try await bench.wait("it comes up") {
        $0.ends[Meeting.clientID]?.tls.established != nil && $0.ends[Meeting.serverID]?.tls.established != nil
      }
      await bench.perform(.close(Meeting.clientID, .clean))
    }
    #expect(meeting.client.verdict == cell.atClient)
    #expect(meeting.server?.verdict == cell.atServer)
    // Who decided sent the alert, and nobody's words were lost in a reset.
    if cell.atServer?.by == .here {
      #expect(meeting.client.failures.first?.evidence.alertDirection == .received)
      #expect(meeting.server?.failures.first?.evidence.alertDirection == .sent)
    }
  }

  @Test(arguments: [Side.client, .server])
  func `a list of ciphers that names none fails before any socket`(side: Side) async throws {
    try await withIdentities { bench in
      let options = TLSOptions(identity: "server", ciphers: "NO-SUCH-CIPHER")
      let failure: Failure
      if side == .server {
        await bench.perform(.listen("srv", ListenOrder(transport: .tls, kind: .greet, tls: options)))
        let state = try await bench.wait("it fails") { $0.servers["srv"]?.failures.isEmpty == false }
        failure = try #require(state.servers["srv"]?.failures.first)
      } else {
        await bench.perform(
          .connect(EndID("cli", 1), ConnectOrder(to: Endpoint("127.0.0.1", 1), transport: .tls, tls: options))
        )
        failure = try await bench.failure(EndID("cli", 1))
      }
      #expect(failure.code == .badCipherList)
      #expect(failure.phase == .setup)
      #expect(failure.evidence.reason == 185)
    }
  }

  // MARK: A second handshake

  /// ERR_R_INTERNAL_ERROR of OpenSSL 3: 259 with the flags of a fatal reason that all libraries share.
  private var internalError: Int { 0xC0103 }

  /// The seed's program that called connect_SSL on a socket that had done it.
  @Test(arguments: [TLSVersion.tls12, .tls13])
  func `a second ClientHello on the bare wire is taken for a broken message`(version: TLSVersion) async throws
  {
    try await withIdentities { bench in
      let meeting = try await Meeting.run(
        bench, server: ListenOrder(transport: .tls, kind: .echo, tls: TLSOptions(identity: "server")),
        client: {
          ConnectOrder(to: $0, transport: .tls, tls: RawTLS.trusting(version), secondHandshake: .instead)
        })
      let (client, server) = (try #require(meeting.client.verdict), try #require(meeting.server?.verdict))
      #expect(client == .ssl(.doubleTls, .here, reason: version == .tls12 ? 205 : 244, alert: 10))
      #expect(server.by == .here)
      #expect([server.reason, server.alert] == (version == .tls12 ? [267, 70] : [443, 10]))
    }
  }

  @Test(arguments: [TLSVersion.tls12, .tls13])
  func `a server that begins again finds no ClientHello`(version: TLSVersion) async throws {
    try await withIdentities { bench in
      var order = ListenOrder(transport: .tls, kind: .echo, tls: TLSOptions(identity: "server"))
      order.secondHandshake = .instead
      let meeting = try await Meeting.run(
        bench, server: order,
        client: { ConnectOrder(to: $0, transport: .tls, tls: RawTLS.trusting(version)) },
        after: { bench in
          // Text that came together with the client's Finished would still be read by the first TLS.
          try await bench.wait("the client is up, and the server was") { state in
            let server = state.ends[Meeting.serverID]?.timeline.elements ?? []
            return state.ends[Meeting.clientID]?.tls.established != nil
              && server.contains { $0.word == "established" }
          }
          await bench.perform(.send(Meeting.clientID, Array("Herbert".utf8)))
        })
      let (client, server) = (try #require(meeting.client.verdict), try #require(meeting.server?.verdict))
      #expect(server == .ssl(.doubleTls, .here, reason: 244, alert: 10))
      // The alert comes in clear, where the client expects its keys to fit. With TLS 1.2, some releases of OpenSSL
      // call it a bad record, and others give up with ERR_R_INTERNAL_ERROR.
      #expect(client.by == .here)
      switch version {
      case .tls12:
        #expect([[281, 20], [internalError, 80]].contains([client.reason, client.alert]))
      case .tls13, .tls10, .tls11: #expect([client.reason, client.alert] == [443, 10])
      }
    }
  }

  @Test(arguments: [TLSVersion.tls12, .tls13])
  func `a ClientHello inside TLS is data to an echo server`(version: TLSVersion) async throws {
    try await withIdentities { bench in
      let meeting = try await Meeting.run(
        bench, server: ListenOrder(transport: .tls, kind: .echo, tls: TLSOptions(identity: "server")),
        client: {
          ConnectOrder(to: $0, transport: .tls, tls: RawTLS.trusting(version), secondHandshake: .inside)
        })
      #expect(meeting.client.verdict == .ssl(.tlsToPlainPort, .here, reason: 244, alert: 10))
      #expect(meeting.server?.dataReceived.kept.prefix(3) == [22, 3, 1])
      #expect(meeting.server?.failures == [])
      #expect(meeting.server?.tls.established != nil)
    }
  }

  @Test(arguments: [TLSVersion.tls12, .tls13])
  func `a ClientHello inside TLS hears text from a greeter`(version: TLSVersion) async throws {
    try await withIdentities { bench in
      let meeting = try await Meeting.run(
        bench, server: ListenOrder(transport: .tls, kind: .greet, tls: TLSOptions(identity: "server")),
        client: {
          ConnectOrder(to: $0, transport: .tls, tls: RawTLS.trusting(version), secondHandshake: .inside)
        })
      #expect(meeting.client.verdict == .ssl(.tlsToPlainPort, .here, reason: 267))
      #expect(meeting.server?.failures == [])
    }
  }

  @Test(arguments: [TLSVersion.tls12, .tls13])
  func `TLS inside TLS carries bytes, where both ends want it`(version: TLSVersion) async throws {
    try await withIdentities { bench in
      let endpoint = try await bench.listening("srv", StreamTests.tlsEcho)
      let (client, server) = (Meeting.clientID, Meeting.serverID)
      await bench.perform(
        .connect(client, ConnectOrder(to: endpoint, transport: .tls, tls: RawTLS.trusting(version))))
      try await bench.wait("the outer is up") {
        $0.ends[client]?.tls.established != nil && $0.ends[server]?.tls.established != nil
      }
      await bench.perform(
        .startTLS(server, .server, TLSOptions(identity: "server"), .inside),
        .startTLS(client, .client, RawTLS.trusting(version), .inside), .send(client, Array("deep".utf8)))
      let state = try await bench.wait("it comes back") {
        $0.text("cli.app.received")?.hasSuffix("deep") == true
      }
      #expect(state.ends[client]?.failures == [])
      #expect(state.ends[server]?.failures == [])
    }
  }
}
