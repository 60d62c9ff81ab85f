import LabFacts
import LabTLS
import LabTesting
import Testing

/// What a server that only asks for a certificate finds.
struct ClientVerdictTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var identity: String?
    var code: Int
    var isPresented: Bool
    var testDescription: String { identity ?? "none" }
  }

  static let cases: [Case] = [
    Case(identity: nil, code: 0, isPresented: false),
    Case(identity: "client", code: 0, isPresented: true),
    Case(identity: "client-expired", code: 10, isPresented: true),
    Case(identity: "client-not-yet-valid", code: 9, isPresented: true),
    Case(identity: "client-unknown-ca", code: 20, isPresented: true),
    Case(identity: "client-self-signed", code: 18, isPresented: true),
    Case(identity: "client-wrong-purpose", code: 26, isPresented: true),
    Case(identity: "revoked-client", code: 23, isPresented: true),
    // No list of the CA that signed it is there.
    Case(identity: "client-long-chain", code: 3, isPresented: true),
  ]

  @Test(arguments: ClientVerdictTests.cases, HandshakeCell.both)
  func `a server that asks finishes the handshake and tells presented from valid`(
    _ sample: Case, _ version: TLSVersion
  ) throws {
    let identity = try sample.identity.flatMap(Setups.identity)
    let lists = try Setups.revocations("lab-crl")
    let client = try Setups.client {
      $0.identity = identity
      $0.maxVersion = version
    }
    let server = try Setups.server {
      $0.clientCertificate = .ask
      $0.revocations = lists
    }
    let talk = try TLSConversation(client: client, server: server)
    talk.carryAll()
    #expect(talk.client.isEstablished && talk.server.isEstablished)
    let verdict = try #require(talk.verification(.server))
    #expect(verdict.code == sample.code)
    #expect(verdict.isPresented == sample.isPresented)
    #expect(verdict.isValid == (sample.isPresented && sample.code == 0))
    #expect(!verdict.enforced)
  }

  @Test func `a server names the CAs whose clients it takes`() throws {
    let talk = try TLSConversation(
      client: Setups.client(), server: Setups.server { $0.clientCertificate = .ask })
    talk.carryAll()
    let request = talk.clientFacts.compactMap { fact -> HandshakeMessage? in
      if case .message(_, .received, let message) = fact, message.type == 13 { message } else { nil }
    }
    #expect(request.first?.values(.authorities) == ["CN=netlab lab root,O=netlab"])
  }

  @Test func `five intermediates and no more are taken of a client by default`() throws {
    for (depth, isGood) in [(1, false), (2, true), (nil, true)] {
      let identity = try Setups.identity("client-long-chain")
      let talk = try TLSConversation(
        client: Setups.client { $0.identity = identity },
        server: Setups.server {
          $0.clientCertificate = .require
          $0.verifyDepth = depth
        })
      talk.carryAll()
      #expect(talk.server.isEstablished == isGood)
    }
  }
}
