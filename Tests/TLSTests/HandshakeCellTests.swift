import LabFacts
import LabTLS
import LabTesting
import Testing

struct HandshakeCellTests {
  static let all =
    HandshakeCell.serverCertificates + HandshakeCell.clientCertificates + HandshakeCell.disagreements

  @Test(arguments: HandshakeCellTests.all)
  func `both ends see the numbers of a failed handshake`(_ cell: HandshakeCell) throws {
    let talk = try cell.run()
    #expect(HandshakeCell.end(talk.failure(.client)) == cell.atClient)
    #expect(HandshakeCell.end(talk.failure(.server)) == cell.atServer)
    for side in Side.allCases { #expect(talk.failure(side)?.evidence.library == 20) }
  }

  @Test(arguments: HandshakeCellTests.all)
  func `a connection that reports little diagnoses a failure as well as one that reports all`(
    _ cell: HandshakeCell
  ) throws {
    let full = try cell.run()
    let essential = try cell.run(.essential)
    for side in Side.allCases {
      let wanted = try #require(full.failure(side))
      let found = try #require(essential.failure(side))
      #expect(found.code == wanted.code)
      #expect(found.phase == wanted.phase)
      #expect(found.decidedBy == wanted.decidedBy)
      #expect(found.evidence.alert == wanted.evidence.alert)
      #expect(found.evidence.firstReceived.count == wanted.evidence.firstReceived.count)
      #expect(found.verbatim == wanted.verbatim)
    }
  }

  @Test(arguments: HandshakeCell.clientCertificates)
  func `under TLS 1.3 a client is up before it is refused`(_ cell: HandshakeCell) throws {
    let talk = try cell.run()
    #expect(
      talk.failure(.client)?.phase
        == (cell.version == .tls13 ? .established : .handshakeAfterCertificate))
  }
}
