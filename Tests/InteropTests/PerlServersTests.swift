import LabCore
import LabFacts
import LabTesting
import LabTLS
import Testing

/// Net::Server, POE::Filter::SSL and Net::Proxy: the systems of the source documents, as they are packaged today.
@Suite(.serialized, .timeLimit(.minutes(5))) struct PerlServersTests {
  private func files(_ meeting: Meeting) -> [String] {
    ["--cert", meeting.pki.path("server.crt"), "--key", meeting.pki.path("server.key")]
  }

  @Test(
    .enabled(if: Installed.perl("Net::Server"), "Net::Server is not installed; CI requires it"),
    arguments: [Transport.tls, .plain])
  func `our client at both ports of a Net::Server`(transport: Transport) async throws {
    try await Meeting.run { meeting in
      let peer = try Peer.script("net_server.pl", files(meeting))
      let ports = try await peer.ports()
      try #require(ports.count == 2)
      await meeting.connect(transport == .tls ? ports[0] : ports[1], transport)
      let end = try await meeting.exchange("Herbert\n", for: "Net::Server Herbert\n")
      #expect(end.failures == [])
      #expect((end.tls.established != nil) == (transport == .tls))
      await peer.end()
    }
  }

  @Test(.enabled(if: Installed.perl("POE::Filter::SSL"), "POE::Filter::SSL is not installed; CI requires it"))
  func `our client at a POE server`() async throws {
    try await Meeting.run { meeting in
      let peer = try Peer.script("poe_server.pl", files(meeting))
      await meeting.connect(try await peer.port())
      let end = try await meeting.exchange("Herbert", for: "Herbert")
      #expect(end.failures == [])
      await peer.end()
    }
  }

  /// It asks for certificates under TLS 1.2 alone, and takes everybody: its application judges.
  @Test(
    .enabled(if: Installed.perl("POE::Filter::SSL"), "POE::Filter::SSL is not installed; CI requires it"),
    arguments: [("client", "valid"), ("client-expired", "unknown"), (nil, "unknown")] as [(String?, String)])
  func `our client certificates at a POE server`(identity: String?, verdict: String) async throws {
    try await Meeting.run { meeting in
      let peer = try Peer.script("poe_server.pl", files(meeting) + ["--ca", meeting.pki.path("lab-ca.crt")])
      var options = Meeting.only(.tls12, Meeting.trusting)
      options.identity = identity
      await meeting.connect(try await peer.port(), .tls, options)
      let end = try await meeting.exchange("Herbert", for: "\(verdict) Herbert")
      #expect(end.failures == [])
      await peer.end()
    }
  }

  @Test(.enabled(if: Installed.perl("POE::Filter::SSL"), "POE::Filter::SSL is not installed; CI requires it"))
  func `a POE client at our server`() async throws {
    try await Meeting.run { meeting in
      let port = try await meeting.listen(ListenOrder(transport: .tls, kind: .greet, tls: Meeting.server))
      let said = try await Peer.runScript("poe_client.pl", ["--port", "\(port)", "--sni", "netlab.test"]).said
      #expect(said.hasPrefix("heard Hey Herbert!"))
      let end = try await meeting.over()
      #expect(end.dataReceived.kept == Array("Herbert".utf8))
      // It hangs up without close_notify.
      #expect(end.failures.map(\.code).allSatisfy { $0 == .eofWithoutCloseNotify })
    }
  }

  // MARK: Net::Proxy

  enum Way: String, CaseIterable, Sendable {
    case tcpToTCP, sslToTCP, tcpToSSL
  }

  @Test(
    .enabled(if: Installed.perl("Net::Proxy"), "Net::Proxy is not installed; CI requires it"),
    arguments: Way.allCases)
  func `Net::Proxy between our client and our server`(way: Way) async throws {
    try await Meeting.run { meeting in
      let behind: Transport = way == .tcpToSSL ? .tls : .plain
      // Behind its TLS client a session ticket of TLS 1.3 can stop its whole loop.
      let tls = way == .tcpToSSL ? Meeting.only(.tls12, Meeting.server) : Meeting.server
      let port = try await meeting.listen(ListenOrder(transport: behind, kind: .echo, tls: tls))
      var arguments = ["--to", "\(port)"]
      if way == .sslToTCP { arguments += ["--in", "ssl"] + files(meeting) }
      if way == .tcpToSSL { arguments += ["--out", "ssl"] }
      let peer = try Peer.script("net_proxy.pl", arguments)
      await meeting.connect(try await peer.port(), way == .sslToTCP ? .tls : .plain)
      let end = try await meeting.exchange("Herbert", for: "Herbert")
      #expect(end.failures == [])
      let other = try await meeting.over()
      #expect(other.dataReceived.kept == Array("Herbert".utf8))
      await peer.end()
    }
  }

  /// A relay of ours in front of theirs, and theirs behind ours: bytes pass both.
  @Test(.enabled(if: Installed.perl("Net::Proxy"), "Net::Proxy is not installed; CI requires it"))
  func `our relay in front of Net::Proxy`() async throws {
    try await Meeting.run { meeting in
      let port = try await meeting.listen(ListenOrder(transport: .plain, kind: .echo))
      let peer = try Peer.script("net_proxy.pl", ["--in", "ssl", "--to", "\(port)"] + files(meeting))
      let backend = ConnectOrder(
        to: Endpoint("127.0.0.1", try await peer.port()), transport: .tls, tls: Meeting.trusting)
      let front = try await meeting.relay(
        RelayOrder(
          listen: ListenOrder(transport: .tls, kind: .discard, tls: Meeting.server), route: .fixed(backend)))
      await meeting.connect(front)
      let end = try await meeting.exchange("Herbert", for: "Herbert")
      #expect(end.failures == [])
      await peer.end()
    }
  }

  @Test(
    .enabled(if: Installed.perl("Net::Proxy"), "Net::Proxy is not installed; CI requires it"))
  func `Net::Proxy asks our CONNECT proxy`() async throws {
    try await Meeting.run { meeting in
      let port = try await meeting.listen(ListenOrder(transport: .plain, kind: .echo))
      let proxy = try await meeting.relay(
        RelayOrder(listen: ListenOrder(transport: .plain, kind: .discard), route: .connect(ProxyPolicy())))
      let peer = try Peer.script(
        "net_proxy.pl", ["--out", "connect", "--to", "\(port)", "--proxy", "\(proxy)"])
      await meeting.connect(try await peer.port(), .plain)
      let end = try await meeting.exchange("Herbert", for: "Herbert")
      #expect(end.failures == [])
      await peer.end()
    }
  }
}
