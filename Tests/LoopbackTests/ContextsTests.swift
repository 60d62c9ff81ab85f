import LabFacts
import LabNet
import LabTLS
import LabTesting
import Testing

/// Names become contexts: no socket is opened here.
struct ContextsTests {
  private func contexts(_ materials: Materials = Materials()) throws -> Contexts {
    Contexts(pki: try TLSIdentities.store(), materials: materials) { TLSIdentities.now }
  }

  @Test(arguments: [
    (TLSOptions(identity: "sever"), "there is no identity named sever. Did you mean server?"),
    (
      TLSOptions(identity: "server", trust: ["lab-cb"]),
      "there is no trusted certificate named lab-cb. Did you mean lab-ca?"
    ),
    (
      TLSOptions(identity: "server", revocations: ["lab-clr"]),
      "there is no revocation list named lab-clr. Did you mean lab-crl?"
    ),
    (
      TLSOptions(identity: "server", dhParameters: "aut"),
      "there is no set of DH parameters named aut. Did you mean auto?"
    ),
    (
      TLSOptions(identity: "server", identitiesByName: ["a.test": "othr"]),
      "there is no identity named othr. Did you mean other?"
    ),
    (TLSOptions(identity: "\u{1b}[2J"), "there is no identity named \\x1b[2J."),
  ])
  func `a name nobody knows is a failure that names the nearest`(options: TLSOptions, sentence: String) throws
  {
    let contexts = try contexts()
    let failure = #expect(throws: Failure.self) { try contexts.make(.server, options) }
    #expect(failure?.phase == .setup)
    #expect(failure?.verbatim == [sentence])
  }

  @Test func `names from outside come before those of the lab`() throws {
    let store = try TLSIdentities.store()
    let other = try #require(store.identity(named: "other"))
    let anchor = try #require(store.anchor(named: "stranger-ca"))
    let list = try #require(store.revocations(named: "lab-crl-empty"))
    let contexts = try contexts(
      Materials(
        identities: ["server": other], trust: ["lab-ca": anchor], revocations: ["lab-crl": list]))
    let setup = try contexts.setup(
      .server, TLSOptions(identity: "server", trust: ["lab-ca"], revocations: ["lab-crl"]))
    #expect(setup.identity == other)
    #expect(setup.trust == TrustSource([anchor]))
    #expect(setup.revocations == [list])
  }

  @Test func `every option reaches the setup`() throws {
    let setup = try contexts().setup(
      .server,
      TLSOptions(
        identity: "server", trust: ["lab-ca"], ciphers: "ECDHE+AESGCM", serverPreference: false,
        clientCertificate: .ask, verifyDepth: 3, revocations: ["lab-crl"], dhParameters: "auto",
        ignoredVerifyErrors: [9, 10], identitiesByName: ["other.test": "other"], refusesUnknownNames: true,
        resumes: true, tickets: 1, trustsSystem: true))
    #expect(setup.verifyDepth == 3)
    #expect(setup.dhParameters == .auto)
    #expect(setup.ignoredVerifyErrors == [9, 10])
    #expect(setup.identitiesByName.keys.sorted() == ["other.test"])
    #expect(setup.refusesUnknownNames && setup.resumes && !setup.serverPreference)
    #expect(setup.tickets == 1)
    #expect(setup.trust.systemStore)
    #expect(setup.clientCertificate == .ask)
    #expect(setup.date == TLSIdentities.now)
  }

  @Test func `equal options share a context, and with it their sessions`() throws {
    let shelf = ContextShelf(try contexts())
    let options = TLSOptions(trust: ["lab-ca"], expectedName: "netlab.test", resumes: true)
    let first = try shelf.context(.client, options)
    #expect(try shelf.context(.client, options) === first)
    #expect(try shelf.context(.server, options) !== first)
    #expect(try shelf.context(.client, TLSOptions()) !== first)
    let server = try shelf.context(.server, TLSOptions(identity: "server"))
    for isResumed in [false, true] {
      let talk = TLSConversation(client: try shelf.context(.client, options), server: server)
      talk.carryAll()
      #expect(talk.client.negotiated?.resumed == isResumed)
      talk.closeNotify(from: .client)
      talk.carryAll()
    }
    shelf.forgetAll()
    #expect(try shelf.context(.client, options) !== first)
  }
}
