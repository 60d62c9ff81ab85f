import LabCore
import LabFacts
import LabTesting
import Testing

struct TLSPairTests {
  private let trusting = TLSOptions(trust: ["lab-ca"], expectedName: "netlab.test", serverName: "netlab.test")

  /// A TLS server and a client to it, started.
  private func pair(
    _ bench: BenchHarness, kind: ServerKind = .greet, server: TLSOptions = TLSOptions(identity: "server"),
    client: TLSOptions, deadline: Int = 10_000, gated: Bool = false
  ) async throws -> EndID {
    let order = ListenOrder(
      transport: .tls, kind: kind, tls: server, gated: gated, handshakeDeadlineMilliseconds: deadline)
    await bench.perform(.listen("srv", order))
    let state = try await bench.wait("srv listens") { $0.servers["srv"]?.listening != nil }
    let endpoint = try #require(state.servers["srv"]?.listening?.endpoint)
    let id = EndID("cli", 1)
    await bench.perform(
      .connect(
        id,
        ConnectOrder(
          to: endpoint, transport: .tls, tls: client, gated: gated, handshakeDeadlineMilliseconds: deadline)))
    return id
  }

  @Test(arguments: TLSVersion.allCases.filter { $0 == .tls12 || $0 == .tls13 })
  func `TLS comes up at both ends and carries the greeting`(version: TLSVersion) async throws {
    try await withBench { bench in
      var options = trusting
      (options.minVersion, options.maxVersion) = (version, version)
      let id = try await pair(bench, client: options)
      try await bench.wait("both ends are up") {
        $0.ends[id]?.tls.established != nil && $0.ends[EndID("srv", 1)]?.tls.established != nil
      }
      await bench.perform(.send(id, Array("Sabine".utf8)))
      let state = try await bench.wait("the greeting comes") { $0.text("cli.app.received") == "Hey Sabine!" }
      #expect(state.text("cli.tls.version") == "TLS \(version.rawValue)")
      #expect(state.text("srv.conn(1).tls.version") == "TLS \(version.rawValue)")
      #expect(state.text("cli.tls.verify") == "0")
      #expect(state.text("cli.wire.sent")?.contains("Sabine") == false)
      await bench.perform(.close(id, .clean))
      let closed = try await bench.wait("both close") {
        $0.ends[id]?.phase == .closed && $0.ends[EndID("srv", 1)]?.phase == .closed
      }
      #expect(closed.text("cli.conn.closed") == "clean")
      #expect(closed.text("srv.conn(1).conn.closed") == "clean")
      #expect(closed.text("srv.conn(1).tls.alert_received") == "0")
    }
  }

  @Test func `who refuses is told apart from who reports it`() async throws {
    try await withBench { bench in
      let id = try await pair(
        bench, client: TLSOptions(expectedName: "netlab.test", serverName: "netlab.test"))
      let state = try await bench.wait("both ends fail") {
        $0.ends[id]?.failures.isEmpty == false && $0.ends[EndID("srv", 1)]?.failures.isEmpty == false
      }
      #expect(state.text("cli.error.key") == "unknown-ca")
      #expect(state.text("cli.error.decided_by") == "here")
      #expect(state.text("srv.error.key") == "peer-unknown-ca")
      #expect(state.text("srv.error.decided_by") == "peer")
      #expect(state.text("srv.error.alert") == "48")
    }
  }

  @Test func `a silent client runs into the deadline while a good one is served at once`() async throws {
    try await withBench { bench in
      await bench.perform(
        .listen(
          "srv",
          ListenOrder(
            transport: .tls, kind: .greet, tls: TLSOptions(identity: "server"),
            handshakeDeadlineMilliseconds: 2500)))
      let state = try await bench.wait("srv listens") { $0.servers["srv"]?.listening != nil }
      let endpoint = try #require(state.servers["srv"]?.listening?.endpoint)
      // A plain client to the TLS port that says nothing, and right behind it a good one.
      await bench.perform(
        .connect(EndID("silent", 1), ConnectOrder(to: endpoint, transport: .plain)),
        .connect(EndID("good", 1), ConnectOrder(to: endpoint, transport: .tls, tls: trusting)))
      let expired = try await bench.wait("the silent one is given up") {
        $0.ends[EndID("srv", 1)]?.failures.isEmpty == false
      }
      let failure = try #require(expired.ends[EndID("srv", 1)]?.failures.first)
      #expect(failure.code == .handshakeTimeout)
      #expect(failure.evidence.waitedMilliseconds == 2500)
      #expect(failure.decidedBy == .here)
      let facts = await bench.allFacts.map(\.fact)
      let served = try #require(
        facts.firstIndex { if case .established(EndID("good", 1), _) = $0 { true } else { false } })
      let givenUp = try #require(
        facts.firstIndex { if case .failed(EndID("srv", 1), _) = $0 { true } else { false } })
      #expect(served < givenUp)
    }
  }

  @Test func `a closed gate holds each record until it is released`() async throws {
    try await withBench { bench in
      let id = try await pair(bench, client: trusting, gated: true)
      let server = EndID("srv", 1)
      let first = try await bench.wait("the ClientHello is held") { $0.ends[id]?.held == ["ClientHello"] }
      #expect(first.ends[server]?.tls.messagesReceived.isEmpty != false)
      await bench.perform(.release(id))
      let answered = try await bench.wait("the server's flight is held") {
        $0.ends[server]?.held.contains("Finished") == true
      }
      #expect(answered.ends[server]?.held.first == "ServerHello")
      #expect(answered.text("cli.tls.messages_received") == "")
      for _ in 0..<(answered.ends[server]?.held.count ?? 0) { await bench.perform(.release(server)) }
      let client = try await bench.wait("the client holds its Finished") {
        $0.ends[id]?.held.contains("Finished") == true
      }
      #expect(client.ends[id]?.tls.established != nil)
      #expect(client.ends[server]?.tls.established == nil)
      await bench.perform(.setGate(id, closed: false), .setGate(server, closed: false))
      try await bench.wait("the server is up") { $0.ends[server]?.tls.established != nil }
    }
  }

  @Test func `the gate stops the deadline: a person is reading`() async throws {
    try await withBench { bench in
      let id = try await pair(bench, client: trusting, deadline: 2000, gated: true)
      try await bench.wait("the ClientHello is held") { $0.ends[id]?.held.isEmpty == false }
      await bench.letPass(milliseconds: 2500)
      let later = await bench.now
      #expect(later.ends[id]?.failures.isEmpty == true)
      await bench.perform(.setGate(EndID("srv", 1), closed: false), .setGate(id, closed: false))
      try await bench.wait("TLS comes up in spite of the wait") { $0.ends[id]?.tls.established != nil }
    }
  }

  @Test func `plain HTTP to an https server is answered in clear, without a reset`() async throws {
    try await withBench { bench in
      await bench.perform(
        .listen("srv", ListenOrder(transport: .tls, kind: .http, tls: TLSOptions(identity: "server"))))
      let state = try await bench.wait("srv listens") { $0.servers["srv"]?.listening != nil }
      let endpoint = try #require(state.servers["srv"]?.listening?.endpoint)
      await bench.perform(.connect(EndID("cli", 1), ConnectOrder(to: endpoint, transport: .plain)))
      try await bench.wait("cli is open") { $0.ends[EndID("cli", 1)]?.phase == .open }
      // More than one read's worth of request must not turn the answer into a reset.
      let padding = "X-Padding: " + String(repeating: "x", count: 200_000)
      await bench.perform(
        .send(EndID("cli", 1), Array("GET / HTTP/1.1\r\nHost: localhost\r\n\(padding)\r\n\r\n".utf8)))
      let closed = try await bench.wait("both close") {
        $0.ends[EndID("cli", 1)]?.phase == .closed && $0.ends[EndID("srv", 1)]?.phase == .closed
      }
      #expect(closed.text("cli.app.received")?.hasPrefix("HTTP/1.1 400 Bad Request") == true)
      #expect(closed.text("cli.app.received")?.contains("https://localhost:\(endpoint.port)/") == true)
      #expect(closed.text("cli.conn.closed") == "clean")
      #expect(closed.text("srv.error.key") == "plain-to-tls-port")
      #expect(closed.text("srv.error.reason") == "156")
    }
  }

  @Test func `a peer that hangs up without close_notify has cut the stream`() async throws {
    try await withBench { bench in
      let id = try await pair(bench, client: trusting)
      try await bench.wait("both ends are up") {
        $0.ends[id]?.tls.established != nil && $0.ends[EndID("srv", 1)]?.tls.established != nil
      }
      await bench.perform(.close(id, .fin))
      let closed = try await bench.wait("srv closes") { $0.ends[EndID("srv", 1)]?.phase == .closed }
      #expect(closed.text("srv.conn(1).conn.closed") == "truncated")
      #expect(closed.text("srv.conn(1).error.key") == "eof-without-close-notify")
    }
  }

  @Test func `an identity nobody declared fails when the server is set up, not at the first handshake`()
    async throws
  {
    try await withBench { bench in
      await bench.perform(
        .listen("srv", ListenOrder(transport: .tls, kind: .greet, tls: TLSOptions(identity: "ghost"))))
      let state = try await bench.wait("srv fails") { $0.servers["srv"]?.failures.isEmpty == false }
      let failure = try #require(state.servers["srv"]?.failures.first)
      #expect(failure.layer == .setup)
      #expect(failure.evidence.subject == "ghost")
    }
  }

  @Test func `four mebibytes come back whole through TLS`() async throws {
    try await withBench { bench in
      let id = try await pair(bench, kind: .echo, client: trusting)
      try await bench.wait("cli is up") { $0.ends[id]?.tls.established != nil }
      for _ in 0..<64 { await bench.perform(.send(id, [UInt8](repeating: 0x61, count: 64 * 1024))) }
      try await bench.wait("all of it is back") {
        $0.value(of: "cli.app.received_bytes") == .number(64 * 64 * 1024)
      }
      #expect(await bench.allFacts.count < 3000)
    }
  }
}
