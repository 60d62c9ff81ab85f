import LabCore
import LabFacts
import LabTesting
import Testing

/// Relays that find out where to go: dual, IMAP, and the lab's own proxies.
struct RelayRouteTests {
  // MARK: Dual

  @Test func `each client of one port gets the service it means, and a silent one delays nobody`()
    async throws
  {
    try await withBench { bench in
      let web = try await bench.server("web", ListenOrder(transport: .plain, kind: .greet, reply: "web"))
      let shell = try await bench.server(
        "shell", ListenOrder(transport: .plain, kind: .greet, reply: "shell"))
      let other = try await bench.server(
        "other", ListenOrder(transport: .plain, kind: .greet, reply: "other"))
      let mail = try await bench.server(
        "mail", ListenOrder(transport: .plain, kind: .greet, banner: "220 mail\r\n"))
      func to(_ endpoint: Endpoint) -> ConnectOrder { ConnectOrder(to: endpoint, transport: .plain) }
      let relay = try await bench.relay(
        "rel", .plain,
        .dual(
          DualRoute(
            http: to(web), ssh: to(shell), clientFirst: to(other), serverFirst: to(mail),
            timeoutMilliseconds: 4000)))
      let silent = try await RawPeer.connect(to: relay)
      for (first, answer) in [("GET / HTTP/1.1\r\n\r\n", "web"), ("SSH-2.0-x\r\n", "shell"), ("hi", "other")]
      {
        let peer = try await RawPeer.connect(to: relay)
        try await peer.send(Array(first.utf8))
        #expect(try await peer.receive(answer.utf8.count) == Array(answer.utf8))
      }
      // All of them were served while the silent one was still waited for.
      #expect(await bench.now.newestEnd(of: "mail") == nil)
      #expect(try await silent.receive(10) == Array("220 mail\r\n".utf8))
    }
  }

  // MARK: IMAP

  @Test func `greeting and login reply of an IMAP server in one segment are two lines`() async throws {
    try await withBench { bench in
      let (listener, endpoint) = try RawPeer.listen()
      let relay = try await bench.relay(
        "rel", .plain,
        .imap(
          ImapRoute(users: ["alice": ConnectOrder(to: endpoint, transport: .plain)], offersStartTLS: false)))
      let client = try await RawPeer.connect(to: relay)
      #expect(try await client.line().contains("IMAP"))
      try await client.send(Array("A.1 LOGIN alice secret\r\n".utf8))
      let backend = try await listener.accept()
      try await backend.send(Array("* OK hello\r\nA.1 OK done\r\n* 1 EXISTS\r\n".utf8))
      #expect(try await client.line() == "A.1 OK done\r\n")
      #expect(try await client.line() == "* 1 EXISTS\r\n")
      #expect(try await backend.line() == "A.1 LOGIN \"alice\" \"secret\"\r\n")
      let facts = await bench.allFacts.filter { if case .dialogue = $0.fact { true } else { false } }
      #expect(!facts.isEmpty)
      #expect(!facts.contains { String(describing: $0.fact).contains("secret") })
    }
  }

  @Test func `a client keeps its connection when its server can't be reached, and tries another user`()
    async throws
  {
    try await withBench { bench in
      let good = try await bench.server("good", ListenOrder(transport: .plain, kind: .imap))
      let gone = try await bench.server("gone", .plain)
      await bench.perform(.stopListening("gone"))
      try await bench.wait("gone stopped") { $0.servers["gone"]?.listening == nil }
      let echo = try await bench.server("echo", .plain)
      func to(_ endpoint: Endpoint) -> ConnectOrder { ConnectOrder(to: endpoint, transport: .plain) }
      let nowhere = to(Endpoint("not.existing.invalid", 143))
      let relay = try await bench.relay(
        "rel", .plain,
        .imap(
          ImapRoute(
            users: ["alice": to(gone), "bob": to(good), "carol": nowhere, "eve": to(echo)],
            offersStartTLS: false)))
      let client = try await RawPeer.connect(to: relay)
      _ = try await client.line()
      try await client.send(Array("a LOGIN alice x\r\n".utf8))
      #expect(try await client.line().hasPrefix("a NO [UNAVAILABLE]"))
      try await client.send(Array("b LOGIN carol x\r\n".utf8))
      #expect(try await client.line().hasPrefix("b NO [UNAVAILABLE]"))
      try await client.send(Array("c LOGIN nobody x\r\n".utf8))
      #expect(try await client.line().hasPrefix("c NO [AUTHENTICATIONFAILED]"))
      try await client.send(Array("d LOGIN bob x\r\n".utf8))
      #expect(try await client.line().hasPrefix("d OK"))
      try await client.send(Array("e LOGOUT\r\n".utf8))
      #expect(try await client.line().hasPrefix("* BYE"))
      let codes = await bench.now.failures.elements.map(\.failure.code)
      #expect(codes.contains(.refused))
      #expect(codes.contains(.dnsNameUnknown) || codes.contains(.dnsTemporary))
    }
  }

  @Test func `a user may log in behind STARTTLS, through a relay to TLS`() async throws {
    try await withBench { bench in
      let server = try await bench.server(
        "srv", ListenOrder(transport: .tls, kind: .imap, tls: TLSOptions(identity: "server")))
      let relay = try await bench.relay(
        "rel", ListenOrder(transport: .plain, kind: .discard, tls: TLSOptions(identity: "server")),
        .imap(
          ImapRoute(others: ConnectOrder(to: server, transport: .tls, tls: .client), requiresTLS: true)))
      let client = EndID("cli", 1)
      await bench.perform(
        .connect(client, ConnectOrder(to: relay, starttls: .imap, transport: .plain, tls: .client)))
      try await bench.wait("TLS is up") { $0.ends[client]?.tls.established != nil }
      await bench.perform(.send(client, Array("x LOGIN bob y\r\n".utf8)))
      let state = try await bench.wait("the login is answered") {
        $0.ends[client]?.dataReceived.text.contains("x OK") == true
      }
      #expect(state.newestEnd(of: "rel-out")?.tls.established != nil)
    }
  }

  // MARK: The lab's proxies

  struct Refusal: CustomTestStringConvertible, Sendable {
    let language: ProxyOrder.Language
    let policy: ProxyPolicy
    let code: FailureCode
    var number: Int?
    var server: FailureCode?
    var testDescription: String {
      "\(language) \(policy.manners) \(policy.credentials == nil ? "" : "login")"
    }
  }

  private static let login = ProxyPolicy(credentials: Credentials(user: "u", password: "p"))

  @Test(arguments: [
    Refusal(
      language: .connect, policy: ProxyPolicy(manners: .refuse(code: 403)), code: .proxyDenied, number: 403,
      server: .proxyDenied),
    Refusal(
      language: .connect, policy: ProxyPolicy(manners: .refuse(code: 502)), code: .proxyUpstreamFailed,
      number: 502, server: .proxyUpstreamFailed),
    Refusal(language: .connect, policy: login, code: .proxyAuth, number: 407, server: .proxyAuth),
    Refusal(language: .connect, policy: ProxyPolicy(manners: .garbage), code: .httpMalformed),
    Refusal(language: .connect, policy: ProxyPolicy(manners: .hangUp), code: .emptyReply),
    Refusal(language: .connect, policy: ProxyPolicy(manners: .silence), code: .timeout),
    Refusal(
      language: .socks5, policy: ProxyPolicy(manners: .refuse(code: 2)), code: .socksNotAllowed, number: 2,
      server: .socksNotAllowed),
    Refusal(
      language: .socks5h, policy: ProxyPolicy(manners: .refuse(code: 5)), code: .socksTargetFailed, number: 5,
      server: .socksTargetFailed),
    Refusal(language: .socks5, policy: ProxyPolicy(manners: .noMethod), code: .socksAuth, server: .socksAuth),
    Refusal(language: .socks5, policy: login, code: .socksAuth, server: .socksAuth),
    Refusal(language: .socks5, policy: ProxyPolicy(manners: .garbage), code: .socksWrongProtocol),
    Refusal(language: .socks5, policy: ProxyPolicy(manners: .hangUp), code: .socksWrongProtocol),
    Refusal(language: .socks5, policy: ProxyPolicy(manners: .silence), code: .timeout),
    Refusal(
      language: .socks4, policy: ProxyPolicy(manners: .refuse(code: 91)), code: .socksNotAllowed, number: 91,
      server: .socksNotAllowed),
  ])
  func `a proxy of the lab refuses, and both ends know how`(refusal: Refusal) async throws {
    try await withBench { bench in
      let isHTTP = refusal.language == .connect
      let proxy = try await bench.relay(
        "proxy", .plain, isHTTP ? .connect(refusal.policy) : .socks(refusal.policy))
      var order = ConnectOrder(to: Endpoint("127.0.0.1", 9), transport: .plain)
      if refusal.policy.manners == .silence { order.handshakeDeadlineMilliseconds = 60 }
      order.via = ProxyOrder(language: refusal.language, at: proxy)
      await bench.perform(.connect(EndID("cli", 1), order))
      let state = try await bench.wait("both are over") { lab in
        lab.newestEnd(of: "cli")?.isOver == true && lab.newestEnd(of: "proxy")?.isOver == true
      }
      let failure = try #require(state.newestEnd(of: "cli")?.failures.first)
      #expect(failure.code == refusal.code)
      #expect(failure.phase == .proxy)
      #expect((isHTTP ? failure.evidence.httpStatus : failure.evidence.socksReply) == refusal.number)
      #expect(state.newestEnd(of: "proxy")?.failures.first?.code == refusal.server)
      #expect(state.newestEnd(of: "proxy-out") == nil)
    }
  }

  @Test(arguments: [ProxyOrder.Language.connect, .socks5h])
  func `a target that refuses is told of by the proxy`(language: ProxyOrder.Language) async throws {
    try await withBench { bench in
      let gone = try await bench.server("gone", .plain)
      await bench.perform(.stopListening("gone"))
      try await bench.wait("gone stopped") { $0.servers["gone"]?.listening == nil }
      let proxy = try await bench.relay(
        "proxy", .plain, language == .connect ? .connect(ProxyPolicy()) : .socks(ProxyPolicy()))
      var order = ConnectOrder(to: gone, transport: .plain)
      order.via = ProxyOrder(language: language, at: proxy)
      await bench.perform(.connect(EndID("cli", 1), order))
      let state = try await bench.wait("the client is over") { $0.newestEnd(of: "cli")?.isOver == true }
      let failure = try #require(state.newestEnd(of: "cli")?.failures.first)
      #expect(failure.code == (language == .connect ? .proxyUpstreamFailed : .socksTargetFailed))
      #expect(failure.evidence.httpStatus == (language == .connect ? 502 : nil))
      #expect(failure.evidence.socksReply == (language == .connect ? nil : 5))
      #expect(state.newestEnd(of: "proxy-out")?.failures.first?.code == .refused)
    }
  }
}

extension RawPeer {
  /// One line with its end.
  func line() async throws -> String {
    var line: [UInt8] = []
    while line.last != 0x0a {
      let byte = try await receive(1)
      if byte.isEmpty { break }
      line += byte
    }
    return String(decoding: line, as: UTF8.self)
  }
}
