import LabCore
import LabFacts
import LabTesting
import Testing

/// What a relay does when one of its sides does not do its part.
struct RelayTroubleTests {
  /// A port that nobody listens on.
  private func closedPort(_ bench: BenchHarness) async throws -> Endpoint {
    let endpoint = try await bench.server("gone", .plain)
    await bench.perform(.stopListening("gone"))
    try await bench.wait("gone stopped") { $0.servers["gone"]?.listening == nil }
    return endpoint
  }

  @Test(arguments: [
    ("GET / HTTP/1.1\r\n\r\n", Array("HTTP/1.1 502".utf8)),
    ("hello\r\n", Array("netlab: could not reach".utf8)),
    ("\u{16}\u{3}\u{1}", [0x15, 3, 3, 0, 2, 2, 80]), ("", Array("netlab: could not reach".utf8)),
  ])
  func `a client whose backend is refused hears so in its own language`(first: String, answer: [UInt8])
    async throws
  {
    try await withBench { bench in
      let relay = try await bench.relay(
        "rel", .plain, .fixed(ConnectOrder(to: try await closedPort(bench), transport: .plain)))
      // The client has spoken before the relay takes it, so nothing depends on who is quicker.
      await bench.perform(.setAccepting("rel", false))
      let peer = try await RawPeer.connect(to: relay)
      try await peer.send(Array(first.utf8))
      await bench.perform(.setAccepting("rel", true))
      #expect(Array(try await peer.receive(4096).prefix(answer.count)) == answer)
      // The client may hear of it before the lab has taken the fact in.
      let state = try await bench.wait("the refusal is told") {
        $0.newestEnd(of: "rel-out")?.failures.isEmpty == false
      }
      #expect(state.newestEnd(of: "rel-out")?.failures.first?.code == .refused)
      #expect(state.newestEnd(of: "rel-out")?.failures.first?.evidence.errno == 111)
    }
  }

  @Test func `an upgrade that fails never goes on in clear`() async throws {
    try await withBench { bench in
      // The backend does not speak TLS at all.
      let server = try await bench.server("srv", .plain)
      let order = ConnectOrder(to: server, transport: .tls, tls: .client)
      let relay = try await bench.relay("rel", .plain, .fixed(order))
      let peer = try await RawPeer.connect(to: relay)
      try await peer.send(Array("SECRET".utf8))
      let told = try await peer.receive(4096)
      #expect(told.starts(with: Array("netlab: could not reach".utf8)))
      let state = try await bench.wait("the server's end is over") { $0.newestEnd(of: "srv")?.isOver == true }
      #expect(state.newestEnd(of: "rel-out")?.failures.first?.code == .tlsToPlainPort)
      let heard = String(decoding: state.newestEnd(of: "srv")?.dataReceived.kept ?? [], as: UTF8.self)
      #expect(!heard.contains("SECRET"))
    }
  }

  @Test func `a client that leaves while its backend is dialled leaves nothing open`() async throws {
    try await withBench { bench in
      let silent = try await bench.relay("silent", .plain, .connect(ProxyPolicy(manners: .silence)))
      var order = ConnectOrder(to: Endpoint("127.0.0.1", 9), transport: .plain)
      order.via = ProxyOrder(language: .connect, at: silent)
      let relay = try await bench.relay("rel", .plain, .fixed(order))
      let client = EndID("cli", 1)
      await bench.perform(.connect(client, ConnectOrder(to: relay, transport: .plain)))
      try await bench.wait("the proxy was asked") {
        ($0.newestEnd(of: "silent")?.dataReceived.total ?? 0) > 0
      }
      await bench.perform(.close(client, .reset))
      let state = try await bench.wait("every end is over") { lab in
        ["cli", "rel", "rel-out", "silent"].allSatisfy { lab.newestEnd(of: ActorID($0))?.isOver == true }
      }
      #expect(state.newestEnd(of: "rel")?.failures.first?.code == .resetByPeer)
      #expect(state.newestEnd(of: "silent")?.failures.first?.code == .resetByPeer)
    }
  }

  @Test func `a proxy that is silent is given up after the deadline`() async throws {
    try await withBench { bench in
      let silent = try await bench.relay("silent", .plain, .connect(ProxyPolicy(manners: .silence)))
      var order = ConnectOrder(to: Endpoint("127.0.0.1", 9), transport: .plain)
      order.handshakeDeadlineMilliseconds = 50
      order.via = ProxyOrder(language: .connect, at: silent)
      await bench.perform(.connect(EndID("cli", 1), order))
      let state = try await bench.wait("both are over") { lab in
        lab.newestEnd(of: "cli")?.isOver == true && lab.newestEnd(of: "silent")?.isOver == true
      }
      let failure = try #require(state.newestEnd(of: "cli")?.failures.first)
      #expect(failure.code == .timeout)
      #expect(failure.phase == .proxy)
      #expect(failure.evidence.waitedMilliseconds == 50)
      #expect(state.newestEnd(of: "silent")?.failures == [])
    }
  }

  @Test(arguments: [false, true])
  func `a reset goes through, whoever sends it`(byClient: Bool) async throws {
    try await withBench { bench in
      let server = try await bench.server("srv", .plain)
      let relay = try await bench.relay("rel", .plain, .fixed(ConnectOrder(to: server, transport: .plain)))
      let client = EndID("cli", 1)
      await bench.perform(.connect(client, ConnectOrder(to: relay, transport: .plain)))
      await bench.perform(.send(client, [0x30]))
      try await bench.wait("the echo comes") { $0.ends[client]?.dataReceived.total == 1 }
      await bench.perform(.close(byClient ? client : EndID("srv", 1), .reset))
      let other = byClient ? EndID("srv", 1) : client
      let state = try await bench.wait("the other end is over") { $0.ends[other]?.isOver == true }
      #expect(state.ends[other]?.closing?.manner == .reset)
      #expect(state.ends[other]?.failures.first?.code == .resetByPeer)
    }
  }

  @Test func `the third client of two is refused, and the relay ends after the second`() async throws {
    try await withBench { bench in
      let server = try await bench.server("srv", .plain)
      let order = RelayOrder(
        listen: .plain, route: .fixed(ConnectOrder(to: server, transport: .plain)), maxConnections: 2)
      let relay = try await bench.start(.relay("rel", order), "rel")
      let (one, two, three) = (EndID("cli", 1), EndID("cli", 2), EndID("cli", 3))
      await bench.perform(.connect(one, ConnectOrder(to: relay, transport: .plain)))
      await bench.perform(.connect(two, ConnectOrder(to: relay, transport: .plain)))
      try await bench.wait("it listens no more") { $0.servers["rel"]?.listening == nil }
      await bench.perform(.connect(three, ConnectOrder(to: relay, transport: .plain)))
      let refused = try await bench.wait("the third fails") { $0.ends[three]?.phase == .failed }
      #expect(refused.ends[three]?.failures.first?.code == .refused)
      #expect(refused.servers["rel"]?.isDrained == false)
      for client in [one, two] {
        await bench.perform(.send(client, [0x30]))
        try await bench.wait("the echo comes") { $0.ends[client]?.dataReceived.total == 1 }
        await bench.perform(.close(client, .clean))
      }
      try await bench.wait("it is drained") { $0.servers["rel"]?.isDrained == true }
    }
  }

  @Test func `TLS comes later on both sides, and what is said then is encrypted`() async throws {
    try await withBench { bench in
      let server = try await bench.server("srv", .plain)
      let relay = try await bench.relay("rel", .plain, .fixed(ConnectOrder(to: server, transport: .plain)))
      let client = EndID("cli", 1)
      await bench.perform(.connect(client, ConnectOrder(to: relay, transport: .plain)))
      await bench.perform(.send(client, Array("clear".utf8)))
      try await bench.wait("the echo comes") { $0.ends[client]?.dataReceived.total == 5 }
      await bench.perform(
        .startTLS(EndID("rel", 1), .server, TLSOptions(identity: "server"), .inside),
        .startTLS(client, .client, .client, .inside),
        .startTLS(EndID("srv", 1), .server, TLSOptions(identity: "server"), .inside),
        .startTLS(EndID("rel-out", 1), .client, .client, .inside))
      await bench.perform(.send(client, Array("hidden".utf8)))
      let state = try await bench.wait("the second echo comes") { $0.ends[client]?.dataReceived.total == 11 }
      #expect(state.ends[client]?.dataReceived.text == "clearhidden")
      for end in [client, EndID("rel", 1), EndID("rel-out", 1), EndID("srv", 1)] {
        #expect(state.ends[end]?.tls.established?.versionName == "TLS 1.3")
      }
    }
  }
}
