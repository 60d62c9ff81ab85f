import LabCore
import LabFacts
import LabTesting
import LabTLS
import Testing

/// SOCKS and CONNECT with other people's clients and proxies.
@Suite(.serialized, .timeLimit(.minutes(5))) struct ProxyPeersTests {
  static let alice = Credentials(user: "alice", password: "secret")

  /// A proxy of ours, and a TLS page or an echo behind it.
  private func proxy(_ meeting: Meeting, _ route: Route) async throws -> Int {
    try await meeting.relay(RelayOrder(listen: ListenOrder(transport: .plain, kind: .discard), route: route))
  }

  private func page(_ meeting: Meeting) async throws -> Int {
    try await meeting.listen(ListenOrder(transport: .tls, kind: .http, tls: Meeting.server))
  }

  private func curl(_ meeting: Meeting, _ arguments: [String], _ port: Int) async throws -> (
    said: String, status: Int32
  ) {
    try await Peer.run(
      "curl",
      ["-sS", "-4", "--max-time", "20", "--noproxy", "", "--cacert", meeting.pki.path("lab-ca.crt")]
        + arguments
        + ["https://localhost:\(port)/"])
  }

  @Test(arguments: ["socks4", "socks4a", "socks5", "socks5h"])
  func `curl goes through our SOCKS proxy`(language: String) async throws {
    try await Meeting.run { meeting in
      let port = try await page(meeting)
      let proxy = try await proxy(meeting, .socks(ProxyPolicy()))
      let answer = try await curl(meeting, ["--proxy", "\(language)://127.0.0.1:\(proxy)"], port)
      #expect(answer.status == 0)
      #expect(answer.said.contains("Hi, you fetched /"))
    }
  }

  @Test func `curl goes through our CONNECT proxy`() async throws {
    try await Meeting.run { meeting in
      let port = try await page(meeting)
      let proxy = try await proxy(meeting, .connect(ProxyPolicy()))
      let answer = try await curl(meeting, ["--proxy", "http://127.0.0.1:\(proxy)"], port)
      #expect(answer.status == 0)
      #expect(answer.said.contains("Hi, you fetched /"))
    }
  }

  @Test(
    arguments: ["socks5h", "http"],
    [("alice:secret", true), ("alice:wrong", false), (nil, false)] as [(String?, Bool)])
  func `curl logs in at our proxy, or is refused`(language: String, login: (words: String?, isGood: Bool))
    async throws
  {
    try await Meeting.run { meeting in
      let port = try await page(meeting)
      let policy = ProxyPolicy(credentials: ProxyPeersTests.alice)
      let proxy = try await proxy(meeting, language == "http" ? .connect(policy) : .socks(policy))
      let user = login.words.map { ["--proxy-user", $0] } ?? []
      let answer = try await curl(meeting, ["--proxy", "\(language)://127.0.0.1:\(proxy)"] + user, port)
      if login.isGood {
        #expect(answer.status == 0)
      } else {
        // 97: the proxy's handshake; 56: a CONNECT that was refused.
        #expect(answer.status == (language == "http" ? 56 : 97))
        if language == "http" { #expect(answer.said.contains("407")) }
      }
      #expect(await meeting.bench.now.ends[Meeting.ours] == nil || login.isGood)
    }
  }

  @Test(
    .enabled(if: Installed.perl("IO::Socket::Socks"), "IO::Socket::Socks is not installed; CI requires it"),
    arguments: ["4", "4a", "5", "5h"])
  func `IO::Socket::Socks goes through our proxy`(version: String) async throws {
    try await Meeting.run { meeting in
      let port = try await meeting.listen(ListenOrder(transport: .plain, kind: .echo))
      let proxy = try await proxy(meeting, .socks(ProxyPolicy()))
      let host = version == "4a" || version == "5h" ? "localhost" : "127.0.0.1"
      let answer = try await Peer.runScript(
        "socks_client.pl",
        ["--proxy", "\(proxy)", "--to", "\(port)", "--host", host, "--version", version])
      #expect(answer.said == "heard Herbert\n\n")
      #expect(try await meeting.over().failures == [])
    }
  }

  /// The numbers are the replies of RFC 1928 section 6 and of SOCKS 4.
  @Test(
    .enabled(if: Installed.perl("IO::Socket::Socks"), "IO::Socket::Socks is not installed; CI requires it"),
    arguments: [("5", 5), ("4", 91)])
  func `IO::Socket::Socks hears that nobody listens`(version: String, reply: Int) async throws {
    try await Meeting.run { meeting in
      let port = try await meeting.listen(ListenOrder(transport: .plain, kind: .echo))
      await meeting.bench.perform(.stopListening("srv"))
      try await meeting.bench.wait("nobody listens") { $0.servers["srv"]?.listening == nil }
      let proxy = try await proxy(meeting, .socks(ProxyPolicy()))
      let answer = try await Peer.runScript(
        "socks_client.pl", ["--proxy", "\(proxy)", "--to", "\(port)", "--version", version])
      #expect(answer.said == "refused \(reply)\n")
    }
  }

  @Test(
    .enabled(if: Installed.perl("IO::Socket::Socks"), "IO::Socket::Socks is not installed; CI requires it"),
    arguments: [
      (ProxyOrder.Language.socks4, 4), (.socks4a, 4), (.socks5, 5), (.socks5h, 5),
    ])
  func `our client goes through a proxy of IO::Socket::Socks`(language: ProxyOrder.Language, version: Int)
    async throws
  {
    try await Meeting.run { meeting in
      let port = try await meeting.listen(ListenOrder(transport: .tls, kind: .echo, tls: Meeting.server))
      let peer = try Peer.script("socks_server.pl", ["--version", "\(version)"])
      let via = ProxyOrder(language: language, at: Endpoint("127.0.0.1", try await peer.port()))
      await meeting.connect(
        ConnectOrder(to: Endpoint("localhost", port), via: via, transport: .tls, tls: Meeting.trusting))
      let end = try await meeting.exchange("Herbert", for: "Herbert")
      #expect(end.failures == [])
      let asked = language == .socks4a || language == .socks5h ? "localhost" : "127.0.0.1"
      #expect(await peer.finish().said.contains("asked \(asked) \(port)"))
    }
  }

  @Test(
    .enabled(if: Installed.perl("IO::Socket::Socks"), "IO::Socket::Socks is not installed; CI requires it"),
    arguments: ["secret", "wrong"])
  func `our client logs in at a proxy of IO::Socket::Socks`(password: String) async throws {
    try await Meeting.run { meeting in
      let port = try await meeting.listen(ListenOrder(transport: .plain, kind: .echo))
      let peer = try Peer.script("socks_server.pl", ["--user", "alice", "--password", "secret"])
      let via = ProxyOrder(
        language: .socks5h, at: Endpoint("127.0.0.1", try await peer.port()),
        credentials: Credentials(user: "alice", password: password))
      await meeting.connect(ConnectOrder(to: Endpoint("localhost", port), via: via, transport: .plain))
      if password == "secret" {
        #expect(try await meeting.exchange("Herbert", for: "Herbert").failures == [])
      } else {
        let end = try await meeting.over(Meeting.client)
        #expect(end.failures.first?.code == .socksAuth)
        #expect(end.failures.first?.layer == .proxy)
      }
    }
  }

  @Test(
    .enabled(if: Installed.program("ncat"), "ncat is not installed; CI requires it"),
    arguments: ["socks4", "socks5", "http"])
  func `ncat goes through our proxy`(language: String) async throws {
    try await Meeting.run { meeting in
      let port = try await meeting.listen(ListenOrder(transport: .plain, kind: .greet))
      let proxy = try await proxy(
        meeting, language == "http" ? .connect(ProxyPolicy()) : .socks(ProxyPolicy()))
      let peer = try Peer(
        "ncat", ["--proxy", "127.0.0.1:\(proxy)", "--proxy-type", language, "127.0.0.1", "\(port)"])
      await peer.say("Sabine\n")
      #expect(await peer.read(until: "Hey Sabine!").contains("Hey Sabine!"))
      await peer.endInput()
      _ = try await meeting.over()
      await peer.end()
    }
  }
}
