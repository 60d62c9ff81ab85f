import LabFacts
import LabTLS
import LabTesting
import Testing

/// Mistakes with certificate, key and chain, and the first sentence that tells of each.
struct StartupTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var identity: @Sendable () throws -> IdentitySource?
    var code: FailureCode
    var sentence: String
    var testDescription: String { name }
  }

  static let cases: [Case] = [
    Case(
      name: "wrong pass phrase",
      identity: {
        .memory(
          certificate: EncryptedKey.certificate, key: EncryptedKey.key, name: "a.key", passphrase: "wrong")
      }, code: .keyPassphrase, sentence: "a.key: this pass phrase does not open the key"),
    Case(
      name: "no pass phrase",
      identity: { .memory(certificate: EncryptedKey.certificate, key: EncryptedKey.key, name: "a.key") },
      code: .keyPassphrase, sentence: "a.key: the key is encrypted; its pass phrase is needed"),
    Case(
      name: "key of another certificate",
      identity: {
        let identity = try Setups.identity("server")
        return IdentitySource(
          certificate: identity?.certificate ?? .file(""), key: try key("other"))
      }, code: .badKeyPair, sentence: "other: this key does not belong to server"),
    Case(
      name: "key where the certificate should be",
      identity: { IdentitySource(certificate: try key("server"), key: try key("server")) }, code: .badPem,
      sentence: "server: holds a private key, not a certificate"),
    Case(
      name: "certificate where the key should be",
      identity: {
        let certificate = try Setups.identity("server")?.certificate ?? .file("")
        return IdentitySource(certificate: certificate, key: certificate)
      }, code: .badPem, sentence: "server: holds a certificate, not a private key"),
    Case(
      name: "no such file",
      identity: { .files(certificate: "/nonexistent/a.crt", key: "/nonexistent/a.key") },
      code: .certFileMissing, sentence: "/nonexistent/a.crt: No such file or directory"),
    Case(
      name: "no such chain",
      identity: {
        var identity = try Setups.identity("server")
        identity?.chain = .file("/nonexistent/chain.pem")
        return identity
      }, code: .certFileMissing, sentence: "/nonexistent/chain.pem: No such file or directory"),
    Case(
      name: "an empty file",
      identity: {
        var identity = try Setups.identity("server")
        identity?.certificate = .memory([], name: "empty.crt")
        return identity
      }, code: .badPem, sentence: "empty.crt: is empty; needed here: a certificate in PEM form"),
    Case(
      name: "DER",
      identity: {
        var identity = try Setups.identity("server")
        identity?.certificate = .memory([0x30, 0x82, 0x01, 0x0a], name: "a.der")
        return identity
      }, code: .badPem, sentence: "a.der: looks like DER; turn it into PEM first"),
    Case(
      name: "a damaged certificate",
      identity: {
        var identity = try Setups.identity("server")
        let text = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
        identity?.certificate = .memory(Array(text.utf8), name: "torn.crt")
        return identity
      }, code: .badPem, sentence: "torn.crt: is damaged; needed here: a certificate"),
    Case(
      name: "a certificate request",
      identity: {
        var identity = try Setups.identity("server")
        let text = "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n"
        identity?.certificate = .memory(Array(text.utf8), name: "a.csr")
        return identity
      }, code: .badPem, sentence: "a.csr: holds a certificate request, not a certificate"),
  ]

  @Test(arguments: StartupTests.cases)
  func `a mistake with an identity names the file and what it is`(_ sample: Case) throws {
    let setup = try Setups.server(nil) { $0.identity = try? sample.identity() }
    let failure = #expect(throws: Failure.self) { try TLSContext(setup) }
    #expect(failure?.code == sample.code)
    #expect(failure?.verbatim.first == sample.sentence)
    #expect(failure?.phase == .setup)
  }

  @Test func `key, certificate and chain may come in one file, in any order`() throws {
    let server = try Setups.needed("server")
    guard case .memory(let chain, _) = server.certificate, case .memory(let key, _) = server.key else {
      return
    }
    for text in [chain + key, key + chain] {
      let talk = try TLSConversation(
        client: Setups.client(),
        server: Setups.server(nil) { $0.identity = .bundle(.memory(text, name: "all.pem")) })
      talk.carryAll()
      #expect(talk.client.isEstablished)
      #expect(talk.verification(.client)?.chain.count == 2)
    }
  }

  @Test func `a chain file that begins with the leaf sends it once`() throws {
    let server = try Setups.needed("server")
    let store = try TLSIdentities.store()
    let leaf = try #require(store.certificatePEM(named: "server"))
    let whole = IdentitySource(
      certificate: .memory(leaf, name: "server.crt"), key: server.key, chain: server.certificate)
    let talk = try TLSConversation(
      client: Setups.client(), server: Setups.server(nil) { $0.identity = whole })
    talk.carryAll()
    #expect(talk.client.isEstablished)
    #expect(talk.verification(.client)?.chain.count == 2)
  }

  private static func key(_ name: String) throws -> PEMSource {
    try Setups.identity(name)?.key ?? .file("")
  }
}
