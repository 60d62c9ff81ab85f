import LabCore
import LabFacts
import LabTesting
import LabTLS
import Testing

/// Python, socat, ncat and gnutls-cli with our servers and clients.
@Suite(.serialized, .timeLimit(.minutes(5))) struct CommandPeersTests {
  static let versions = [TLSVersion.tls12, .tls13]
  private let echo = ListenOrder(transport: .tls, kind: .echo, tls: Meeting.server)

  @Test(
    .enabled(if: Installed.program("python3"), "python3 is not installed; CI requires it"),
    arguments: versions)
  func `Python's client echoes and says goodbye`(version: TLSVersion) async throws {
    try await Meeting.run { meeting in
      let port = try await meeting.listen(echo)
      let said = try await Peer.runScript(
        "tls_peer.py",
        ["echo", "--port", "\(port)", "--ca", meeting.pki.path("lab-ca.crt"), "--version", version.rawValue]
      ).said
      #expect(said == "up TLSv\(version.rawValue)\nheard Herbert\ndone\n")
      let end = try await meeting.over()
      #expect(end.failures == [])
      #expect(end.closing?.manner == .clean)
    }
  }

  @Test(
    .enabled(if: Installed.program("python3"), "python3 is not installed; CI requires it"),
    arguments: [("expired", "netlab.test", 10), ("server", "other.test", 62)])
  func `Python's client refuses, and both ends know why`(identity: String, name: String, code: Int)
    async throws
  {
    try await Meeting.run { meeting in
      var order = echo
      order.tls?.identity = identity
      let port = try await meeting.listen(order)
      let said = try await Peer.runScript(
        "tls_peer.py", ["echo", "--port", "\(port)", "--ca", meeting.pki.path("lab-ca.crt"), "--name", name]
      ).said
      #expect(said == "unverified \(code)\n")
      let failure = try #require(try await meeting.over().failures.first)
      #expect(failure.code == .peerRejectedCert)
      #expect(failure.evidence.alert?.number == (code == 10 ? 45 : 42))
    }
  }

  @Test(
    .enabled(if: Installed.program("socat"), "socat is not installed; CI requires it"), arguments: versions)
  func `socat pipes a mebibyte through our echo, and ends its direction first`(version: TLSVersion)
    async throws
  {
    try await Meeting.run { meeting in
      let port = try await meeting.listen(Self.only(version, echo))
      let address =
        "OPENSSL:127.0.0.1:\(port),cafile=\(meeting.pki.path("lab-ca.crt")),commonname=netlab.test,snihost=netlab.test"
      let words = String(repeating: "0123456789abcde\n", count: 65_536)
      let answer = try await Peer.run("socat", ["-t", "20", "STDIO", address], input: words)
      #expect(answer.said == words)
      let end = try await meeting.over()
      #expect(end.closing?.traffic.dataReceived == 1_048_576)
      #expect(end.closing?.traffic.dataSent == 1_048_576)
    }
  }

  @Test(.enabled(if: Installed.program("socat"), "socat is not installed; CI requires it"))
  func `our client talks to a socat server, by TLS and by a socket file`() async throws {
    try await Meeting.run { meeting in
      let path = meeting.pki.path("echo.sock")
      let peer = try Peer("socat", ["-d", "-d", "UNIX-LISTEN:\(path)", "EXEC:cat"])
      _ = await peer.read(until: "listening on")
      await meeting.connect(ConnectOrder(network: .unix, to: .unix(path), transport: .plain))
      let end = try await meeting.exchange("Herbert", for: "Herbert")
      #expect(end.failures == [])
      _ = await peer.finish()
    }
  }

  @Test(.enabled(if: Installed.program("socat"), "socat is not installed; CI requires it"))
  func `socat talks to our socket file`() async throws {
    try await Meeting.run { meeting in
      let path = meeting.pki.path("greet.sock")
      await meeting.bench.perform(
        .listen("srv", ListenOrder(network: .unix, host: path, transport: .plain, kind: .greet)))
      try await meeting.bench.wait("srv listens") { $0.servers["srv"]?.listening != nil }
      let answer = try await Peer.run(
        "socat", ["-t", "20", "STDIO", "UNIX-CONNECT:\(path)"], input: "Sabine\n")
      #expect(answer.said == "Hey Sabine!\n")
    }
  }

  @Test(.enabled(if: Installed.program("socat"), "socat is not installed; CI requires it"))
  func `socat sends datagrams to our UDP server`() async throws {
    try await Meeting.run { meeting in
      let port = try await meeting.listen(ListenOrder(network: .udp, transport: .plain, kind: .echo))
      let peer = try Peer("socat", ["STDIO", "UDP4:127.0.0.1:\(port)"])
      await peer.say("Sabine\n")
      #expect(await peer.read(until: "Sabine").contains("Sabine"))
      await peer.end()
    }
  }

  @Test(.enabled(if: Installed.program("ncat"), "ncat is not installed; CI requires it"))
  func `ncat verifies our server`() async throws {
    try await Meeting.run { meeting in
      let port = try await meeting.listen(ListenOrder(transport: .tls, kind: .greet, tls: Meeting.server))
      let peer = try Peer(
        "ncat",
        ["--ssl-verify", "--ssl-trustfile", meeting.pki.path("lab-ca.crt"), "localhost", "\(port)", "-4"])
      await peer.say("Sabine\n")
      #expect(await peer.read(until: "Hey Sabine!").contains("Hey Sabine!"))
      await peer.endInput()
      _ = try await meeting.over()
      await peer.end()
    }
  }

  @Test(.enabled(if: Installed.program("ncat"), "ncat is not installed; CI requires it"))
  func `ncat hears alert 48 given for a CA it does not know`() async throws {
    try await Meeting.run { meeting in
      let port = try await meeting.listen(echo)
      let answer = try await Peer.run(
        "ncat",
        ["--ssl-verify", "--ssl-trustfile", meeting.pki.path("client.crt"), "-4", "localhost", "\(port)"])
      #expect(answer.status != 0)
      let failure = try #require(try await meeting.over().failures.first)
      #expect(failure.evidence.alert?.number == 48)
      #expect(failure.code == .peerUnknownCa)
    }
  }

  @Test(
    .enabled(if: Installed.program("gnutls-cli"), "gnutls-cli is not installed; CI requires it"),
    arguments: versions)
  func `gnutls-cli talks to our server`(version: TLSVersion) async throws {
    try await Meeting.run { meeting in
      let port = try await meeting.listen(
        Self.only(version, ListenOrder(transport: .tls, kind: .greet, tls: Meeting.server)))
      let peer = try Peer(
        "gnutls-cli", ["--x509cafile", meeting.pki.path("lab-ca.crt"), "--port", "\(port)", "localhost"])
      await peer.say("Sabine\n")
      #expect(await peer.read(until: "Hey Sabine!").contains("Hey Sabine!"))
      await peer.endInput()
      _ = await peer.finish()
      let end = try await meeting.over()
      #expect(end.tls.established?.version == version.number)
      #expect(end.failures == [])
    }
  }

  /// GnuTLS and OpenSSL say it in other words; the numbers are the same.
  @Test(.enabled(if: Installed.program("gnutls-cli"), "gnutls-cli is not installed; CI requires it"))
  func `gnutls-cli hears alert 112 from a strict server`() async throws {
    try await Meeting.run { meeting in
      var order = echo
      order.tls?.identitiesByName = ["netlab.test": "server"]
      order.tls?.refusesUnknownNames = true
      let port = try await meeting.listen(order)
      let answer = try await Peer.run(
        "gnutls-cli", ["--x509cafile", meeting.pki.path("lab-ca.crt"), "--port", "\(port)", "localhost"])
      #expect(answer.said.contains("[112]"))
      #expect(try await meeting.over().failures.first?.code == .missingSni)
    }
  }

  private static func only(_ version: TLSVersion, _ order: ListenOrder) -> ListenOrder {
    var order = order
    order.tls = order.tls.map { Meeting.only(version, $0) }
    return order
  }
}
