import LabCore
import LabFacts
import LabTesting
import LabTLS
import Testing

/// IO::Socket::SSL on both sides of ours. Its own error numbers are the other half of ours.
@Suite(
  .serialized, .timeLimit(.minutes(5)),
  .enabled(if: Installed.perl("IO::Socket::SSL"), "IO::Socket::SSL is not installed; CI requires it"))
struct PerlTLSTests {
  static let versions = [TLSVersion.tls12, .tls13]
  private let echo = ListenOrder(transport: .tls, kind: .echo, tls: Meeting.server)

  private func client(_ meeting: Meeting, _ port: Int, _ arguments: [String] = []) async throws -> String {
    try await Peer.runScript(
      "ssl_client.pl",
      [
        "--port", "\(port)", "--ca", meeting.pki.path("lab-ca.crt"), "--name", "netlab.test", "--sni",
        "netlab.test",
      ]
        + arguments
    ).said
  }

  // MARK: Its client, our server

  @Test(arguments: versions)
  func `its client echoes a line through our server`(version: TLSVersion) async throws {
    try await Meeting.run { meeting in
      let port = try await meeting.listen(echo)
      let said = try await client(meeting, port, ["--version", PerlTLSTests.name(version)])
      #expect(said == "up \(PerlTLSTests.name(version))\nheard Herbert\ndone\n")
      let end = try await meeting.over()
      #expect(end.failures == [])
      #expect(end.closing?.manner == .clean)
      #expect(end.tls.established?.serverName == "netlab.test")
    }
  }

  @Test func `connect_SSL twice is nothing today`() async throws {
    try await Meeting.run { meeting in
      let said = try await client(meeting, try await meeting.listen(echo), ["--mode", "double"])
      #expect(said.hasSuffix("again 1\nheard Herbert\ndone\n"))
      #expect(try await meeting.over().failures == [])
    }
  }

  /// The seed's client.
  @Test(arguments: versions)
  func `shutdown(1) beneath TLS: a cut here, alert 50 there`(version: TLSVersion) async throws {
    try await Meeting.run { meeting in
      let said = try await client(
        meeting, try await meeting.listen(echo), ["--mode", "fin", "--version", PerlTLSTests.name(version)])
      #expect(said.contains("failed read 0A00041A"))
      #expect(said.contains("heard Herbert"), "what was echoed before the end is not lost")
      let failure = try #require(try await meeting.over().failures.first)
      #expect(failure.code == .eofWithoutCloseNotify)
      #expect(failure.evidence.reason == 294)
    }
  }

  @Test(arguments: versions)
  func `its close_notify ends one direction, and the answer comes`(version: TLSVersion) async throws {
    try await Meeting.run { meeting in
      let said = try await client(
        meeting, try await meeting.listen(echo),
        ["--mode", "goodbye", "--version", PerlTLSTests.name(version)])
      #expect(said.contains("heard Herbert\nend\ndone"))
      #expect(try await meeting.over().closing?.manner == .clean)
    }
  }

  @Test func `it refuses an unknown CA by alert 48`() async throws {
    try await Meeting.run { meeting in
      let port = try await meeting.listen(echo)
      // A leaf of the same CA as a CA file: the chain leads nowhere.
      let said = try await Peer.runScript(
        "ssl_client.pl", ["--port", "\(port)", "--ca", meeting.pki.path("client.crt")]
      ).said
      #expect(said.hasPrefix("failed handshake 0A000086"))
      let failure = try #require(try await meeting.over().failures.first)
      #expect(failure.code == .peerUnknownCa)
      #expect(failure.evidence.alert?.number == 48)
      #expect(failure.evidence.reason == 1048)
    }
  }

  @Test func `its TLS at our plain port hears text`() async throws {
    try await Meeting.run { meeting in
      let said = try await client(
        meeting, try await meeting.listen(ListenOrder(transport: .plain, kind: .greet)))
      #expect(said.hasPrefix("failed handshake 0A00010B"))
      let end = try await meeting.over()
      #expect(end.dataReceived.kept.prefix(3) == [22, 3, 1])
    }
  }

  @Test(arguments: versions, [nil, "client", "client-expired"])
  func `its client certificates at our server`(version: TLSVersion, identity: String?) async throws {
    try await Meeting.run { meeting in
      var order = echo
      order.tls?.trust = ["lab-ca"]
      order.tls?.clientCertificate = .require
      let port = try await meeting.listen(order)
      let shown = identity.map {
        ["--cert", meeting.pki.path("\($0).crt"), "--key", meeting.pki.path("\($0).key")]
      }
      let said = try await client(meeting, port, ["--version", PerlTLSTests.name(version)] + (shown ?? []))
      let end = try await meeting.over()
      switch identity {
      case "client"?:
        #expect(said.hasSuffix("heard Herbert\ndone\n"))
        #expect(end.failures == [])
      case nil:
        let number = version == .tls12 ? "handshake 0A000410" : "read 0A00045C"
        #expect(said.contains("failed \(number)"))
        #expect(end.failures.first?.evidence.reason == 199)
      default:
        #expect(said.contains("failed \(version == .tls12 ? "handshake" : "read") 0A000415"))
        #expect(end.failures.first?.evidence.verify == 10)
      }
    }
  }

  @Test(arguments: versions)
  func `start_SSL and stop_SSL on our connection, and no byte is lost`(version: TLSVersion) async throws {
    try await Meeting.run { meeting in
      let bench = meeting.bench
      var order = ListenOrder(transport: .plain, kind: .echo)
      order.goesOnInClear = true
      let port = try await meeting.listen(order)
      let peer = try Peer.script(
        "ssl_client.pl",
        [
          "--port", "\(port)", "--ca", meeting.pki.path("lab-ca.crt"), "--name", "netlab.test", "--mode",
          "upgrade",
          "--version", PerlTLSTests.name(version),
        ])
      _ = await peer.read(until: "heard clear before")
      await bench.perform(.startTLS(Meeting.ours, .server, Meeting.server, .inside))
      try await bench.wait("TLS is put on") {
        $0.ends[Meeting.ours]?.timeline.elements.contains {
          if case .tlsStarted = $0.event { true } else { false }
        } == true
      }
      await peer.say("go\n")
      _ = await peer.read(until: "down")
      await peer.say("go\n")
      let (said, status) = await peer.finish()
      #expect(said.hasSuffix("heard under TLS\ndown\nheard clear after\ndone\n"))
      #expect(status == 0)
      let end = try await meeting.over()
      #expect(end.failures == [])
      #expect(end.dataReceived.kept == Array("clear beforeunder TLSclear after".utf8))
    }
  }

  // MARK: Our client, its server

  private func server(_ meeting: Meeting, _ arguments: [String] = [], identity: String = "server") throws
    -> Peer
  {
    try Peer.script(
      "ssl_server.pl",
      ["--cert", meeting.pki.path("\(identity).crt"), "--key", meeting.pki.path("\(identity).key")]
        + arguments)
  }

  @Test(arguments: versions)
  func `our client echoes a line through its server`(version: TLSVersion) async throws {
    try await Meeting.run { meeting in
      let peer = try server(meeting, ["--version", PerlTLSTests.name(version)])
      await meeting.connect(try await peer.port())
      let end = try await meeting.exchange("Herbert", for: "Herbert")
      #expect(end.failures == [])
      #expect(end.tls.established?.version == version.number)
      let said = await peer.finish().said
      #expect(said.hasSuffix("up \(PerlTLSTests.name(version))\nheard Herbert\nend\ndone\n"))
    }
  }

  @Test(arguments: versions)
  func `our client ends its direction, and has the answer of its server`(version: TLSVersion) async throws {
    try await Meeting.run { meeting in
      let peer = try server(meeting, ["--version", PerlTLSTests.name(version)])
      await meeting.connect(try await peer.port())
      await meeting.bench.perform(.send(Meeting.client, Array("total".utf8)), .close(Meeting.client, .half))
      let end = try await meeting.over(Meeting.client)
      #expect(end.dataReceived.kept == Array("total".utf8))
      #expect(end.failures == [])
      #expect(await peer.finish().said.contains("heard total\nend\n"))
    }
  }

  @Test func `our client calls an end without close_notify a cut`() async throws {
    try await Meeting.run { meeting in
      let peer = try server(meeting, ["--mode", "cut"])
      await meeting.connect(try await peer.port())
      await meeting.bench.perform(.send(Meeting.client, Array("Herbert".utf8)))
      let end = try await meeting.over(Meeting.client)
      #expect(end.dataReceived.kept == Array("Herbert".utf8))
      #expect(end.failures.first?.code == .eofWithoutCloseNotify)
      #expect(end.closing?.manner == .truncated)
      _ = await peer.finish()
    }
  }

  @Test func `our client refuses an expired certificate, and its server hears alert 45`() async throws {
    try await Meeting.run { meeting in
      let peer = try server(meeting, identity: "expired")
      await meeting.connect(try await peer.port())
      let end = try await meeting.over(Meeting.client)
      #expect(end.failures.first?.code == .expired)
      #expect(end.failures.first?.evidence.verify == 10)
      #expect(await peer.finish().said.contains("failed handshake 0A000415"))
    }
  }

  @Test(arguments: versions, [nil, "client", "client-expired"])
  func `our client certificates at its server`(version: TLSVersion, identity: String?) async throws {
    try await Meeting.run { meeting in
      let peer = try server(
        meeting,
        [
          "--ca", meeting.pki.path("lab-ca.crt"), "--client", "require", "--version",
          PerlTLSTests.name(version),
        ])
      var options = Meeting.trusting
      options.identity = identity
      await meeting.connect(try await peer.port(), .tls, options)
      if identity == "client" {
        #expect(try await meeting.exchange("Herbert", for: "Herbert").failures == [])
        #expect(await peer.finish().said.contains("CN=client"))
        return
      }
      let end = try await meeting.over(Meeting.client)
      let said = await peer.finish().said
      let failure = try #require(end.failures.first)
      #expect(failure.decidedBy == .peer)
      #expect((end.tls.established != nil) == (version == .tls13))
      if identity == nil {
        #expect(said.contains("failed handshake 0A0000C7"))
        #expect(failure.evidence.alert?.number == (version == .tls12 ? 40 : 116))
      } else {
        #expect(said.contains("failed handshake 0A000086"))
        #expect(failure.evidence.alert?.number == 45)
        #expect(failure.code == .clientCertRejected)
      }
    }
  }

  @Test func `our plain client at its TLS port`() async throws {
    try await Meeting.run { meeting in
      let peer = try server(meeting)
      await meeting.connect(try await peer.port(), .plain)
      await meeting.bench.perform(.send(Meeting.client, Array("GET / HTTP/1.1\r\n\r\n".utf8)))
      let end = try await meeting.over(Meeting.client)
      #expect(end.dataReceived.total == 0)
      #expect(await peer.finish().said.contains("failed handshake 0A00009C"))
    }
  }

  @Test(arguments: versions)
  func `our client puts TLS on and takes it off`(version: TLSVersion) async throws {
    try await Meeting.run { meeting in
      let (bench, client) = (meeting.bench, Meeting.client)
      let peer = try server(meeting, ["--mode", "upgrade", "--version", PerlTLSTests.name(version)])
      await meeting.connect(
        ConnectOrder(to: Endpoint("127.0.0.1", try await peer.port()), transport: .plain, goesOnInClear: true)
      )
      await bench.perform(.send(client, Array("one".utf8)))
      try await bench.wait("the first is back") { $0.text("cli.app.received") == "one" }
      await bench.perform(
        .startTLS(client, .client, Meeting.trusting, .inside), .send(client, Array("two".utf8)))
      try await bench.wait("the second is back") { $0.text("cli.app.received") == "onetwo" }
      #expect(await bench.now.text("cli.tls.version") == "TLS \(version.rawValue)")
      // Its stop_SSL says goodbye; ours follows.
      _ = await peer.read(until: "down")
      try await bench.wait("TLS is off") { $0.ends[client]?.tls.started == false }
      await bench.perform(.send(client, Array("three".utf8)))
      let state = try await bench.wait("the third is back") { $0.text("cli.app.received") == "onetwothree" }
      #expect(state.ends[client]?.failures == [])
      #expect(await peer.finish().said.hasSuffix("heard two\ndown\nheard three\ndone\n"))
    }
  }

  static func name(_ version: TLSVersion) -> String { version == .tls12 ? "TLSv1_2" : "TLSv1_3" }
}
