import LabCore
import LabFacts
import LabTesting
import Testing

/// Half-closes, early bytes, back-pressure and hooks on real streams.
struct RelayStreamTests {
  @Test(arguments: [Transport.plain, .tls], [Transport.plain, .tls])
  func `after the client's end the backend's answer still arrives`(front: Transport, back: Transport)
    async throws
  {
    try await withBench { bench in
      let server = try await bench.server("srv", back == .tls ? .overTLS : .plain)
      let order = ConnectOrder(to: server, transport: back, tls: back == .tls ? .client : nil)
      let relay = try await bench.relay(
        "rel", front == .tls ? .overTLS : .plain, .fixed(order),
        hooks: [ByteHook(.delay(milliseconds: 30), way: .down)])
      let client = EndID("cli", 1)
      await bench.perform(
        .connect(client, ConnectOrder(to: relay, transport: front, tls: front == .tls ? .client : nil)))
      try await bench.wait("the client is up") { lab in
        front == .tls ? lab.ends[client]?.tls.established != nil : lab.ends[client]?.phase == .open
      }
      await bench.perform(.send(client, Array("total".utf8)), .close(client, .half))
      let state = try await bench.wait("all is over") { lab in
        ["cli", "rel", "rel-out", "srv"].allSatisfy { lab.newestEnd(of: ActorID($0))?.isOver == true }
      }
      #expect(state.ends[client]?.dataReceived.text == "total")
      for actor in ["cli", "rel", "rel-out", "srv"] {
        #expect(state.newestEnd(of: ActorID(actor))?.closing?.manner == .clean, "\(actor)")
      }
    }
  }

  @Test func `after the backend's end the client's words still arrive`() async throws {
    try await withBench { bench in
      let (listener, endpoint) = try RawPeer.listen()
      let relay = try await bench.relay("rel", .plain, .fixed(ConnectOrder(to: endpoint, transport: .plain)))
      let client = try await RawPeer.connect(to: relay)
      let backend = try await listener.accept()
      try await backend.send(Array("bye".utf8))
      backend.endOutput()
      #expect(try await client.receive(100) == Array("bye".utf8))
      try await client.send(Array("still here".utf8))
      client.endOutput()
      #expect(try await backend.receive(100) == Array("still here".utf8))
      let state = try await bench.wait("the relay's ends are over") { lab in
        lab.newestEnd(of: "rel")?.isOver == true && lab.newestEnd(of: "rel-out")?.isOver == true
      }
      #expect(state.newestEnd(of: "rel")?.closing?.manner == .clean)
      #expect(state.newestEnd(of: "rel-out")?.closing?.manner == .clean)
    }
  }

  @Test(arguments: [false, true])
  func `what is said before the backend is up is kept`(ends: Bool) async throws {
    try await withBench { bench in
      let server = try await bench.server("srv", .overTLS)
      let order = ConnectOrder(to: server, transport: .tls, tls: .client, gated: true)
      let relay = try await bench.relay("rel", .plain, .fixed(order))
      let peer = try await RawPeer.connect(to: relay)
      try await peer.send(Array("early".utf8))
      if ends { peer.endOutput() }
      try await bench.wait("the ClientHello is held") { $0.newestEnd(of: "rel-out")?.held.isEmpty == false }
      await bench.perform(.setGate(EndID("rel-out", 1), closed: false))
      #expect(try await peer.receive(5) == Array("early".utf8))
      if !ends { peer.endOutput() }
      #expect(try await peer.receive(1) == [])
      try await bench.wait("the backend's end is over") { $0.newestEnd(of: "rel-out")?.isOver == true }
    }
  }

  @Test(arguments: [false, true])
  func `a reader that stops holds the writer up, and then all of it arrives`(isTLS: Bool) async throws {
    try await withBench { bench in
      let (listener, endpoint) = try RawPeer.listen()
      var inner = ConnectOrder(to: endpoint, transport: .plain)
      if isTLS {
        let middle = try await bench.relay("mid", .overTLS, .fixed(inner))
        inner = ConnectOrder(to: middle, transport: .tls, tls: .client)
      }
      let relay = try await bench.relay("rel", .plain, .fixed(inner))
      let writer = try await RawPeer.connect(to: relay)
      let reader = try await listener.accept()
      let all = 100 << 20
      let chunk = [UInt8](repeating: 0x30, count: 256 * 1024)
      let stuck = try await writer.sendUntilStuck(chunk, atMost: all)
      // What the kernel's buffers of two or three connections take, and little more.
      #expect(stuck < 40 << 20)
      async let total = reader.countToEnd()
      var left = all - stuck
      while left > 0 {
        try await writer.send(Array(chunk.prefix(left)))
        left -= min(left, chunk.count)
      }
      writer.endOutput()
      #expect(try await total == all)
    }
  }

  @Test func `hooks change what passes from one chunk to the next`() async throws {
    try await withBench { bench in
      let server = try await bench.server("srv", .plain)
      let relay = try await bench.relay(
        "rel", .plain, .fixed(ConnectOrder(to: server, transport: .plain)), hooks: [ByteHook(.view, way: .up)]
      )
      let peer = try await RawPeer.connect(to: relay)
      try await peer.send(Array("abc".utf8))
      #expect(try await peer.receive(3) == Array("abc".utf8))
      for (action, answer) in [
        (ByteHook.Action.upperCase, "ABC"), (.rot13, "abc"), (.flipBit(at: 9), "`bc"),
        (.delay(milliseconds: 40), "abc"),
      ] {
        let way: ByteHook.Way = action == .rot13 ? .both : .up
        await bench.perform(.setHooks("rel", [ByteHook(action, way: way)]))
        try await bench.wait("the hooks changed") { $0.servers["rel"]?.hooks.first?.action == action }
        try await peer.send(Array("abc".utf8))
        #expect(try await peer.receive(3) == Array(answer.utf8), "\(action)")
      }
      let seen = await bench.allFacts.contains {
        if case .hooked(EndID("rel", 1), let hook, _, _) = $0.fact { hook.action == .view } else { false }
      }
      #expect(seen)
    }
  }

  /// A relay that decides by the first words has them before it has a backend.
  @Test func `what a client says before its backend is up goes through the hooks too`() async throws {
    try await withBench { bench in
      let server = try await bench.server("srv", .plain)
      let relay = try await bench.relay(
        "rel", .plain, .dual(DualRoute(clientFirst: ConnectOrder(to: server, transport: .plain))),
        hooks: [ByteHook(.upperCase, way: .up)])
      let peer = try await RawPeer.connect(to: relay)
      try await peer.send(Array("early".utf8))
      #expect(try await peer.receive(5) == Array("EARLY".utf8))
      try await peer.send(Array("late".utf8))
      #expect(try await peer.receive(4) == Array("LATE".utf8))
    }
  }

  @Test func `a cut resets both sides`() async throws {
    try await withBench { bench in
      let server = try await bench.server("srv", ListenOrder(transport: .plain, kind: .discard))
      let relay = try await bench.relay(
        "rel", .plain, .fixed(ConnectOrder(to: server, transport: .plain)),
        hooks: [ByteHook(.cut(after: 4), way: .up)])
      let client = EndID("cli", 1)
      await bench.perform(.connect(client, ConnectOrder(to: relay, transport: .plain)))
      await bench.perform(.send(client, Array("123456".utf8)))
      let state = try await bench.wait("all is over") { lab in
        ["cli", "rel", "rel-out", "srv"].allSatisfy { lab.newestEnd(of: ActorID($0))?.isOver == true }
      }
      #expect(state.ends[client]?.failures.first?.code == .resetByPeer)
      #expect(state.newestEnd(of: "srv")?.failures.first?.code == .resetByPeer)
      #expect((state.newestEnd(of: "srv")?.dataReceived.total ?? 0) <= 4)
    }
  }

  @Test func `an end never overtakes bytes that a hook keeps`() async throws {
    try await withBench { bench in
      let (listener, endpoint) = try RawPeer.listen()
      let relay = try await bench.relay(
        "rel", .plain, .fixed(ConnectOrder(to: endpoint, transport: .plain)),
        hooks: [ByteHook(.delay(milliseconds: 150), way: .up)])
      let client = try await RawPeer.connect(to: relay)
      let backend = try await listener.accept()
      try await client.send(Array("slow".utf8))
      client.endOutput()
      // The other direction has no delay, and ends at once.
      backend.endOutput()
      #expect(try await client.receive(1) == [])
      #expect(try await backend.receive(100) == Array("slow".utf8))
    }
  }
}
