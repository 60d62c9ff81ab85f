import LabCore
import LabFacts
import LabTesting
import Testing

/// Every way in with every way out: bytes arrive, and ends too.
struct RelayPairTests {
  enum In: String, CaseIterable { case tcp, tls, socks, connect, starttls }
  enum Out: String, CaseIterable { case tcp, tls, socks4, socks4a, socks5, socks5h, connect, connectTLS }

  @Test(arguments: [In.tcp, .tls], Out.allCases)
  func `what is said comes back, however it went`(way: In, out: Out) async throws {
    try await withBench { bench in
      let order = try await backend(out, bench)
      let relay = try await bench.relay("rel", way == .tls ? .overTLS : .plain, .fixed(order))
      let isTLS = way == .tls
      let client = EndID("cli", 1)
      await bench.perform(
        .connect(
          client, ConnectOrder(to: relay, transport: isTLS ? .tls : .plain, tls: isTLS ? .client : nil)))
      await bench.perform(.send(client, Array("0".utf8)))
      try await bench.wait("the echo comes") { $0.ends[client]?.dataReceived.kept == Array("0".utf8) }
      await bench.perform(.close(client, .half))
      let state = try await bench.wait("all is over") { lab in
        ["cli", "rel", "rel-out", "srv"].allSatisfy { lab.newestEnd(of: ActorID($0))?.isOver == true }
      }
      for actor in ["cli", "rel", "rel-out", "srv"] {
        #expect(state.newestEnd(of: ActorID(actor))?.closing?.manner == .clean, "\(actor)")
        #expect(state.newestEnd(of: ActorID(actor))?.failures == [], "\(actor)")
      }
      #expect(state.newestEnd(of: "rel")?.partner == state.newestEnd(of: "rel-out")?.id)
    }
  }

  private func backend(_ out: Out, _ bench: BenchHarness) async throws -> ConnectOrder {
    let isTLS = out == .tls || out == .connectTLS
    let server = try await bench.server("srv", isTLS ? .overTLS : .plain)
    var order = ConnectOrder(to: server, transport: isTLS ? .tls : .plain, tls: isTLS ? .client : nil)
    let language: ProxyOrder.Language? =
      switch out {
      case .tcp, .tls: nil
      case .socks4: .socks4
      case .socks4a: .socks4a
      case .socks5: .socks5
      case .socks5h: .socks5h
      case .connect, .connectTLS: .connect
      }
    guard let language else { return order }
    let proxy = try await bench.relay(
      "proxy", .plain, language == .connect ? .connect(ProxyPolicy()) : .socks(ProxyPolicy()))
    order.via = ProxyOrder(language: language, at: proxy)
    return order
  }

  @Test(arguments: [0, 1, 16383, 16384, 16385, 65536, 1_048_576], [false, true])
  func `a stream of any length arrives whole, both ways`(size: Int, isTLS: Bool) async throws {
    try await withBench { bench in
      let server = try await bench.server("srv", isTLS ? .overTLS : .plain)
      // Back to back: clear, TLS in the middle, clear.
      let order = ConnectOrder(to: server, transport: isTLS ? .tls : .plain, tls: isTLS ? .client : nil)
      let relay = try await bench.relay("rel", .plain, .fixed(order))
      let peer = try await RawPeer.connect(to: relay)
      let payload = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
      async let echo = peer.receive(size + 1)
      try await peer.send(payload)
      peer.endOutput()
      #expect(try await echo == payload)
      let state = try await bench.wait("the backend's end is over") {
        $0.newestEnd(of: "rel-out")?.isOver == true
      }
      #expect(state.newestEnd(of: "rel-out")?.closing?.traffic.dataSent == size)
      #expect(state.newestEnd(of: "rel-out")?.closing?.traffic.dataReceived == size)
    }
  }

  @Test(arguments: MailProtocol.allCases)
  func `a client in clear reaches a server that wants STARTTLS`(mail: MailProtocol) async throws {
    try await withBench { bench in
      let server = try await bench.server("srv", try mailServer(mail))
      let order = ConnectOrder(to: server, starttls: mail, transport: .plain, tls: .client)
      let relay = try await bench.relay("rel", .plain, .fixed(order))
      let client = EndID("cli", 1)
      await bench.perform(.connect(client, ConnectOrder(to: relay, transport: .plain)))
      let greeted = try await bench.wait("the greeting comes") {
        ($0.ends[client]?.dataReceived.total ?? 0) > 0
      }
      #expect(greeted.ends[EndID("rel-out", 1)]?.tls.established?.versionName == "TLS 1.3")
      #expect(greeted.ends[client]?.tls.established == nil)
      await bench.perform(.send(client, Array(mail.quit.utf8)))
      let over = try await bench.wait("all is over") { $0.ends[client]?.isOver == true }
      #expect(over.ends[client]?.failures == [])
    }
  }

  @Test(arguments: MailProtocol.allCases)
  func `a client that wants STARTTLS reaches a server in clear`(mail: MailProtocol) async throws {
    try await withBench { bench in
      let server = try await bench.server("srv", ListenOrder(transport: .plain, kind: mail.kind))
      let relay = try await bench.relay(
        "rel", ListenOrder(transport: .plain, kind: .discard, tls: TLSOptions(identity: "server")),
        .starttls(mail, ConnectOrder(to: server, transport: .plain)))
      let client = EndID("cli", 1)
      await bench.perform(
        .connect(client, ConnectOrder(to: relay, starttls: mail, transport: .plain, tls: .client)))
      try await bench.wait("TLS is up") { $0.ends[client]?.tls.established != nil }
      await bench.perform(.send(client, Array(mail.quit.utf8)))
      let over = try await bench.wait("all is over") { lab in
        lab.ends[client]?.isOver == true && lab.newestEnd(of: "srv")?.isOver == true
      }
      #expect(over.ends[client]?.failures == [])
      #expect(over.newestEnd(of: "rel")?.tls.established?.versionName == "TLS 1.3")
      #expect(over.newestEnd(of: "srv")?.tls.established == nil)
    }
  }

  private func mailServer(_ mail: MailProtocol) throws -> ListenOrder {
    ListenOrder(transport: .plain, kind: mail.kind, tls: TLSOptions(identity: "server"))
  }
}

extension MailProtocol {
  var kind: ServerKind {
    switch self {
    case .imap: .imap
    case .smtp: .smtp
    case .pop3: .pop3
    }
  }

  var quit: String { self == .imap ? "a1 LOGOUT\r\n" : "QUIT\r\n" }
}
