import LabFacts
import LabTLS
import LabTesting
import Testing

struct InspectionTests {
  private typealias Question = CertificateInspection.Question

  @Test(
    arguments: [
      ("server", []), ("expired", [.expired]), ("not-yet-valid", [.notYetValid]),
      ("cn-only", [.noNames, .otherName]),
      ("self-signed", [.selfSigned]), ("wrong-purpose", [.wrongPurpose]), ("weak-key", [.weakKey]),
      ("other", [.otherName]),
      ("lab-ca", [.isAuthority, .otherName]),
    ] as [(String, [CertificateReport.Problem])])
  func `what is wrong with a certificate is listed`(
    _ name: String, _ problems: [CertificateReport.Problem]
  ) throws {
    let source = try #require(TLSIdentities.store().identity(named: name)).certificate
    let reports = try CertificateInspection.reports(
      source, Question(purpose: .server, name: "netlab.test", date: TLSIdentities.now))
    let report = try #require(reports.first)
    #expect(Set(report.problems) == Set(problems))
    #expect(reports.dropFirst().allSatisfy { $0.problems == [] })
  }

  @Test func `a key that belongs to another certificate is told`() throws {
    let server = try Setups.needed("server")
    let other = try Setups.needed("other")
    for (key, problems) in [(server.key, []), (other.key, [CertificateReport.Problem.keyMismatch])] {
      let reports = try CertificateInspection.reports(
        server.certificate, Question(key: key, date: TLSIdentities.now))
      #expect(reports.first?.problems == problems)
    }
  }

  @Test func `a leaf in place of a CA, and a long life, are told`() throws {
    let store = try TLSIdentities.store()
    let leaf = try #require(store.certificatePEM(named: "server"))
    let reports = try CertificateInspection.reports(
      .memory(leaf + leaf, name: "two"), Question(date: TLSIdentities.now))
    #expect(reports.map(\.problems) == [[], [.isNoAuthority]])
    let long = IdentityDeclaration(
      name: "long", use: .server, commonName: "long.test", alternativeNames: ["DNS:long.test"],
      issuer: "lab-ca", validFromDays: 0, validToDays: 800)
    let minted = try store.mint(long, now: TLSIdentities.now)
    let report = try CertificateInspection.reports(
      minted.certificate, Question(purpose: .server, date: TLSIdentities.now))
    #expect(report.first?.problems == [.livesTooLong])
  }

  @Test func `a minted identity needs a name, and serves at once`() throws {
    let store = try TLSIdentities.store()
    var declaration = IdentityDeclaration(
      name: "new", use: .server, commonName: "new.test", issuer: "lab-intermediate", validFromDays: -1,
      validToDays: 30, chain: ["lab-intermediate"])
    let failure = #expect(throws: Failure.self) { try store.mint(declaration, now: TLSIdentities.now) }
    #expect(failure?.evidence.subject == "new")
    declaration.alternativeNames = ["DNS:new.test", "IP:127.0.0.1"]
    let minted = try store.mint(declaration, now: TLSIdentities.now)
    let talk = try TLSConversation(
      client: Setups.client { $0.expectedName = "new.test" },
      server: Setups.server(nil) { $0.identity = minted })
    talk.carryAll()
    #expect(talk.client.isEstablished)
  }

  @Test func `an identity goes out as PEM and comes back`() throws {
    let server = try Setups.needed("server")
    for phrase in [nil, "right"] {
      let text = try PKIExport.pem(server, phrase: phrase)
      let back = IdentitySource.bundle(.memory(text, name: "out.pem"), passphrase: phrase)
      #expect(throws: Never.self) { try TLSContext(Setups.server(nil) { $0.identity = back }) }
      let wrong = IdentitySource.bundle(.memory(text, name: "out.pem"), passphrase: "wrong")
      let failure = try? TLSContext(Setups.server(nil) { $0.identity = wrong })
      #expect((failure == nil) == (phrase != nil))
    }
  }

  @Test func `an identity goes out as PKCS 12`() throws {
    let server = try Setups.needed("server")
    let bytes = try PKIExport.pkcs12(server, phrase: "right", name: "netlab server")
    let folder = try TestFolder()
    let path = try folder.write(bytes, to: "server.p12")
    let shown = Command.run(["openssl", "pkcs12", "-in", path, "-passin", "pass:right", "-nokeys"])
    #expect(shown.split(separator: "\n").count { $0 == "-----BEGIN CERTIFICATE-----" } == 2)
    #expect(shown.contains("friendlyName: netlab server"))
    #expect(Command.run(["openssl", "pkcs12", "-in", path, "-passin", "pass:wrong", "-nokeys"]) == "")
  }

  @Test func `openssl reads the lab's revocation list`() throws {
    let folder = try TestFolder()
    let path = try folder.write(
      try #require(TLSIdentities.store().revocationPEM(named: "lab-crl")), to: "lab.crl")
    let shown = Command.run(["openssl", "crl", "-in", path, "-noout", "-text"])
    #expect(shown.contains("Version 2"))
    #expect(shown.contains("Serial Number"))
  }
}
