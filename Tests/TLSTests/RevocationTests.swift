import LabFacts
import LabTLS
import LabTesting
import Testing

struct RevocationTests {
  private let clock: @Sendable () -> Int64 = { TLSIdentities.now }

  @Test(arguments: ["lab-crl", "lab-crl-empty"], HandshakeCell.both)
  func `a certificate that is on no list passes`(_ name: String, _ version: TLSVersion) throws {
    let lists = try Setups.revocations(name)
    let identity = try Setups.identity("client")
    let talk = try TLSConversation(
      client: Setups.client {
        $0.identity = identity
        $0.maxVersion = version
        $0.revocations = lists
      },
      server: Setups.server {
        $0.clientCertificate = .require
        $0.revocations = lists
      })
    talk.carryAll()
    #expect(talk.client.isEstablished && talk.server.isEstablished)
    #expect(talk.verification(.client)?.code == 0)
    #expect(talk.verification(.server)?.code == 0)
  }

  @Test func `three things can be wrong with a list, and each is said in its own words`() throws {
    let folder = try TestFolder()
    let letter = try folder.write(Array("no list\n".utf8), to: "letter.txt")
    let empty = try folder.write([], to: "empty.crl")
    let certificate = try folder.write(
      try #require(TLSIdentities.store().certificatePEM(named: "server")), to: "server.crt")
    let sentences = [
      (folder.file("gone.crl"), "the revocation list is missing"),
      (folder.path, "the revocation list can't be read: Is a directory"),
      (letter, "holds no revocation list in PEM form (-----BEGIN X509 CRL-----)"),
      (empty, "holds no revocation list in PEM form (-----BEGIN X509 CRL-----)"),
      (certificate, "holds no revocation list in PEM form (-----BEGIN X509 CRL-----)"),
    ]
    for (path, sentence) in sentences {
      let setup = try Setups.server { $0.revocations = [.file(path)] }
      let failure = #expect(throws: Failure.self) { try TLSContext(setup) }
      #expect(failure?.code == .revocationUnknown)
      #expect(failure?.evidence.subject == path)
      #expect(failure?.verbatim.first == "\(path): \(sentence)")
      #expect(throws: Failure.self) { try TLSContextSource(setup, clock: clock) }
    }
  }

  @Test func `a list says how old it is and when the next one is due`() throws {
    let lists = try Setups.revocations("lab-crl")
    let context = try TLSContext(
      Setups.server { $0.revocations = lists })
    let summary = try #require(context.revocations.first { $0.issuer == "CN=netlab lab root,O=netlab" })
    #expect(summary.age(at: TLSIdentities.now) == 86_400)
    #expect(summary.nextUpdateText == "2026-08-14T12:00:00Z")
    #expect(summary.count == 1)
    #expect(summary.serials == [try TLSIdentities.store().summary(named: "revoked-client")?.serial])
    #expect(!summary.isOverdue(at: TLSIdentities.now))
    #expect(summary.isOverdue(at: TLSIdentities.now + 61 * 86_400))
    #expect(context.revocations.count == 2)
  }

  @Test func `a list that changes is read again, and one that vanishes lets nobody pass`() throws {
    let store = try TLSIdentities.store()
    let folder = try TestFolder()
    let good = try #require(store.revocationPEM(named: "lab-crl"))
    let empty = try #require(store.revocationPEM(named: "lab-crl-empty"))
    let path = try folder.write(empty, to: "live.crl")
    let source = try TLSContextSource(
      Setups.server {
        $0.clientCertificate = .require
        $0.revocations = [.file(path)]
      }, clock: clock)
    let first = try source.current()
    #expect(try source.current() === first)
    #expect(try judged(source, "revoked-client") == 0)

    try folder.write(good, to: "live.crl")
    #expect(try judged(source, "revoked-client") == 23)
    #expect(try judged(source, "client") == 0)

    try folder.remove("live.crl")
    #expect(try judged(source, "client") == 3)
    #expect(source.problem?.code == .revocationUnknown)
    let talk = try talk(source, "client")
    #expect(talk.failure(.server)?.code == .revocationUnknown)
    #expect(talk.failure(.server)?.evidence.subject == path)
    #expect(talk.failure(.server)?.verbatim.contains("\(path): the revocation list is missing") == true)
    #expect(talk.failure(.client)?.code == .clientCertRejected)

    try folder.write(Array("garbage".utf8), to: "live.crl")
    #expect(try judged(source, "client") == 3)
    try folder.write(good, to: "live.crl")
    #expect(try judged(source, "client") == 0)
    #expect(source.problem == nil)
  }

  @Test func `a list runs out while a server lives`() throws {
    let lists = try Setups.revocations("lab-crl")
    let identity = try Setups.identity("client")
    let later: @Sendable () -> Int64 = { TLSIdentities.now + 61 * 86_400 }
    let server = try TLSContext(
      Setups.server {
        $0.clientCertificate = .require
        $0.revocations = lists
      }, clock: later)
    let client = try TLSContext(Setups.client { $0.identity = identity })
    let talk = TLSConversation(client: client, server: server)
    talk.carryAll()
    #expect(talk.verification(.server)?.code == 12)
    #expect(talk.failure(.server)?.evidence.judgedAt == "2026-08-15T12:00:00Z")
  }

  @Test func `a certificate that is being replaced leaves the old one in use, and lists are still watched`()
    throws
  {
    let store = try TLSIdentities.store()
    let folder = try TestFolder()
    let server = try #require(store.identity(named: "server"))
    guard case .memory(let chain, _) = server.certificate, case .memory(let key, _) = server.key else {
      return
    }
    let certificate = try folder.write(chain, to: "server.crt")
    let secret = try folder.write(key, to: "server.key")
    let list = try folder.write(try #require(store.revocationPEM(named: "lab-crl-empty")), to: "live.crl")
    let source = try TLSContextSource(
      Setups.server {
        $0.identity = .files(certificate: certificate, key: secret)
        $0.clientCertificate = .require
        $0.revocations = [.file(list)]
      }, clock: clock)
    try folder.write(Array("half a file".utf8), to: "server.crt")
    try folder.write(try #require(store.revocationPEM(named: "lab-crl")), to: "live.crl")
    #expect(try judged(source, "client") == 0)
    #expect(source.problem?.code == .badPem)
    #expect(try judged(source, "revoked-client") == 23)
    try folder.write(chain, to: "server.crt")
    _ = try source.current()
    #expect(source.problem == nil)
  }

  private func talk(_ source: TLSContextSource, _ name: String) throws -> TLSConversation {
    let identity = try Setups.identity(name)
    let client = try TLSContext(Setups.client { $0.identity = identity })
    let talk = TLSConversation(client: client, server: try source.current())
    talk.carryAll()
    return talk
  }

  private func judged(_ source: TLSContextSource, _ name: String) throws -> Int? {
    try talk(source, name).verification(.server)?.code
  }
}
