import LabCore
import LabFacts
import LabTesting
import LabTLS
import Testing

/// The wrong protocol on the port, on real sockets: what both ends say, by numbers.
@Suite(.timeLimit(.minutes(5))) struct CellsPortTests {
  /// Bytes that a client says to a TLS port, and how it ends.
  struct Words: Sendable, CustomTestStringConvertible {
    enum End: Sendable { case waits, fin, reset }
    let name: String
    let bytes: [UInt8]
    var end = End.waits
    let server: Verdict
    /// Alert number, where the server sends one.
    var alert: Int?
    var testDescription: String { name }
  }

  private static func text(_ text: String, _ code: FailureCode, _ reason: Int) -> Words {
    Words(name: text, bytes: Array("\(text)\r\n\r\n".utf8), server: .ssl(code, .here, reason: reason))
  }

  private static func bytes(
    _ name: String, _ bytes: [UInt8], _ end: Words.End, _ server: Verdict, alert: Int?
  ) -> Words { Words(name: name, bytes: bytes, end: end, server: server, alert: alert) }

  static let words: [Words] = [
    text("GET / HTTP/1.1", .plainToTlsPort, 156),
    text("POST / HTTP/1.1", .plainToTlsPort, 156),
    text("HEAD / HTTP/1.1", .plainToTlsPort, 156),
    text("PUT / HTTP/1.1", .plainToTlsPort, 156),
    text("CONNECT netlab.test:443 HTTP/1.1", .proxySchemeMismatch, 155),
    text("OPTIONS * HTTP/1.1", .plainToTlsPort, 267),
    text("DELETE / HTTP/1.1", .plainToTlsPort, 267),
    text("PATCH / HTTP/1.1", .plainToTlsPort, 267),
    text("SSH-2.0-OpenSSH_9.2", .plainToTlsPort, 267),
    text("EHLO netlab.test", .plainToTlsPort, 267),
    text("Herbert", .plainToTlsPort, 267),
    bytes("nothing, then FIN", [], .fin, .ssl(.eofInHandshake, .here, reason: 294, alert: 50), alert: 50),
    bytes(
      "half a record, then FIN", [22, 3, 1, 2, 0, 1, 0], .fin,
      .ssl(.eofInHandshake, .here, reason: 294, alert: 50), alert: 50),
    bytes(
      "two bytes of text, then FIN", Array("Hi".utf8), .fin,
      .ssl(.plainToTlsPort, .here, reason: 294, alert: 50), alert: 50),
    bytes("nothing, then RST", [], .reset, .socket(.resetByPeer, .peer, errno: 104), alert: nil),
    bytes(
      "half a record, then RST", [22, 3, 1, 2, 0, 1, 0], .reset,
      .socket(.resetByPeer, .peer, errno: 104), alert: nil),
    bytes(
      "a malformed ClientHello", [22, 3, 1, 0, 5, 1, 0, 0, 1, 0], .waits,
      .ssl(.malformedHandshake, .here, reason: 160, alert: 50), alert: 50),
    bytes(
      "an SSLv2 hello, then FIN", [0x80, 0x2e, 1, 0, 2, 0, 0x15, 0, 0, 0, 0x10], .fin,
      .ssl(.plainToTlsPort, .here, reason: 294, alert: 50), alert: 50),
    bytes(
      "an alert first", [21, 3, 3, 0, 2, 2, 40], .waits,
      .ssl(.malformedHandshake, .here, reason: 244, alert: 10), alert: 10),
    bytes(
      "application data first", [23, 3, 3, 0, 3, 1, 2, 3], .waits,
      .ssl(.doubleTls, .here, reason: 244, alert: 10), alert: 10),
  ]

  @Test(arguments: words)
  func `a TLS server tells what it heard, and never answers text with an alert`(words: Words) async throws {
    try await withIdentities { bench in
      var order = ListenOrder(transport: .tls, kind: .greet, tls: TLSOptions(identity: "server"))
      // A busy machine isn't a silent client.
      order.handshakeDeadlineMilliseconds = 60_000
      let port = try await bench.listening("srv", order).port
      let socket = try await blocking { try RawSocket(to: port) }
      // A connection that is gone before accept() was never there.
      try await bench.wait("it is accepted") { $0.ends[EndID("srv", 1)]?.opening != nil }
      let answer = try await blocking {
        try socket.send(words.bytes)
        if words.end == .fin { socket.finish() }
        if words.end == .reset { socket.reset() }
        return words.end == .reset ? (bytes: [], errno: nil) : socket.drain()
      }
      let end = try await bench.over(EndID("srv", 1))
      #expect(end.verdict == words.server)
      #expect(end.failures.first?.phase == .handshakeStart)
      #expect(
        end.failures.first?.evidence.firstReceived == Array(words.bytes.prefix(64)) || words.end == .reset)
      #expect(answer.errno == nil, "the answer is not destroyed by a reset")
      if let alert = words.alert {
        #expect(answer.bytes.count == 7)
        #expect(answer.bytes.first == 21)
        #expect(answer.bytes.suffix(4) == [0, 2, 2, UInt8(alert)])
      } else {
        #expect(answer.bytes == [])
      }
    }
  }

  /// What a plain server says to a TLS client.
  static let answers: [(name: String, banner: String?, reply: String)] = [
    ("a greeting", nil, "Hey {data}!"),
    ("HTTP 400", nil, "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"),
    ("SMTP", "220 netlab.test ESMTP\r\n", ""),
    ("IMAP", "* OK IMAP4rev1 ready\r\n", ""),
    ("POP3", "+OK ready\r\n", ""),
    ("SSH", "SSH-2.0-OpenSSH_9.2\r\n", ""),
    ("MySQL", "\u{4a}\0\0\0\u{0a}8.0.35\0", ""),
  ]

  @Test(arguments: answers.indices, [TLSVersion.tls12, .tls13])
  func `a TLS client on a plain port hears text, and the server hears a ClientHello`(
    index: Int, version: TLSVersion
  ) async throws {
    let (_, banner, reply) = CellsPortTests.answers[index]
    try await withIdentities { bench in
      let meeting = try await Meeting.run(
        bench, server: ListenOrder(transport: .plain, kind: .greet, reply: reply, banner: banner),
        client: { ConnectOrder(to: $0, transport: .tls, tls: RawTLS.trusting(version)) })
      #expect(meeting.client.verdict == .ssl(.tlsToPlainPort, .here, reason: 267))
      #expect(meeting.client.failures.first?.phase == .handshakeStart)
      let heard = meeting.client.failures.first?.evidence.firstReceived ?? []
      let said = banner.map { Array($0.utf8) } ?? Array(reply.utf8.prefix(4))
      #expect(heard.prefix(4) == said.prefix(4))
      #expect(meeting.server?.dataReceived.kept.prefix(3) == [22, 3, 1])
      #expect(meeting.server?.failures == [])
    }
  }

  @Test func `a TLS client hears its own ClientHello from an echo server`() async throws {
    try await withIdentities { bench in
      let meeting = try await Meeting.run(
        bench, server: ListenOrder(transport: .plain, kind: .echo),
        client: { ConnectOrder(to: $0, transport: .tls, tls: RawTLS.trusting) })
      #expect(meeting.client.verdict == .ssl(.tlsToPlainPort, .here, reason: 244, alert: 10))
      #expect(meeting.server?.failures == [])
    }
  }

  /// What a server of few words does to a client that waits for ServerHello.
  static let ends: [(name: String, says: [UInt8], end: Words.End, client: Verdict)] = [
    ("says nothing and closes", [], .fin, .ssl(.eofInHandshake, .here, reason: 294, alert: 50)),
    ("says one byte and closes", [22], .fin, .ssl(.eofInHandshake, .here, reason: 294, alert: 50)),
    ("resets", [], .reset, .socket(.resetByPeer, .peer, errno: 104)),
  ]

  @Test(arguments: ends.indices, [TLSVersion.tls12, .tls13])
  func `a TLS client tells an early end from a reset`(index: Int, version: TLSVersion) async throws {
    let (_, says, manner, verdict) = CellsPortTests.ends[index]
    try await withIdentities { bench in
      let listener = try RawListener()
      let client = EndID("cli", 1)
      await bench.perform(
        .connect(
          client,
          ConnectOrder(
            to: Endpoint("127.0.0.1", listener.port), transport: .tls, tls: RawTLS.trusting(version))))
      let heard = try await blocking {
        let socket = try listener.accept()
        let hello = try socket.receive()
        try socket.send(says)
        if manner == .reset { socket.reset() } else { socket.finish() }
        return (hello, manner == .reset ? [] : socket.drain().bytes)
      }
      let end = try await bench.over(client)
      #expect(end.verdict == verdict)
      #expect(heard.0.prefix(3) == [22, 3, 1])
      #expect(heard.1.suffix(2) == (manner == .reset ? [] : [2, 50]))
    }
  }

  @Test func `a silent server runs a client into its deadline`() async throws {
    try await withIdentities { bench in
      let meeting = try await Meeting.run(
        bench, server: ListenOrder(transport: .plain, kind: .discard),
        client: {
          ConnectOrder(to: $0, transport: .tls, tls: RawTLS.trusting, handshakeDeadlineMilliseconds: 150)
        })
      #expect(meeting.client.verdict == Verdict(code: .handshakeTimeout, by: .here))
      #expect(meeting.client.failures.first?.evidence.waitedMilliseconds == 150)
      #expect(meeting.server?.failures == [])
      #expect(meeting.server?.dataReceived.kept.prefix(3) == [22, 3, 1])
    }
  }

  @Test func `a silent client runs a server into its deadline`() async throws {
    try await withIdentities { bench in
      let meeting = try await Meeting.run(
        bench,
        server: ListenOrder(
          transport: .tls, kind: .greet, tls: TLSOptions(identity: "server"),
          handshakeDeadlineMilliseconds: 150),
        client: { ConnectOrder(to: $0, transport: .plain) })
      #expect(meeting.server?.verdict == Verdict(code: .handshakeTimeout, by: .here))
      #expect(meeting.server?.failures.first?.evidence.waitedMilliseconds == 150)
      #expect(meeting.client.failures == [])
    }
  }

  @Test(arguments: [Transport.plain, .tls])
  func `nobody listens: refused, and TLS is not to blame`(transport: Transport) async throws {
    try await withIdentities { bench in
      let port = try RawListener().port
      let client = EndID("cli", 1)
      await bench.perform(
        .connect(
          client,
          ConnectOrder(to: Endpoint("127.0.0.1", port), transport: transport, tls: RawTLS.trusting)))
      let end = try await bench.over(client)
      #expect(end.verdict == .socket(.refused, .kernel, errno: 111))
      #expect(end.failures.first?.phase == .connect)
    }
  }
}
