import LabFacts
import LabTLS
import LabTesting
import Testing

struct DHTests {
  private static let suite = "DHE-RSA-AES128-GCM-SHA256"

  @Test func `DHE works with parameters of OpenSSL's choice, and not without`() throws {
    for (parameters, isUp) in [(TLSSetup.DHParameters.auto, true), (nil, false)] {
      let talk = try talk(parameters)
      #expect(talk.client.isEstablished == isUp)
      #expect(talk.failure(.server)?.code == (isUp ? nil : .noSharedCipher))
    }
  }

  @Test func `parameters come from PEM`() throws {
    let talk = try talk(.source(.memory(DHParameterTexts.good, name: "dh.pem")))
    #expect(talk.client.negotiated?.suite == "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256")
    #expect(talk.server.isEstablished)
  }

  @Test func `weak parameters are refused when they are read`() throws {
    let identity = try Setups.identity("server-rsa")
    let setup = try Setups.server {
      $0.identity = identity
      $0.dhParameters = .source(.memory(DHParameterTexts.weak, name: "weak.pem"))
    }
    let failure = #expect(throws: Failure.self) { try TLSContext(setup) }
    #expect(failure?.code == .weakDh)
    #expect(failure?.evidence.subject == "weak.pem")
  }

  @Test func `a client refuses the weak parameters of a careless server`() throws {
    let talk = try talk(.source(.memory(DHParameterTexts.weak, name: "weak.pem"))) { $0.minVersion = .tls10 }
    #expect(talk.failure(.client)?.code == .weakDh)
    #expect(talk.failure(.client)?.evidence.alert?.number == 40)
    #expect(talk.failure(.server)?.code == .handshakeFailure)
  }

  @Test func `what is no set of parameters is named`() throws {
    let cases: [([UInt8], String)] = [
      (Array("letter".utf8), "dh.pem: holds nothing in PEM form; needed here: DH parameters"),
      (
        try #require(TLSIdentities.store().certificatePEM(named: "server")),
        "dh.pem: holds a certificate, not DH parameters"
      ),
    ]
    for (text, sentence) in cases {
      let setup = try Setups.server { $0.dhParameters = .source(.memory(text, name: "dh.pem")) }
      let failure = #expect(throws: Failure.self) { try TLSContext(setup) }
      #expect(failure?.code == .badPem)
      #expect(failure?.verbatim.first == sentence)
    }
  }

  private func talk(
    _ parameters: TLSSetup.DHParameters?, _ change: (inout TLSSetup) -> Void = { _ in }
  ) throws -> TLSConversation {
    let identity = try Setups.identity("server-rsa")
    var server = try Setups.server {
      $0.identity = identity
      $0.dhParameters = parameters
    }
    change(&server)
    let talk = try TLSConversation(
      client: Setups.client {
        $0.maxVersion = .tls12
        $0.ciphers = DHTests.suite
      }, server: server)
    talk.carryAll()
    return talk
  }
}
