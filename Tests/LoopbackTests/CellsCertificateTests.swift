import LabCore
import LabFacts
import LabTesting
import LabTLS
import Testing

/// Certificates that one end does not take, on real sockets: the X509 code where it is judged, the alert where it is
/// heard, and under TLS 1.3 the handshake that the client believes to be done.
@Suite(.timeLimit(.minutes(5))) struct CellsCertificateTests {
  struct Cell: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let options: TLSOptions
    let code: FailureCode
    /// X509_V_ERR.
    let verify: Int
    let alert: Int
  }

  private static func server(
    _ identity: String, _ code: FailureCode, _ verify: Int, alert: Int,
    _ change: (inout TLSOptions) -> Void = { _ in }
  ) -> Cell {
    var options = RawTLS.trusting
    change(&options)
    options.identity = identity  // the server's, carried here
    return Cell(testDescription: identity, options: options, code: code, verify: verify, alert: alert)
  }

  static let servers: [Cell] = [
    server("expired", .expired, 10, alert: 45),
    server("not-yet-valid", .notYetValid, 9, alert: 42),
    server("stranger", .unknownCa, 20, alert: 48),
    server("no-intermediate", .missingIntermediate, 20, alert: 48),
    server("self-signed", .selfSignedLeaf, 18, alert: 48),
    server("other", .hostnameMismatch, 62, alert: 42),
    server("other", .hostnameMismatch, 64, alert: 42) { $0.expectedName = "127.0.0.9" },
    server("revoked", .revoked, 23, alert: 44) { $0.revocations = ["lab-crl"] },
    server("server", .revocationUnknown, 12, alert: 45) { $0.revocations = ["lab-crl-expired"] },
    server("wrong-purpose", .wrongPurpose, 26, alert: 43),
    server("long-chain", .chainTooLong, 22, alert: 48) { $0.verifyDepth = 1 },
    server("outside", .caConstraint, 47, alert: 46) { $0.expectedName = nil },
  ]

  @Test(arguments: servers, [TLSVersion.tls12, .tls13])
  func `a server's certificate is refused: the code here, the alert there`(
    cell: Cell, version: TLSVersion
  ) async throws {
    var client = cell.options
    (client.minVersion, client.maxVersion, client.identity) = (version, version, nil)
    let meeting = try await Meeting.tls(server: TLSOptions(identity: cell.options.identity), client: client)
    #expect(
      meeting.client.verdict
        == .ssl(cell.code, .here, reason: 134, alert: cell.alert, verify: cell.verify))
    #expect(meeting.client.failures.first?.phase == .handshakeAfterCertificate)
    #expect(meeting.client.tls.established == nil)
    let atServer: FailureCode = cell.alert == 48 ? .peerUnknownCa : .peerRejectedCert
    #expect(meeting.server?.verdict == .alert(cell.alert, atServer))
    #expect(meeting.server?.tls.established == nil)
  }

  @Test func `a key of 1024 bits is refused by the server that should show it`() async throws {
    try await withIdentities { bench in
      await bench.perform(
        .listen("srv", ListenOrder(transport: .tls, kind: .greet, tls: TLSOptions(identity: "weak-key"))))
      let state = try await bench.wait("it fails") { $0.servers["srv"]?.failures.isEmpty == false }
      let failure = try #require(state.servers["srv"]?.failures.first)
      #expect(failure.code == .weakKey)
      #expect(failure.evidence.reason == 399)
    }
  }

  // MARK: Client certificates

  private static func client(
    _ identity: String?, _ code: FailureCode, _ verify: Int, alert: Int,
    _ change: (inout TLSOptions) -> Void = { _ in }
  ) -> Cell {
    var options = TLSOptions(
      identity: identity, trust: ["lab-ca"], clientCertificate: .require)
    change(&options)
    return Cell(
      testDescription: identity ?? "none", options: options, code: code, verify: verify, alert: alert)
  }

  static let clients: [Cell] = [
    client("client-expired", .expired, 10, alert: 45),
    client("client-not-yet-valid", .notYetValid, 9, alert: 42),
    client("client-unknown-ca", .unknownCa, 20, alert: 48),
    client("client-self-signed", .selfSignedLeaf, 18, alert: 48),
    client("revoked-client", .revoked, 23, alert: 44) { $0.revocations = ["lab-crl"] },
    client("client-wrong-purpose", .wrongPurpose, 26, alert: 43),
    client("client-long-chain", .chainTooLong, 22, alert: 48) { $0.verifyDepth = 1 },
  ]

  @Test(arguments: clients, [TLSVersion.tls12, .tls13])
  func `a client's certificate is refused: under TLS 1.3 the client learns it late`(
    cell: Cell, version: TLSVersion
  ) async throws {
    let meeting = try await meet(cell.options, version)
    #expect(
      meeting.server?.verdict == .ssl(cell.code, .here, reason: 134, alert: cell.alert, verify: cell.verify))
    #expect(meeting.server?.tls.established == nil)
    #expect(meeting.client.verdict == .alert(cell.alert, .clientCertRejected))
    #expect((meeting.client.tls.established != nil) == (version == .tls13))
  }

  @Test(arguments: [TLSVersion.tls12, .tls13])
  func `no client certificate: 40 in the handshake, or 116 after it`(version: TLSVersion) async throws {
    let options = TLSOptions(trust: ["lab-ca"], clientCertificate: .require)
    let meeting = try await meet(options, version)
    let alert = version == .tls12 ? 40 : 116
    #expect(meeting.server?.verdict == .ssl(.clientCertRequired, .here, reason: 199, alert: alert))
    #expect(
      meeting.client.verdict
        == .alert(alert, version == .tls12 ? .handshakeFailure : .clientCertRequired))
    #expect((meeting.client.tls.established != nil) == (version == .tls13))
    #expect(meeting.server?.tls.established == nil)
  }

  /// `options` are the server's; their identity is the client's.
  private func meet(_ options: TLSOptions, _ version: TLSVersion) async throws -> Meeting {
    var (server, client) = (options, RawTLS.trusting(version))
    (server.identity, client.identity) = ("server", options.identity)
    return try await Meeting.tls(server: server, client: client)
  }

  /// A client that writes at once loses the alert to a RST at servers that close with unread bytes; ours don't.
  @Test(arguments: [TLSVersion.tls12, .tls13])
  func `a refused client that writes at once still hears why`(version: TLSVersion) async throws {
    var client = RawTLS.trusting(version)
    client.identity = "client-expired"
    let server = TLSOptions(identity: "server", trust: ["lab-ca"], clientCertificate: .require)
    let meeting = try await Meeting.tls(server: server, client: client) { bench in
      for _ in 0..<20 {
        await bench.perform(.send(Meeting.clientID, [UInt8](repeating: 0x61, count: 60_000)))
      }
    }
    #expect(meeting.client.verdict == .alert(45, .clientCertRejected))
    #expect(meeting.server?.verdict?.verify == 10)
  }

  @Test(arguments: ["client", "client-expired", nil], [TLSVersion.tls12, .tls13])
  func `a server that only asks takes everybody, and knows whom`(
    identity: String?, version: TLSVersion
  ) async throws {
    var client = RawTLS.trusting(version)
    client.identity = identity
    let server = TLSOptions(
      identity: "server", trust: ["lab-ca"], verify: false, clientCertificate: .ask)
    let meeting = try await Meeting.tls(server: server, client: client) { bench in
      await bench.perform(.send(Meeting.clientID, Array("Sabine".utf8)))
      try await bench.wait("the answer comes") { $0.text("cli.app.received") == "Hey Sabine!" }
      await bench.perform(.close(Meeting.clientID, .clean))
    }
    #expect(meeting.client.failures == [] && meeting.server?.failures == [])
    #expect(meeting.server?.tls.verification?.code == (identity == "client-expired" ? 10 : 0))
    #expect(meeting.server?.tls.verification?.chain.isEmpty == (identity == nil))
  }
}
