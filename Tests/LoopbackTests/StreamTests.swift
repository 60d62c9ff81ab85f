import LabCore
import LabFacts
import LabTesting
import LabTLS
import Testing

/// What a stream must carry, whatever its pieces are: raw peers against the lab's servers.
@Suite(.timeLimit(.minutes(5))) struct StreamTests {
  static let sizes = [0, 1, 16_383, 16_384, 16_385, 65_536, 1_048_576]

  @Test(arguments: sizes)
  func `a plain echo gives back what it got, and its counts are exact`(size: Int) async throws {
    try await withIdentities { bench in
      let port = try await bench.listening("srv", ListenOrder(transport: .plain, kind: .echo)).port
      let back = try await blocking {
        let socket = try RawSocket(to: port)
        return try exchange(Pattern.stream(size), socket)
      }
      #expect(back == Pattern.stream(size))
      let end = try await bench.over(EndID("srv", 1))
      #expect(end.closing?.manner == .clean)
      #expect(end.closing?.traffic.dataReceived == size)
      #expect(end.closing?.traffic.dataSent == size)
      #expect(end.failures == [])
    }
  }

  @Test(arguments: [TLSVersion.tls12, .tls13], sizes)
  func `an echo under TLS gives back what it got`(version: TLSVersion, size: Int) async throws {
    try await withIdentities { bench in
      let port = try await bench.listening("srv", StreamTests.tlsEcho).port
      let back = try await blocking {
        let tls = try RawTLS(RawSocket(to: port), RawTLS.trusting(version))
        try tls.handshake()
        // An empty write says nothing, and ends nothing.
        try tls.write([])
        var back: [UInt8] = []
        let all = Pattern.stream(size)
        for start in stride(from: 0, to: size, by: 65_536) {
          let part = all[start..<min(size, start + 65_536)]
          try tls.write(Array(part))
          back += try tls.read(count: part.count)
        }
        try tls.sayGoodbye()
        return back + (try tls.readAll())
      }
      #expect(back == Pattern.stream(size))
      let end = try await bench.over(EndID("srv", 1))
      #expect(end.closing?.manner == .clean)
      #expect(end.closing?.traffic.dataReceived == size)
      #expect(end.closing?.traffic.dataSent == size)
      #expect(end.failures == [])
    }
  }

  /// POE::Filter::SSL loses it: a false value in Perl.
  @Test(arguments: [Transport.plain, .tls])
  func `the payload 0 is a payload`(transport: Transport) async throws {
    try await withIdentities { bench in
      var order = StreamTests.tlsEcho
      order.transport = transport
      let endpoint = try await bench.listening("srv", order)
      let client = EndID("cli", 1)
      await bench.perform(
        .connect(client, ConnectOrder(to: endpoint, transport: transport, tls: RawTLS.trusting)),
        .send(client, Array("0".utf8)), .send(client, []))
      try await bench.wait("it is back") { $0.text("cli.app.received") == "0" }
      await bench.perform(.close(client, .clean))
      let (here, there) = (try await bench.over(client), try await bench.over(EndID("srv", 1)))
      #expect(here.failures == [] && there.failures == [])
      #expect(there.closing?.traffic.dataReceived == 1)
      #expect(here.closing?.traffic.dataReceived == 1)
    }
  }

  @Test(arguments: [TLSVersion.tls12, .tls13])
  func `the first request in one segment with Finished is heard`(version: TLSVersion) async throws {
    try await withIdentities { bench in
      let port = try await bench.listening("srv", StreamTests.tlsEcho).port
      let back = try await blocking {
        let tls = try RawTLS(RawSocket(to: port), RawTLS.trusting(version))
        try tls.handshake(last: Array("early".utf8))
        return try tls.read(count: 5)
      }
      #expect(back == Array("early".utf8))
      let end = try await bench.over(EndID("srv", 1))
      #expect(end.tls.established != nil)
    }
  }

  @Test func `the first request in one segment with Finished is answered by the http server`() async throws {
    try await withIdentities { bench in
      var order = StreamTests.tlsEcho
      order.kind = .http
      let port = try await bench.listening("srv", order).port
      let back = try await blocking {
        let tls = try RawTLS(RawSocket(to: port))
        try tls.handshake(last: Array("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".utf8))
        return try tls.readAll()
      }
      #expect(String(decoding: back, as: UTF8.self).hasPrefix("HTTP/1.1 200"))
      let end = try await bench.over(EndID("srv", 1))
      #expect(end.exchanges.last?.status == 200)
      #expect(end.failures == [])
    }
  }

  static let tlsEcho = ListenOrder(transport: .tls, kind: .echo, tls: TLSOptions(identity: "server"))
}

/// Sends on one thread and receives on another, ends its own direction, and reads to the end.
func exchange(_ bytes: [UInt8], _ socket: RawSocket) throws -> [UInt8] {
  let sender = Background {
    try socket.send(bytes); socket.finish()
  }
  let back = try socket.receiveAll()
  try sender.wait()
  return back
}
