import LabCore
import LabFacts
import LabTesting
import Testing

struct ServeModesTests {
  private let trusting = TLSOptions(trust: ["lab-ca"], expectedName: "netlab.test", serverName: "netlab.test")

  private func listen(_ bench: BenchHarness, _ order: ListenOrder) async throws -> Endpoint {
    await bench.perform(.listen("srv", order))
    let state = try await bench.wait("srv listens") { $0.servers["srv"]?.listening != nil }
    return try #require(state.servers["srv"]?.listening?.endpoint)
  }

  private func order(_ mode: AcceptMode, deadline: Int = 10_000) -> ListenOrder {
    ListenOrder(
      transport: .tls, kind: .echo, tls: TLSOptions(identity: "server"),
      handshakeDeadlineMilliseconds: deadline,
      acceptMode: mode)
  }

  private func silent(_ bench: BenchHarness, _ count: Int, to endpoint: Endpoint) async throws {
    for number in 1...count {
      await bench.perform(.connect(EndID("silent", number), ConnectOrder(to: endpoint, transport: .plain)))
    }
    try await bench.wait("the silent ones are connected") { state in
      (1...count).allSatisfy { state.ends[EndID("silent", $0)]?.phase == .open }
    }
  }

  private func good(_ bench: BenchHarness, to endpoint: Endpoint) async throws -> LabState {
    let id = EndID("good", 1)
    await bench.perform(.connect(id, ConnectOrder(to: endpoint, transport: .tls, tls: trusting)))
    await bench.perform(.send(id, Array("hello".utf8)))
    return try await bench.wait("the good client is served") { $0.text("good.app.received") == "hello" }
  }

  @Test(arguments: [1, 50])
  func `silent clients stop nobody where handshakes go on side by side`(count: Int) async throws {
    try await withBench { bench in
      let endpoint = try await listen(bench, order(.deferred))
      try await silent(bench, count, to: endpoint)
      let state = try await good(bench, to: endpoint)
      #expect(state.servers["srv"]?.opened == count + 1)
      #expect(state.servers["srv"]?.closed == 0)
    }
  }

  @Test func `one silent client stops everybody where accept waits for the handshake`() async throws {
    try await withBench { bench in
      let endpoint = try await listen(bench, order(.blocking, deadline: 2000))
      try await silent(bench, 1, to: endpoint)
      let state = try await good(bench, to: endpoint)
      let failure = state.ends[EndID("srv", 1)]?.failures.first
      #expect(failure?.code == .handshakeTimeout)
      let facts = await bench.allFacts.map(\.fact)
      let gaveUp = facts.firstIndex { if case .failed(EndID("srv", 1), _) = $0 { true } else { false } }
      let came = facts.firstIndex { if case .opened(EndID("srv", 2), _) = $0 { true } else { false } }
      #expect(try #require(gaveUp) < (try #require(came)))
    }
  }

  @Test func `one TLS connection at a time: the second waits for the end of the first`() async throws {
    try await withBench { bench in
      let endpoint = try await listen(bench, order(.oneTLS))
      _ = try await good(bench, to: endpoint)
      let second = EndID("second", 1)
      await bench.perform(.connect(second, ConnectOrder(to: endpoint, transport: .tls, tls: trusting)))
      try await bench.wait("its kernel is connected") { $0.ends[second]?.phase == .open }
      #expect(await bench.now.servers["srv"]?.opened == 1)
      await bench.perform(.close(EndID("good", 1), .clean))
      try await bench.wait("the second is up") { $0.ends[EndID("srv", 2)]?.tls.established != nil }
      let facts = await bench.allFacts.map(\.fact)
      let left = facts.firstIndex { if case .closed(EndID("srv", 1), _) = $0 { true } else { false } }
      let came = facts.firstIndex { if case .opened(EndID("srv", 2), _) = $0 { true } else { false } }
      #expect(try #require(left) < (try #require(came)))
    }
  }

  @Test func `what comes right before the goodbye is answered`() async throws {
    try await withBench { bench in
      let endpoint = try await listen(bench, order(.deferred))
      let id = EndID("cli", 1)
      await bench.perform(.connect(id, ConnectOrder(to: endpoint, transport: .tls, tls: trusting)))
      try await bench.wait("it is up") { $0.ends[id]?.tls.established != nil }
      await bench.perform(.send(id, Array("last words".utf8)), .close(id, .half))
      let state = try await bench.wait("both ends close") {
        $0.ends[id]?.phase == .closed && $0.ends[EndID("srv", 1)]?.phase == .closed
      }
      #expect(state.text("cli.app.received") == "last words")
      #expect(state.text("srv.conn(1).conn.closed") == "clean")
    }
  }

  @Test func `more than the limit wait in the kernel's queue`() async throws {
    try await withBench { bench in
      let endpoint = try await listen(
        bench, ListenOrder(transport: .plain, kind: .echo, connectionLimit: 2))
      for number in 1...3 {
        await bench.perform(.connect(EndID("cli", number), ConnectOrder(to: endpoint, transport: .plain)))
      }
      try await bench.wait("all are connected for their kernels") { state in
        (1...3).allSatisfy { state.ends[EndID("cli", $0)]?.phase == .open }
          && state.servers["srv"]?.opened == 2
      }
      await bench.perform(.close(EndID("cli", 1), .clean))
      try await bench.wait("the third is taken") { $0.servers["srv"]?.opened == 3 }
      #expect(await bench.now.servers["srv"]?.active == 2)
    }
  }

  @Test(arguments: [true, false])
  func `one socket serves both families, or one alone`(dualStack: Bool) async throws {
    try await withBench { bench in
      let endpoint = try await listen(
        bench, ListenOrder(host: "::", transport: .plain, kind: .echo, dualStack: dualStack))
      await bench.perform(
        .connect(EndID("six", 1), ConnectOrder(to: Endpoint("::1", endpoint.port), transport: .plain)),
        .connect(EndID("four", 1), ConnectOrder(to: Endpoint("127.0.0.1", endpoint.port), transport: .plain)))
      let state = try await bench.wait("both know") { state in
        state.ends[EndID("six", 1)]?.phase == .open
          && [.open, .failed].contains(state.ends[EndID("four", 1)]?.phase)
      }
      let four = try #require(state.ends[EndID("four", 1)])
      if dualStack {
        try await bench.wait("srv has both") { $0.servers["srv"]?.opened == 2 }
      } else {
        #expect(four.failures.first?.code == .refused)
        #expect(four.failures.first?.evidence.errno == 111)
      }
    }
  }
}
