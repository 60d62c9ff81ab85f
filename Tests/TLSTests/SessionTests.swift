import LabFacts
import LabTLS
import LabTesting
import Testing

struct SessionTests {
  @Test(arguments: HandshakeCell.both, [TraceLevel.full, .essential])
  func `a client offers its last session again, and both ends know`(
    _ version: TLSVersion, _ trace: TraceLevel
  ) throws {
    let client = try TLSContext(
      Setups.client {
        $0.resumes = true
        $0.maxVersion = version
      }, trace: trace)
    let server = try TLSContext(Setups.server(), trace: trace)
    let resumed = (0..<4).map { _ in run(client, server).map { $0.negotiated?.resumed } }
    #expect(resumed == [[false, false], [true, true], [true, true], [true, true]])
  }

  @Test func `a client that was not told to resume never does`() throws {
    let client = try TLSContext(Setups.client())
    let server = try TLSContext(Setups.server())
    for _ in 0..<2 { #expect(run(client, server).map { $0.negotiated?.resumed } == [false, false]) }
  }

  @Test(arguments: HandshakeCell.both)
  func `a server without tickets, or made anew, starts from nothing`(_ version: TLSVersion) throws {
    let client = try TLSContext(
      Setups.client {
        $0.resumes = true
        $0.maxVersion = version
      })
    let ticketless = try TLSContext(Setups.server { $0.tickets = 0 })
    for _ in 0..<2 { #expect(run(client, ticketless).map { $0.negotiated?.resumed } == [false, false]) }
    for _ in 0..<2 {
      let server = try TLSContext(Setups.server())
      #expect(run(client, server).map { $0.negotiated?.resumed } == [false, false])
    }
  }

  @Test(arguments: HandshakeCell.both)
  func `a server knows the client of a session that goes on`(_ version: TLSVersion) throws {
    for (name, code) in [("client", 0), ("client-expired", 10)] {
      let identity = try Setups.identity(name)
      let client = try TLSContext(
        Setups.client {
          $0.identity = identity
          $0.resumes = true
          $0.maxVersion = version
        })
      let server = try TLSContext(Setups.server { $0.clientCertificate = .ask })
      for isResumed in [false, true] {
        let talk = TLSConversation(client: client, server: server)
        talk.carryAll()
        #expect(talk.server.negotiated?.resumed == isResumed)
        #expect(talk.verification(.server)?.code == code)
        #expect(talk.verification(.server)?.chain.first?.subject == "CN=Client,O=netlab")
        // OpenSSL forgets a session of TLS 1.2 whose connection was cut off.
        talk.closeNotify(from: .client)
        talk.carryAll()
      }
    }
  }

  private func run(_ client: TLSContext, _ server: TLSContext) -> [TLSEngine] {
    let talk = TLSConversation(client: client, server: server)
    talk.carryAll()
    talk.closeNotify(from: .client)
    talk.carryAll()
    return [talk.client, talk.server]
  }
}
