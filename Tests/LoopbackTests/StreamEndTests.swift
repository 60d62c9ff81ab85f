import LabCore
import LabFacts
import LabTesting
import LabTLS
import Testing

/// One direction ends before the other: by FIN, by close_notify, by both, by neither.
@Suite(.timeLimit(.minutes(5))) struct StreamEndTests {
  @Test func `after FIN on TCP the answer still comes, whole`() async throws {
    try await withIdentities { bench in
      let order = ListenOrder(transport: .plain, kind: .greet, reply: "total {data}")
      let port = try await bench.listening("srv", order).port
      let back = try await blocking {
        let socket = try RawSocket(to: port)
        try socket.send(Array("5000".utf8))
        socket.finish()
        return try socket.receiveAll()
      }
      #expect(back == Array("total 5000".utf8))
      let end = try await bench.over(EndID("srv", 1))
      #expect(end.closing?.manner == .clean)
      #expect(end.closing?.by == .peer)
      #expect(end.failures == [])
    }
  }

  @Test(arguments: [TLSVersion.tls12, .tls13])
  func `after close_notify the answer still comes, with a close_notify of its own`(
    version: TLSVersion
  ) async throws {
    try await withIdentities { bench in
      let port = try await bench.listening("srv", greet).port
      let (back, saidGoodbye) = try await blocking {
        let tls = try RawTLS(RawSocket(to: port), RawTLS.trusting(version))
        try tls.handshake()
        tls.encrypt(Array("5000".utf8))
        try tls.sayGoodbye()
        return (try tls.readAll(), tls.engine.peerClosed)
      }
      #expect(back == Array("total 5000".utf8))
      #expect(saidGoodbye)
      let end = try await bench.over(EndID("srv", 1))
      #expect(end.closing?.manner == .clean)
      #expect(end.failures == [])
    }
  }

  /// The seed's client: shutdown(1) beneath TLS. The server may not take what it heard for the whole.
  @Test(arguments: [TLSVersion.tls12, .tls13])
  func `FIN without close_notify is a cut at the server, and an alert at the client`(
    version: TLSVersion
  ) async throws {
    try await withIdentities { bench in
      let port = try await bench.listening("srv", greet).port
      let (back, failure) = try await blocking {
        let tls = try RawTLS(RawSocket(to: port), RawTLS.trusting(version))
        try tls.handshake()
        try tls.write(Array("5000".utf8))
        tls.socket.finish()
        return (try tls.readAll(), tls.failure)
      }
      #expect(back == Array("total 5000".utf8), "the answer was under way before the end")
      #expect(failure?.evidence.alert?.number == 50)
      #expect(failure?.decidedBy == .peer)
      let end = try await bench.over(EndID("srv", 1))
      #expect(end.closing?.manner == .truncated)
      #expect(end.failures.first?.code == .eofWithoutCloseNotify)
      #expect(end.failures.first?.evidence.reason == 294)
      #expect(end.failures.first?.decidedBy == .here)
    }
  }

  @Test func `a server that ends by FIN alone has cut the stream for the client`() async throws {
    try await withIdentities { bench in
      let endpoint = try await bench.listening("srv", greet)
      let (client, server) = (EndID("cli", 1), EndID("srv", 1))
      await bench.perform(
        .connect(client, ConnectOrder(to: endpoint, transport: .tls, tls: RawTLS.trusting)))
      try await bench.wait("both are up") {
        $0.ends[client]?.tls.established != nil && $0.ends[server]?.tls.established != nil
      }
      await bench.perform(.close(server, .fin))
      let failure = try await bench.failure(client)
      #expect(failure.code == .eofWithoutCloseNotify)
      #expect(failure.evidence.reason == 294)
      let end = try await bench.over(client)
      #expect(end.closing?.manner == .truncated)
      try await bench.over(server)
    }
  }

  @Test(arguments: [Transport.plain, .tls])
  func `our client ends its own direction, and the answer still comes`(transport: Transport) async throws {
    try await withIdentities { bench in
      var order = greet
      order.transport = transport
      let endpoint = try await bench.listening("srv", order)
      let client = EndID("cli", 1)
      await bench.perform(
        .connect(client, ConnectOrder(to: endpoint, transport: transport, tls: RawTLS.trusting)),
        .send(client, Array("5000".utf8)), .close(client, .half))
      let end = try await bench.over(client)
      #expect(end.dataReceived.total == 10)
      #expect(end.closing?.manner == .clean)
      let other = try await bench.over(EndID("srv", 1))
      #expect(other.failures == [] && end.failures == [])
    }
  }

  private let greet = ListenOrder(
    transport: .tls, kind: .greet, reply: "total {data}", tls: TLSOptions(identity: "server"))
}
