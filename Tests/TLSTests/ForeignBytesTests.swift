import LabFacts
import LabTLS
import LabTesting
import Testing

/// Bytes that are not TLS, or not whole: one engine, and a stream made by hand.
struct ForeignBytesTests {
  @Test(arguments: [
    ("GET / HTTP/1.1\r\n\r\n", FailureCode.plainToTlsPort, 156),
    ("OPTIONS * HTTP/1.1\r\n", .plainToTlsPort, 267),
    ("Herbert", .plainToTlsPort, 267), ("CONNECT a:443 HTTP/1.1\r\n\r\n", .proxySchemeMismatch, 155),
    ("\u{0}\u{1}\u{2}\u{3}\u{4}\u{5}\u{6}\u{7}\u{8}\u{9}\u{a}", .plainToTlsPort, 267),
  ])
  func `clear bytes at a TLS server`(_ text: String, _ code: FailureCode, _ reason: Int) throws {
    let talk = try TLSConversation(client: Setups.client(), server: Setups.server())
    talk.deliver(Array(text.utf8), to: .server)
    let failure = try #require(talk.failure(.server))
    #expect(failure.code == code)
    #expect(failure.phase == .handshakeStart)
    #expect(failure.evidence.reason == reason)
    #expect(failure.evidence.firstReceived == Array(text.utf8.prefix(64)))
    #expect(talk.server.outboundCount == 0)
    #expect(clearBytes(talk.serverFacts) == [Array(text.utf8)])
  }

  @Test(arguments: ["HTTP/1.1 400 Bad Request\r\n\r\n", "220 ready\r\n", "Hey you!\n"])
  func `clear bytes at a TLS client`(_ text: String) throws {
    let talk = try TLSConversation(client: Setups.client(), server: Setups.server())
    talk.deliver(Array(text.utf8), to: .client)
    let failure = try #require(talk.failure(.client))
    #expect(failure.code == .tlsToPlainPort)
    #expect(failure.phase == .handshakeStart)
    #expect(failure.evidence.reason == 267)
    #expect(failure.evidence.firstReceived == Array(text.utf8))
    #expect(clearBytes(talk.clientFacts) == [Array(text.utf8)])
  }

  @Test func `a client that gets its own ClientHello back is at a plain port`() throws {
    let talk = try TLSConversation(client: Setups.client(), server: Setups.server())
    var echoed: [UInt8] = []
    talk.tamper = { _, record in
      echoed = record.bytes
      return []
    }
    talk.carry(from: .client)
    talk.deliver(echoed, to: .client)
    #expect(talk.failure(.client)?.code == .tlsToPlainPort)
    #expect(talk.failure(.client)?.evidence.reason == 244)
    #expect(
      talk.dialogue(.client) == ["> ClientHello", "> alert unexpected_message", "failed tls-to-plain-port"])
  }

  @Test func `fewer than five clear bytes are waited on, and told when the stream ends`() throws {
    let talk = try TLSConversation(client: Setups.client(), server: Setups.server())
    talk.deliver(Array("abc".utf8), to: .server)
    #expect(talk.failure(.server) == nil)
    talk.end(to: .server)
    #expect(talk.failure(.server)?.code == .plainToTlsPort)
    #expect(clearBytes(talk.serverFacts) == [Array("abc".utf8)])
  }

  @Test func `what is left of a record stands before the answer to the end of the stream`() throws {
    let talk = try TLSConversation(client: Setups.client(), server: Setups.server())
    talk.carryAll()
    talk.tamper = { side, record in side == .server ? Array(record.bytes.prefix(12)) : record.bytes }
    talk.write(Array("Hey Sabine!".utf8), from: .server)
    talk.carry(from: .server)
    // Facts may be taken between the end and the read that meets it.
    talk.client.receiveEnd()
    #expect(talk.client.takeFacts() == [])
    talk.end(to: .client)
    let rest = talk.clientFacts.lastIndex { fact in
      guard case .wire(_, .received, let segment) = fact else { return false }
      return segment.kind == .clear && segment.bytes.total == 12
    }
    let alert = talk.clientFacts.lastIndex { fact in
      guard case .alert(_, .sent, _) = fact else { return false }
      return true
    }
    #expect(try #require(rest) < #require(alert))
  }

  @Test func `a stream that ends in the handshake`() throws {
    let talk = try TLSConversation(client: Setups.client(), server: Setups.server())
    talk.end(to: .client)
    #expect(talk.failure(.client)?.code == .eofInHandshake)
    #expect(talk.failure(.client)?.phase == .handshakeStart)
    #expect(talk.failure(.client)?.evidence.reason == 294)
  }

  @Test func `a stream that ends without close_notify`() throws {
    let talk = try TLSConversation(client: Setups.client(), server: Setups.server())
    talk.carryAll()
    talk.end(to: .client)
    #expect(talk.failure(.client)?.code == .eofWithoutCloseNotify)
    #expect(talk.failure(.client)?.phase == .established)
  }

  @Test func `a client that is done hears of a server that is not`() throws {
    let talk = try TLSConversation(client: Setups.client(), server: Setups.server())
    talk.carry(from: .client)
    while talk.carry(from: .server) {}
    try #require(talk.client.isEstablished && !talk.server.isEstablished)
    talk.end(to: .server)
    while talk.carry(from: .server) {}
    #expect(talk.failure(.server)?.code == .eofInHandshake)
    let failure = try #require(talk.failure(.client))
    #expect(failure.evidence.alert?.number == 50)
    #expect(failure.code == .malformedHandshake)
    #expect(failure.decidedBy == .peer)
  }

  @Test func `a client with a ticket knows that its server was done`() throws {
    let talk = try TLSConversation(client: Setups.client(), server: Setups.server())
    talk.carryAll()
    talk.end(to: .server)
    while talk.carry(from: .server) {}
    #expect(talk.failure(.client)?.evidence.alert?.number == 50)
    #expect(talk.failure(.client)?.code == .eofWithoutCloseNotify)
  }

  @Test func `a stream that ends after our close_notify is in order`() throws {
    let talk = try TLSConversation(client: Setups.client(), server: Setups.server())
    talk.carryAll()
    talk.closeNotify(from: .client)
    talk.end(to: .client)
    #expect(talk.client.state == .closed)
    #expect(talk.failure(.client) == nil)
  }

  @Test(arguments: [TLSVersion.tls12, .tls13])
  func `one flipped bit is noticed and told`(_ version: TLSVersion) throws {
    let talk = try TLSConversation(
      client: Setups.client { $0.maxVersion = version }, server: Setups.server())
    talk.carryAll()
    talk.tamper = { side, record in
      var bytes = record.bytes
      if side == .client { bytes[bytes.count - 1] ^= 1 }
      return bytes
    }
    talk.write(Array("hello".utf8), from: .client)
    talk.carryAll()
    #expect(talk.failure(.server)?.code == .decryptError)
    #expect(talk.failure(.server)?.evidence.reason == 281)
    #expect(talk.failure(.client)?.code == .decryptError)
    #expect(talk.failure(.client)?.decidedBy == .peer)
    #expect(talk.dialogue(.client).suffix(2) == ["< alert bad_record_mac", "failed decrypt-error"])
    #expect(talk.dialogue(.server).suffix(2) == ["> alert bad_record_mac", "failed decrypt-error"])
  }

  @Test func `a ClientHello in pieces of one byte is one record`() throws {
    let talk = try TLSConversation(client: Setups.client(), server: Setups.server())
    talk.tamper = { [talk] side, record in
      guard side == .client else { return record.bytes }
      for byte in record.bytes { talk.deliver([byte], to: .server) }
      return []
    }
    talk.carryAll()
    talk.tamper = { _, record in record.bytes }
    #expect(talk.server.isEstablished && talk.client.isEstablished)
    let records = talk.serverFacts.filter { if case .wire(_, .received, _) = $0 { true } else { false } }
    #expect(records.count == 3)
  }

  @Test func `a deadline is told with what is known so far`() throws {
    let talk = try TLSConversation(client: Setups.client(), server: Setups.server())
    talk.deliver([0x16, 0x03], to: .server)
    talk.server.abort(.handshakeTimeout, decidedBy: .here, waitedMilliseconds: 10_000)
    let facts = talk.server.takeFacts()
    guard case .failed(_, let failure) = facts.last else {
      Issue.record("no failure was told")
      return
    }
    #expect(failure.code == .handshakeTimeout)
    #expect(failure.evidence.waitedMilliseconds == 10_000)
    #expect(failure.evidence.firstReceived == [0x16, 0x03])
    #expect(clearBytes(facts) == [[0x16, 0x03]])
  }

  private func clearBytes(_ facts: [Fact]) -> [[UInt8]] {
    facts.compactMap { fact in
      guard case .wire(_, .received, let segment) = fact, segment.kind == .clear else { return nil }
      return segment.bytes.kept
    }
  }
}
