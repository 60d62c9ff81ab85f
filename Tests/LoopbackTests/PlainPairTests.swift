import LabCore
import LabFacts
import LabTesting
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

struct PlainPairTests {
  @Test(arguments: ["127.0.0.1", "::1"])
  func `a greet server answers, and both ends know the same four numbers`(host: String) async throws {
    try await withBench { bench in
      await bench.perform(.listen("srv", ListenOrder(host: host, transport: .plain, kind: .greet)))
      let listening = try await bench.wait("srv listens") { $0.servers["srv"]?.listening != nil }
      let endpoint = try #require(listening.servers["srv"]?.listening?.endpoint)
      #expect(endpoint.host == host)
      let client = EndID("cli", 1)
      await bench.perform(.connect(client, ConnectOrder(to: endpoint, transport: .plain)))
      try await bench.wait("cli is open") { $0.ends[client]?.phase == .open }
      await bench.perform(.send(client, Array("Herbert".utf8)))
      let state = try await bench.wait("the greeting comes") { $0.text("cli.app.received") == "Hey Herbert!" }
      #expect(state.text("srv.conn(1).app.received") == "Herbert")
      #expect(state.text("srv.conn(1).peer_port") == state.text("cli.port"))
      #expect(state.text("cli.peer_port") == state.text("srv.port"))
      #expect(state.connections == [Connection(client: client, server: EndID("srv", 1))])
      await bench.perform(.close(client, .clean))
      let closed = try await bench.wait("both ends close") {
        $0.ends[client]?.phase == .closed && $0.ends[EndID("srv", 1)]?.phase == .closed
      }
      #expect(closed.text("cli.conn.closed") == "clean")
      #expect(closed.text("cli.conn.closed_by") == "here")
      #expect(closed.text("srv.conn(1).conn.closed") == "clean")
      #expect(closed.text("srv.conn(1).conn.closed_by") == "peer")
    }
  }

  @Test func `nobody listens: refused by the kernel, errno 111`() async throws {
    try await withBench { bench in
      await bench.perform(.listen("srv", ListenOrder(transport: .plain, kind: .echo)))
      let state = try await bench.wait("srv listens") { $0.servers["srv"]?.listening != nil }
      let endpoint = try #require(state.servers["srv"]?.listening?.endpoint)
      await bench.perform(.stopListening("srv"))
      try await bench.wait("srv stopped") { $0.servers["srv"]?.listening == nil }
      await bench.perform(.connect(EndID("cli", 1), ConnectOrder(to: endpoint, transport: .plain)))
      let refused = try await bench.wait("cli failed") { $0.ends[EndID("cli", 1)]?.phase == .failed }
      let failure = try #require(refused.ends[EndID("cli", 1)]?.failures.first)
      #expect(failure.code == .refused)
      #expect(failure.phase == .connect)
      #expect(failure.decidedBy == .kernel)
      #expect(failure.evidence.errno == 111)
    }
  }

  /// What a child holds between fork() and exec: the listening socket, under a number of its own.
  @Test func `a stopped listener gives up its port though a child still holds its socket`() async throws {
    try await withBench { bench in
      await bench.perform(.listen("first", ListenOrder(transport: .plain, kind: .echo)))
      let state = try await bench.wait("first listens") { $0.servers["first"]?.listening != nil }
      let listening = try #require(state.servers["first"]?.listening)
      let held = dup(Int32(try #require(listening.descriptor)))
      defer { close(held) }
      #expect(held >= 0)
      await bench.perform(.stopListening("first"))
      try await bench.wait("first stopped") { $0.servers["first"]?.listening == nil }
      await bench.perform(.connect(EndID("cli", 1), ConnectOrder(to: listening.endpoint, transport: .plain)))
      let refused = try await bench.wait("cli failed") { $0.ends[EndID("cli", 1)]?.phase == .failed }
      #expect(refused.ends[EndID("cli", 1)]?.failures.first?.code == .refused)
      let order = ListenOrder(
        preferredPort: listening.endpoint.port, fallsBack: false, transport: .plain, kind: .echo)
      await bench.perform(.listen("second", order))
      let second = try await bench.wait("second has its answer") {
        $0.servers["second"]?.listening != nil || $0.servers["second"]?.failures.isEmpty == false
      }
      #expect(second.servers["second"]?.failures.map(\.code) == [])
      #expect(second.servers["second"]?.listening?.endpoint == listening.endpoint)
    }
  }

  @Test func `a preferred port that is taken falls back, and says which it was`() async throws {
    try await withBench { bench in
      await bench.perform(.listen("first", ListenOrder(transport: .plain, kind: .echo)))
      let state = try await bench.wait("first listens") { $0.servers["first"]?.listening != nil }
      let taken = try #require(state.servers["first"]?.listening?.endpoint.port)
      await bench.perform(
        .listen("second", ListenOrder(preferredPort: taken, transport: .plain, kind: .echo)))
      let both = try await bench.wait("second listens") { $0.servers["second"]?.listening != nil }
      let second = try #require(both.servers["second"]?.listening)
      #expect(second.chosenBy == .fallback)
      #expect(second.preferredPort == taken)
      #expect(second.endpoint.port != taken)
    }
  }

  @Test func `a port asked for without a way out is in use, errno 98`() async throws {
    try await withBench { bench in
      await bench.perform(.listen("first", ListenOrder(transport: .plain, kind: .echo)))
      let state = try await bench.wait("first listens") { $0.servers["first"]?.listening != nil }
      let taken = try #require(state.servers["first"]?.listening?.endpoint.port)
      await bench.perform(
        .listen("second", ListenOrder(preferredPort: taken, fallsBack: false, transport: .plain, kind: .echo))
      )
      let failed = try await bench.wait("second fails") { $0.servers["second"]?.failures.isEmpty == false }
      let failure = try #require(failed.servers["second"]?.failures.first)
      #expect(failure.code == .addrInUse)
      #expect(failure.evidence.errno == 98)
      #expect(failure.phase == .bind)
    }
  }

  @Test func `a reset is seen as a reset by the other end`() async throws {
    try await withBench { bench in
      await bench.perform(.listen("srv", ListenOrder(transport: .plain, kind: .greet)))
      let state = try await bench.wait("srv listens") { $0.servers["srv"]?.listening != nil }
      let endpoint = try #require(state.servers["srv"]?.listening?.endpoint)
      await bench.perform(.connect(EndID("cli", 1), ConnectOrder(to: endpoint, transport: .plain)))
      try await bench.wait("srv has it") { $0.ends[EndID("srv", 1)]?.phase == .open }
      await bench.perform(.close(EndID("cli", 1), .reset))
      let closed = try await bench.wait("srv closed") { $0.ends[EndID("srv", 1)]?.phase == .closed }
      #expect(closed.text("srv.conn(1).conn.closed") == "reset")
      #expect(closed.text("srv.conn(1).error.key") == "reset-by-peer")
      #expect(closed.text("srv.conn(1).error.errno") == "104")
      #expect(closed.text("srv.conn(1).error.decided_by") == "peer")
    }
  }

  @Test func `a server that does not accept lets the kernel queue, and serves them later`() async throws {
    try await withBench(watchesKernel: true) { bench in
      await bench.perform(
        .listen("srv", ListenOrder(backlog: 1, transport: .plain, kind: .greet, accepting: false)))
      let state = try await bench.wait("srv listens") { $0.servers["srv"]?.listening != nil }
      let endpoint = try #require(state.servers["srv"]?.listening?.endpoint)
      for number in 1...2 {
        await bench.perform(.connect(EndID("cli", number), ConnectOrder(to: endpoint, transport: .plain)))
      }
      try await bench.wait("both clients are connected for their kernel") { state in
        (1...2).allSatisfy { state.ends[EndID("cli", $0)]?.phase == .open }
      }
      try await bench.wait("the queue is seen") {
        ($0.value(of: "srv.kernel.queue") ?? .number(0)) == .number(2)
      }
      #expect(await bench.now.text("srv.conn.count") == "0")
      await bench.perform(.setAccepting("srv", true))
      try await bench.wait("both are accepted") { $0.value(of: "srv.conn.count") == .number(2) }
    }
  }

  @Test func `four mebibytes come back whole from an echo server, and the facts stay few`() async throws {
    try await withBench { bench in
      await bench.perform(.listen("srv", ListenOrder(transport: .plain, kind: .echo)))
      let state = try await bench.wait("srv listens") { $0.servers["srv"]?.listening != nil }
      let endpoint = try #require(state.servers["srv"]?.listening?.endpoint)
      await bench.perform(.connect(EndID("cli", 1), ConnectOrder(to: endpoint, transport: .plain)))
      try await bench.wait("cli is open") { $0.ends[EndID("cli", 1)]?.phase == .open }
      for _ in 0..<64 {
        await bench.perform(.send(EndID("cli", 1), [UInt8](repeating: 0x61, count: 64 * 1024)))
      }
      try await bench.wait("all of it is back") {
        $0.value(of: "cli.app.received_bytes") == .number(64 * 64 * 1024)
      }
      #expect(await bench.allFacts.count < 2000)
    }
  }

  @Test func `after a wipe nothing of the run before is reported`() async throws {
    try await withBench { bench in
      await bench.perform(.listen("srv", ListenOrder(transport: .plain, kind: .greet)))
      let state = try await bench.wait("srv listens") { $0.servers["srv"]?.listening != nil }
      let endpoint = try #require(state.servers["srv"]?.listening?.endpoint)
      await bench.perform(.connect(EndID("cli", 1), ConnectOrder(to: endpoint, transport: .plain)))
      try await bench.wait("srv has it") { $0.ends[EndID("srv", 1)]?.phase == .open }
      await bench.perform(
        .wipe, .listen("again", ListenOrder(preferredPort: endpoint.port, transport: .plain, kind: .echo)))
      let after = try await bench.wait("again listens") { $0.servers["again"]?.listening != nil }
      #expect(after.ends.isEmpty)
      #expect(after.servers["srv"] == nil)
    }
  }
}
