import LabFacts
import LabTLS
import LabTesting
import Testing

/// A setup that can't work, and what must be said before any connection exists.
struct SetupCase: Sendable, CustomTestStringConvertible {
  var name: String
  var change: @Sendable (inout TLSSetup) throws -> Void
  var code: FailureCode
  var subject: String

  var testDescription: String { name }

  static let garbage = Array("no certificate in here\n".utf8)

  static let all: [SetupCase] = [
    SetupCase(
      name: "certificate file missing",
      change: { $0.identity = .files(certificate: "/nonexistent/a.crt", key: "/nonexistent/a.key") },
      code: .certFileMissing, subject: "/nonexistent/a.crt"),
    SetupCase(
      name: "key file missing",
      change: {
        $0.identity = try Setups.identity("server")
        $0.identity?.key = .file("/nonexistent/a.key")
      }, code: .certFileMissing, subject: "/nonexistent/a.key"),
    SetupCase(
      name: "certificate is no PEM",
      change: {
        $0.identity = try Setups.identity("server")
        $0.identity?.certificate = .memory(garbage, name: "letter.txt")
      }, code: .badPem, subject: "letter.txt"),
    SetupCase(
      name: "key is no PEM",
      change: {
        $0.identity = try Setups.identity("server")
        $0.identity?.key = .memory(garbage, name: "letter.txt")
      }, code: .badPem, subject: "letter.txt"),
    SetupCase(
      name: "nothing at all in the key",
      change: {
        $0.identity = try Setups.identity("server")
        $0.identity?.key = .memory([], name: "empty.key")
      }, code: .badPem, subject: "empty.key"),
    SetupCase(
      name: "certificate where the key should be",
      change: {
        let identity = try Setups.identity("server")
        $0.identity = identity
        $0.identity?.key = identity?.certificate ?? .file("")
      }, code: .badPem, subject: "server"),
    SetupCase(
      name: "key of another certificate",
      change: {
        $0.identity = try Setups.identity("server")
        guard let other = try Setups.identity("other"), case .memory(let key, _) = other.key else { return }
        $0.identity?.key = .memory(key, name: "other.key")
      }, code: .badKeyPair, subject: "other.key"),
    SetupCase(
      name: "key of another kind",
      change: {
        $0.identity = try Setups.identity("server")
        guard let other = try Setups.identity("server-rsa"), case .memory(let key, _) = other.key else {
          return
        }
        $0.identity?.key = .memory(key, name: "rsa.key")
      }, code: .badKeyPair, subject: "rsa.key"),
    SetupCase(
      name: "encrypted key, wrong pass phrase",
      change: {
        $0.identity = .memory(
          certificate: EncryptedKey.certificate, key: EncryptedKey.key, name: "locked", passphrase: "wrong")
      }, code: .keyPassphrase, subject: "locked"),
    SetupCase(
      name: "encrypted key, no pass phrase",
      change: {
        $0.identity = .memory(certificate: EncryptedKey.certificate, key: EncryptedKey.key, name: "locked")
      }, code: .keyPassphrase, subject: "locked"),
    SetupCase(
      name: "weak key", change: { $0.identity = try Setups.identity("weak-key") }, code: .weakKey,
      subject: "weak-key"),
    SetupCase(
      name: "trusted file missing", change: { $0.trust = TrustSource([.file("/nonexistent/ca.crt")]) },
      code: .trustStoreMissing, subject: "/nonexistent/ca.crt"),
    SetupCase(
      name: "trusted file is no PEM", change: { $0.trust = TrustSource([.memory(garbage, name: "ca.txt")]) },
      code: .badPem, subject: "ca.txt"),
    SetupCase(
      name: "an identity nobody declared",
      change: { $0.trust = try TLSIdentities.store().trust(named: ["nobody"]) }, code: .badPem,
      subject: "nobody"),
    SetupCase(
      name: "no such cipher", change: { $0.ciphers = "NO-SUCH-CIPHER" }, code: .badCipherList,
      subject: "ciphers"),
    SetupCase(
      name: "no such suite", change: { $0.suites = "TLS_NO_SUCH" }, code: .badCipherList, subject: "suites"),
    SetupCase(
      name: "no such group", change: { $0.groups = "P-1" }, code: .badCipherList, subject: "groups"),
    SetupCase(
      name: "versions upside down",
      change: {
        $0.minVersion = .tls13
        $0.maxVersion = .tls12
      }, code: .setupOther, subject: "versions"),
    SetupCase(
      name: "a protocol name that is too long", change: { $0.alpn = [String(repeating: "a", count: 256)] },
      code: .setupOther, subject: "alpn"),
  ]
}

struct SetupTests {
  @Test(arguments: SetupCase.all)
  func `a wrong setup fails when it is made, and names the culprit`(_ sample: SetupCase) throws {
    var setup = try Setups.server()
    try sample.change(&setup)
    let failure = #expect(throws: Failure.self) { try TLSContext(setup) }
    #expect(failure?.layer == .setup)
    #expect(failure?.phase == .setup)
    #expect(failure?.decidedBy == .here)
    #expect(failure?.code == sample.code)
    #expect(failure?.evidence.subject == sample.subject)
    #expect(failure?.verbatim.isEmpty == false)
  }

  @Test func `an encrypted key opens with its pass phrase`() throws {
    let identity = IdentitySource.memory(
      certificate: EncryptedKey.certificate, key: EncryptedKey.key, passphrase: "right")
    #expect(throws: Never.self) { try TLSContext(Setups.server(nil) { $0.identity = identity }) }
  }
}

struct SystemTrustTests {
  @Test func `the machine's own store does not vouch for the lab, and is counted`() throws {
    let talk = try TLSConversation(
      client: Setups.client(trust: []) { $0.trust.systemStore = true }, server: Setups.server("stranger"))
    talk.carryAll()
    #expect(talk.failure(.client)?.code == .unknownCa)
    #expect(talk.failure(.client)?.evidence.trustedCount == talk.client.context.trustedCount)
    let without = try TLSContext(Setups.client())
    #expect(without.trustedCount == 1)
    let with = try TLSContext(Setups.client { $0.trust.systemStore = true })
    #expect(with.trustedCount == talk.client.context.trustedCount + 1)
  }
}
