import LabFacts
import LabTLS
import LabTesting
import Testing

/// Application bytes through TLS, of every awkward size, whatever is reported.
struct StreamTests {
  @Test(
    arguments: [0, 1, 2, 16_383, 16_384, 16_385, 65_536, 1_000_000], [TraceLevel.full, .essential])
  func `any number of bytes goes both ways and arrives whole`(_ count: Int, _ trace: TraceLevel) throws {
    for version in HandshakeCell.both {
      let talk = try talk(version, trace)
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
      for side in Side.allCases {
        #expect(talk.write(bytes, from: side) == count)
        talk.carryAll()
        #expect(talk.read(at: side.other) == bytes)
      }
    }
  }

  @Test(arguments: HandshakeCell.both)
  func `the payload 0 is a payload`(_ version: TLSVersion) throws {
    let talk = try talk(version)
    talk.write(Array("0".utf8), from: .client)
    talk.carryAll()
    #expect(talk.read(at: .server) == Array("0".utf8))
  }

  @Test(arguments: [TraceLevel.full, .essential])
  func `a request that comes together with Finished is read`(_ trace: TraceLevel) throws {
    let talk = try TLSConversation(client: Setups.client(), server: Setups.server(), trace: trace)
    var held: [UInt8] = []
    var isHolding = false
    talk.tamper = { side, record in
      guard side == .client, isHolding else { return record.bytes }
      held += record.bytes
      return []
    }
    talk.carry(from: .client)
    isHolding = true
    while talk.carry(from: .server) {}
    #expect(talk.client.isEstablished && !talk.server.isEstablished)
    talk.write(Array("GET / HTTP/1.1\r\n".utf8), from: .client)
    while talk.carry(from: .client) {}
    talk.deliver(held, to: .server)
    #expect(talk.read(at: .server) == Array("GET / HTTP/1.1\r\n".utf8))
    #expect(talk.server.isEstablished)
  }

  @Test(arguments: HandshakeCell.both, [TraceLevel.full, .essential])
  func `after close_notify one way the other way goes on`(_ version: TLSVersion, _ trace: TraceLevel) throws {
    let talk = try talk(version, trace)
    talk.write(Array("sum up".utf8), from: .client)
    talk.closeNotify(from: .client)
    talk.carryAll()
    #expect(talk.read(at: .server) == Array("sum up".utf8))
    #expect(talk.server.peerClosed)
    talk.write(Array("total 5000".utf8), from: .server)
    talk.closeNotify(from: .server)
    talk.carryAll()
    #expect(talk.read(at: .client) == Array("total 5000".utf8))
    #expect(talk.client.state == .closed && talk.server.state == .closed)
    #expect(talk.failure(.client) == nil && talk.failure(.server) == nil)
  }

  @Test(arguments: HandshakeCell.both, [TraceLevel.full, .essential])
  func `a FIN without close_notify is told from a goodbye`(_ version: TLSVersion, _ trace: TraceLevel) throws
  {
    let talk = try talk(version, trace)
    talk.end(to: .server)
    #expect(talk.failure(.server)?.code == .eofWithoutCloseNotify)
  }

  @Test func `little is reported where little is wanted`() throws {
    let talk = try talk(.tls13, .essential)
    talk.write([1, 2, 3], from: .client)
    talk.closeNotify(from: .client)
    talk.carryAll()
    #expect(talk.dialogue(.client) == ["verified 0", "up", "> alert close_notify"])
    #expect(talk.dialogue(.server) == ["up", "< alert close_notify"])
    #expect(talk.clientFacts.count == 3 && talk.serverFacts.count == 2)
  }

  @Test(arguments: HandshakeCell.both)
  func `what was agreed is the same, however much is reported`(_ version: TLSVersion) throws {
    for identity in ["server", "server-rsa"] {
      let pairs = try [TraceLevel.full, .essential].map { trace in
        let talk = try TLSConversation(
          client: Setups.client {
            $0.maxVersion = version
            $0.alpn = ["http/1.1"]
          }, server: Setups.server(identity) { $0.alpn = ["http/1.1"] }, trace: trace)
        talk.carryAll()
        return [talk.client.negotiated, talk.server.negotiated]
      }
      #expect(pairs[0] == pairs[1])
      #expect(pairs[0].allSatisfy { $0 != nil })
    }
  }

  @Test func `records at a gate have titles by their kind where nobody reads them`() throws {
    let talk = try TLSConversation(client: Setups.client(), server: Setups.server(), trace: .essential)
    talk.carryAll()
    #expect(talk.client.isEstablished && talk.server.isEstablished)
    #expect(talk.carried.first?.title == "handshake record")
    #expect(
      Set(talk.carried.map(\.title)) == [
        "handshake record", "ChangeCipherSpec record", "application data record",
      ])
  }

  @Test func `nothing is left of a connection and its context`() throws {
    weak var context: TLSContext?
    weak var engine: TLSEngine?
    for isComplete in [false, true] {
      let client = try TLSContext(Setups.client { $0.resumes = true })
      let talk = TLSConversation(client: client, server: try TLSContext(Setups.server()))
      if isComplete { talk.carryAll() } else { talk.carry(from: .client) }
      context = client
      engine = talk.client
      #expect(engine != nil)
    }
    #expect(context == nil)
    #expect(engine == nil)
  }

  private func talk(_ version: TLSVersion, _ trace: TraceLevel = .full) throws -> TLSConversation {
    let talk = try TLSConversation(
      client: Setups.client { $0.maxVersion = version }, server: Setups.server(), trace: trace)
    talk.carryAll()
    return talk
  }
}
