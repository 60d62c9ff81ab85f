import LabFacts
import Testing

@testable import LabCatalog

/// Relays, proxies and upgrades as authors write them.
@Suite struct RelayTests {
  /// The small lesson with a third program, `rel`.
  private static func problems(_ relay: String) -> [String] {
    LintTests.problems("\n  cli:", "\n  rel: { \(relay) }\n  cli:")
      .filter { !$0.contains("of the text names") }
  }

  private static func settings(_ actor: String) throws -> ActorSettings {
    var files = Small.files
    files[LintTests.file] = Small.yaml.replacing("\n  cli:", with: "\n  rel: { \(actor) }\n  cli:")
    let (catalog, problems) = Catalog.load(from: .memory(files))
    #expect(problems == [])
    return try #require(catalog.lessons.first?.actor("rel")?.settings)
  }

  @Test func `a relay is read whole`() throws {
    let relay = try #require(
      try Self.settings(
        """
        role: relay, transport: plain, route: dual, timeout_ms: 250, max_connections: 3, hooks: [view, { delay: 5, way: up }, { flip: 2 }],
            to: { tls: srv, http: { actor: srv, transport: tls, trust: [lab-ca], name: netlab.test } }
        """
      ).relay)
    #expect(relay.way == .dual)
    #expect(relay.timeoutMilliseconds == 250)
    #expect(relay.maxConnections == 3)
    #expect(
      relay.hooks == [
        ByteHook(.view), ByteHook(.delay(milliseconds: 5), way: .up), ByteHook(.flipBit(at: 2)),
      ])
    #expect(relay.backends.keys.sorted() == ["http", "tls"])
    #expect(relay.backends["http"]?.settings.name == .name("netlab.test"))
  }

  @Test(arguments: [
    ("refuse: 403", ProxyPolicy.Manners.refuse(code: 403)), ("manners: silence", .silence),
    ("manners: garbage", .garbage), ("manners: no-method", .noMethod), ("manners: hang-up", .hangUp),
    ("timeout_ms: 5", .serve),
  ])
  func `a proxy has manners`(words: String, manners: ProxyPolicy.Manners) throws {
    let settings = try Self.settings(
      "role: relay, transport: plain, route: connect, login: { user: u, password: p }, \(words)")
    #expect(
      settings.relay?.policy
        == ProxyPolicy(manners: manners, credentials: Credentials(user: "u", password: "p")))
  }

  @Test(arguments: [
    ("role: relay, transport: plain, route: sockz", "Did you mean `socks`?"),
    ("role: relay, transport: plain, rout: socks", "`rout` is no key of an actor."),
    ("role: relay, transport: plain", "needs `route`"),
    ("role: relay, transport: plain, route: fixed", "needs `to`"),
    ("role: relay, transport: plain, route: socks, to: srv", "takes nobody to a server of its own"),
    ("role: relay, transport: plain, route: starttls, to: srv", "needs `protocol`"),
    (
      "role: relay, transport: plain, route: dual, to: { ftp: srv }",
      "`ftp` is nothing a client can begin with"
    ),
    ("role: relay, transport: plain, route: fixed, to: serv", "There is no program `serv`"),
    ("role: relay, transport: plain, route: fixed, to: cli", "`cli` is a client: nobody can connect to it"),
    (
      "role: relay, transport: plain, route: fixed, to: { actor: srv, trust: [lab-cb] }",
      "There is no identity `lab-cb`"
    ),
    ("role: relay, transport: plain, route: fixed, to: srv, hooks: [rot31]", "`rot31`"),
    ("role: relay, transport: tls, route: fixed, to: srv", "shows no identity"),
    ("role: server, kind: echo, transport: plain, route: socks", "`route` is a setting of a relay"),
    (
      "role: client, transport: plain, connect: srv, via: { proxy: srv, speak: socks6 }",
      "Did you mean `socks"
    ),
    (
      "role: client, transport: plain, connect: srv, via: { proxy: nobody, speak: socks5 }",
      "There is no program `nobody`"
    ),
    (
      "role: client, transport: plain, connect: srv, network: udp", "`rel` can't speak UDP"
    ),
    (
      "role: client, transport: plain, connect: srv, accept_mode: blocking",
      "`accept_mode` means nothing for a client"
    ),
    ("role: server, kind: echo, transport: plain, accept_mode: blockng", "Did you mean `blocking`?"),
    (
      "role: server, kind: echo, transport: tls, identity: server, tls: { sni_identities: { a.test: nobody } }",
      "There is no identity `nobody`"
    ),
    (
      "role: server, kind: echo, transport: tls, identity: server, tls: { ignore_verify: [900] }",
      "must lie between"
    ),
  ])
  func `a mistake is told where it is made`(actor: String, complaint: String) {
    let problems = Self.problems(actor)
    #expect(problems.contains { $0.contains(complaint) }, "\(problems)")
  }

  @Test func `set changes what it names and keeps the rest`() throws {
    let settings = try Self.settings(
      """
      role: client, transport: tls, connect: srv, starttls: imap, trust: [lab-ca], name: netlab.test,
          via: { proxy: srv, speak: socks5h }, clear_after_tls: true, tls: { resume: true, crl: [lab-crl] }
      """)
    var change = ActorSettings()
    change.tls.ignoredVerifyErrors = [10]
    change.starttls = .smtp
    let merged = settings.merged(with: change)
    #expect(merged.starttls == .smtp)
    #expect(merged.via == ViaSetting(proxy: "srv", language: .socks5h))
    #expect(merged.clearAfterTLS == true)
    #expect(merged.tls.resumes == true)
    #expect(merged.tls.revocations == ["lab-crl"])
    #expect(merged.tls.ignoredVerifyErrors == [10])
  }

  @Test(arguments: [
    ("start_tls: { at: cli, as: client, trust: [lab-cb] }", "There is no identity `lab-cb`"),
    ("start_tls: { at: cly, as: client }", "There is no program `cly`"),
    ("start_tls: { at: cli }", "needs `as`"),
    ("stop_tls: cly", "There is no program `cly`"),
    ("hooks: { relay: rell, do: [] }", "There is no program `rell`"),
    ("hookz: { relay: srv, do: [] }", "`hookz` is no key of an action"),
  ])
  func `a mistake in an action is told too`(action: String, complaint: String) {
    let problems = LintTests.problems("- send: { from: cli, text: \"Herbert\" }", "- \(action)")
    #expect(problems.contains { $0.contains(complaint) }, "\(problems)")
  }
}
