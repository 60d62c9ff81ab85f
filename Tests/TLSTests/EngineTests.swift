import LabFacts
import LabTLS
import LabTesting
import Testing

struct EngineTests {
  @Test(arguments: [TLSVersion.tls10, .tls11, .tls12, .tls13])
  func `both ends agree on what was agreed`(_ version: TLSVersion) throws {
    let talk = try TLSConversation(
      client: Setups.client {
        $0.minVersion = version
        $0.maxVersion = version
        $0.alpn = ["h2", "http/1.1"]
      },
      server: Setups.server {
        $0.minVersion = version
        $0.alpn = ["http/1.1", "h2"]
      })
    talk.carryAll()
    let negotiated = try #require(talk.client.negotiated)
    #expect(talk.server.negotiated == negotiated)
    #expect(negotiated.version == version.number)
    #expect(negotiated.group == "X25519")
    #expect(negotiated.alpn == "http/1.1")
    #expect(negotiated.serverName == "netlab.test")
    #expect(negotiated.suite.hasPrefix("TLS_"))
    #expect(negotiated.bits >= 128)
  }

  @Test func `an address is checked but never sent as a name`() throws {
    let talk = try TLSConversation(
      client: Setups.client {
        $0.expectedName = "::1"
        $0.serverName = "::1"
      }, server: Setups.server())
    talk.carryAll()
    #expect(talk.client.isEstablished)
    #expect(talk.server.negotiated?.serverName == nil)
  }

  @Test func `a server that wants another group asks again`() throws {
    let talk = try TLSConversation(
      client: Setups.client { $0.groups = "X25519:P-256" }, server: Setups.server { $0.groups = "P-256" })
    talk.carryAll()
    #expect(talk.client.negotiated?.group == "P-256")
    let hellos = messages(talk.clientFacts).filter { $0.type == 2 }
    #expect(hellos.map { $0.values(.retryRequest) } == [["P-256"], []])
    #expect(
      messages(talk.clientFacts).filter { $0.type == 1 }.map { $0.values(.keyShares) } == [
        ["X25519"], ["P-256"],
      ])
    #expect(messages(talk.clientFacts).filter { $0.type == 1 }.allSatisfy { !$0.encrypted })
  }

  @Test func `a ClientHello says what the client offers`() throws {
    let talk = try TLSConversation(
      client: Setups.client {
        $0.groups = "X25519:P-256"
        $0.suites = "TLS_AES_128_GCM_SHA256"
        $0.ciphers = "ECDHE-ECDSA-AES128-GCM-SHA256"
        $0.alpn = ["http/1.1"]
      }, server: Setups.server())
    let hello = try #require(messages(talk.clientFacts).first)
    #expect(hello.values(.legacyVersion) == ["TLS 1.2"])
    #expect(hello.values(.versions) == ["TLS 1.3", "TLS 1.2"])
    #expect(
      hello.values(.suites) == [
        "TLS_AES_128_GCM_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
        "TLS_EMPTY_RENEGOTIATION_INFO_SCSV",
      ])
    #expect(hello.values(.groups) == ["X25519", "P-256"])
    #expect(hello.values(.keyShares) == ["X25519"])
    #expect(hello.values(.serverName) == ["netlab.test"])
    #expect(hello.values(.alpn) == ["http/1.1"])
    #expect(hello.values(.extensions).contains("supported_versions"))
    #expect(!hello.encrypted)
  }

  @Test func `the server's messages say what it chose and showed`() throws {
    let talk = try TLSConversation(client: Setups.client(), server: Setups.server("server-rsa"))
    talk.carryAll()
    let seen = Dictionary(
      messages(talk.clientFacts).map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    #expect(seen["ServerHello"]?.values(.versions) == ["TLS 1.3"])
    #expect(seen["ServerHello"]?.values(.suite) == ["TLS_AES_256_GCM_SHA384"])
    #expect(seen["ServerHello"]?.values(.group) == ["X25519"])
    #expect(
      seen["Certificate"]?.values(.certificates) == [
        "CN=netlab.test,O=netlab", "CN=netlab lab intermediate,O=netlab",
      ])
    #expect(seen["CertificateVerify"]?.values(.signatureAlgorithm) == ["rsa_pss_rsae_sha256"])
    #expect(seen["NewSessionTicket"]?.values(.lifetime) == ["7200 s"])
    #expect(seen["Certificate"]?.encrypted == true)
    #expect(messages(talk.clientFacts).filter { $0.name == "ChangeCipherSpec" }.map(\.length) == [1, 1])
  }

  @Test(arguments: [TLSVersion.tls12, .tls13])
  func `a mebibyte goes both ways and arrives whole`(_ version: TLSVersion) throws {
    let talk = try TLSConversation(client: Setups.client { $0.maxVersion = version }, server: Setups.server())
    talk.carryAll()
    let bytes = (0..<1 << 20).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
    for side in Side.allCases {
      #expect(talk.write(bytes, from: side) == bytes.count)
      talk.carryAll()
      #expect(talk.read(at: side.other) == bytes)
    }
    let data = talk.clientFacts.filter { fact in
      guard case .wire(_, .sent, let segment) = fact else { return false }
      return segment.title == "application data"
    }
    #expect(data.count == 64)
  }

  @Test func `the fast path gives the same bytes as the records`() throws {
    let talk = try TLSConversation(client: Setups.client(), server: Setups.server())
    talk.carryAll()
    let bytes = [UInt8](repeating: 7, count: 40_000)
    _ = bytes.withUnsafeBytes { talk.client.write($0) }
    let waiting = talk.client.outboundCount
    var out: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 30_000)
    while case let count = chunk.withUnsafeMutableBytes({ talk.client.takeOutbound(into: $0) }), count > 0 {
      out += chunk[..<count]
    }
    #expect(out.count == waiting)
    #expect(talk.client.outboundCount == 0)
    talk.deliver(out, to: .server)
    #expect(talk.read(at: .server) == bytes)
  }

  @Test func `the rest of a record follows where the fast path stopped inside it`() throws {
    let talk = try TLSConversation(client: Setups.client(), server: Setups.server())
    talk.carryAll()
    _ = [UInt8](repeating: 7, count: 100).withUnsafeBytes { talk.client.write($0) }
    var first = [UInt8](repeating: 0, count: 10)
    #expect(first.withUnsafeMutableBytes { talk.client.takeOutbound(into: $0) } == 10)
    let rest = talk.client.takeOutbound()
    talk.deliver(first + rest.flatMap(\.bytes), to: .server)
    #expect(talk.read(at: .server) == [UInt8](repeating: 7, count: 100))
  }

  @Test func `nothing is taken before the handshake is done`() throws {
    let talk = try TLSConversation(client: Setups.client(), server: Setups.server())
    #expect(talk.write([1, 2, 3], from: .client) == 0)
  }

  @Test(arguments: [TLSVersion.tls12, .tls13])
  func `after close_notify both ways plain bytes go on`(_ version: TLSVersion) throws {
    let talk = try TLSConversation(client: Setups.client { $0.maxVersion = version }, server: Setups.server())
    talk.carryAll()
    talk.closeNotify(from: .client)
    talk.tamper = { side, record in side == .client ? record.bytes + Array("plain again".utf8) : record.bytes
    }
    talk.carryAll()
    #expect(talk.server.peerClosed)
    #expect(talk.server.state == .closing)
    talk.closeNotify(from: .server)
    talk.carryAll()
    #expect(talk.server.state == .closed)
    #expect(talk.client.state == .closed)
    #expect(talk.server.takeUnusedInput() == Array("plain again".utf8))
    #expect(talk.dialogue(.server).suffix(2) == ["< alert close_notify", "> alert close_notify"])
    #expect(talk.dialogue(.client).suffix(2) == ["> alert close_notify", "< alert close_notify"])
  }

  @Test func `TLS that is put on in the middle of a stream counts its bytes from there`() throws {
    let engine = TLSEngine(
      end: EndID("cli", 1), context: try TLSContext(Setups.client()), receivedBefore: 7, sentBefore: 30)
    engine.advance()
    Array("HTTP/1.1 400".utf8).withUnsafeBytes { engine.receive($0) }
    engine.advance()
    let offsets = engine.takeFacts().compactMap { fact -> String? in
      if case .wire(_, let direction, let segment) = fact { "\(direction) \(segment.offset)" } else { nil }
    }
    #expect(offsets == ["sent 30", "received 7"])
  }

  @Test func `key log lines come in NSS format`() throws {
    let talk = try TLSConversation(client: Setups.client(), server: Setups.server())
    talk.carryAll()
    let lines = talk.clientFacts.compactMap { fact -> String? in
      if case .keyLogged(_, let line) = fact { line } else { nil }
    }
    #expect(lines.contains { $0.hasPrefix("CLIENT_TRAFFIC_SECRET_0 ") })
  }

  @Test func `tickets are told at both ends`() throws {
    let talk = try TLSConversation(client: Setups.client(), server: Setups.server { $0.tickets = 1 })
    talk.carryAll()
    #expect(talk.clientFacts.filter { $0 == .ticket(EndID("cli", 1), .received) }.count == 1)
    #expect(talk.serverFacts.filter { $0 == .ticket(EndID("srv", 1), .sent) }.count == 1)
  }

  private func messages(_ facts: [Fact]) -> [HandshakeMessage] {
    facts.compactMap { if case .message(_, _, let message) = $0 { message } else { nil } }
  }
}
