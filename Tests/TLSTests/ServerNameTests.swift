import LabFacts
import LabTLS
import LabTesting
import Testing

struct ServerNameTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var asked: String?
    /// The subject the client is shown; nil: alert 112.
    var lenient: String
    var strict: String?
    var testDescription: String { asked ?? "no name" }
  }

  static let cases: [Case] = [
    Case(asked: "alice.test", lenient: "CN=alice.test,O=netlab", strict: "CN=alice.test,O=netlab"),
    Case(asked: "ALICE.Test", lenient: "CN=alice.test,O=netlab", strict: "CN=alice.test,O=netlab"),
    Case(asked: "b.wild.test", lenient: "CN=wild.test,O=netlab", strict: "CN=wild.test,O=netlab"),
    Case(asked: "a.b.wild.test", lenient: "CN=netlab.test,O=netlab", strict: nil),
    Case(asked: "wild.test", lenient: "CN=netlab.test,O=netlab", strict: nil),
    Case(asked: "unknown.test", lenient: "CN=netlab.test,O=netlab", strict: nil),
    Case(asked: nil, lenient: "CN=netlab.test,O=netlab", strict: nil),
  ]

  @Test(arguments: ServerNameTests.cases, HandshakeCell.both)
  func `the name a client asks for chooses the certificate`(_ sample: Case, _ version: TLSVersion) throws {
    for refuses in [false, true] {
      let talk = try talk(sample.asked, version, refuses: refuses)
      let wanted = refuses ? sample.strict : sample.lenient
      #expect(talk.verification(.client)?.chain.first?.subject == wanted)
      #expect(talk.failure(.client)?.code == (wanted == nil ? .missingSni : nil))
      #expect(talk.failure(.server)?.code == (wanted == nil ? .missingSni : nil))
      #expect(talk.failure(.client)?.evidence.alert?.number == (wanted == nil ? 112 : nil))
      if wanted != nil { #expect(talk.server.negotiated?.serverName == sample.asked) }
    }
  }

  @Test func `a certificate chosen by name is one the others' clients are judged by too`() throws {
    let identity = try Setups.identity("client-expired")
    let named = try named()
    let talk = try TLSConversation(
      client: Setups.client {
        $0.identity = identity
        $0.serverName = "alice.test"
        $0.expectedName = nil
      },
      server: Setups.server {
        $0.identitiesByName = named
        $0.clientCertificate = .require
      })
    talk.carryAll()
    #expect(talk.failure(.server)?.code == .expired)
  }

  @Test func `a server may have certificates for names alone`() throws {
    let named = try named()
    let talk = try TLSConversation(
      client: Setups.client {
        $0.serverName = "alice.test"
        $0.expectedName = nil
      }, server: Setups.server(nil) { $0.identitiesByName = named })
    talk.carryAll()
    #expect(talk.client.isEstablished && talk.server.isEstablished)
  }

  private func named() throws -> [String: IdentitySource] {
    var named: [String: IdentitySource] = [:]
    named["Alice.test"] = try mint("alice.test", "DNS:alice.test")
    named["*.wild.test"] = try mint("wild.test", "DNS:*.wild.test")
    return named
  }

  private func mint(_ commonName: String, _ name: String) throws -> IdentitySource {
    let declaration = IdentityDeclaration(
      name: commonName, use: .server, commonName: commonName, alternativeNames: [name], issuer: "lab-ca",
      validFromDays: -1, validToDays: 30)
    return try TLSIdentities.store().mint(declaration, now: TLSIdentities.now)
  }

  private func talk(_ asked: String?, _ version: TLSVersion, refuses: Bool) throws -> TLSConversation {
    let named = try named()
    let talk = try TLSConversation(
      client: Setups.client {
        $0.serverName = asked
        $0.expectedName = nil
        $0.maxVersion = version
      },
      server: Setups.server {
        $0.identitiesByName = named
        $0.refusesUnknownNames = refuses
      })
    talk.carryAll()
    return talk
  }
}
