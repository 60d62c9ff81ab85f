import LabFacts
import LabTLS
import LabTesting
import Testing

struct HandshakeDialogueTests {
  @Test func `a TLS 1.3 handshake is told message by message at both ends`() throws {
    let talk = try TLSConversation(client: Setups.client(), server: Setups.server())
    talk.carryAll()
    #expect(
      talk.dialogue(.client) == [
        "> ClientHello", "< ServerHello", "< ChangeCipherSpec", "< EncryptedExtensions", "< Certificate",
        "verified 0", "< CertificateVerify", "< Finished", "> ChangeCipherSpec", "> Finished", "up",
        "< NewSessionTicket", "< NewSessionTicket",
      ])
    #expect(
      talk.dialogue(.server) == [
        "< ClientHello", "> ServerHello", "> ChangeCipherSpec", "> EncryptedExtensions", "> Certificate",
        "> CertificateVerify", "> Finished", "< ChangeCipherSpec", "< Finished", "> NewSessionTicket",
        "> NewSessionTicket", "up",
      ])
  }

  @Test func `a TLS 1.2 handshake is told message by message at both ends`() throws {
    let talk = try TLSConversation(
      client: Setups.client { $0.maxVersion = .tls12 }, server: Setups.server())
    talk.carryAll()
    #expect(
      talk.dialogue(.client) == [
        "> ClientHello", "< ServerHello", "< Certificate", "verified 0", "< ServerKeyExchange",
        "< ServerHelloDone", "> ClientKeyExchange", "> ChangeCipherSpec", "> Finished", "< NewSessionTicket",
        "< ChangeCipherSpec", "< Finished", "up",
      ])
    #expect(
      talk.dialogue(.server) == [
        "< ClientHello", "> ServerHello", "> Certificate", "> ServerKeyExchange", "> ServerHelloDone",
        "< ClientKeyExchange", "< ChangeCipherSpec", "< Finished", "> NewSessionTicket", "> ChangeCipherSpec",
        "> Finished", "up",
      ])
  }

  @Test func `each handshake message travels in a record of its own`() throws {
    let talk = try TLSConversation(client: Setups.client(), server: Setups.server())
    talk.carryAll()
    #expect(
      talk.carried.map { "\($0.from.rawValue) \($0.title)" } == [
        "client ClientHello", "server ServerHello", "server ChangeCipherSpec", "server EncryptedExtensions",
        "server Certificate", "server CertificateVerify", "server Finished", "client ChangeCipherSpec",
        "client Finished", "server NewSessionTicket", "server NewSessionTicket",
      ])
  }
}
