import LabCore
import LabFacts
import LabTesting
import LabTLS
import Testing

/// Mail clients of others at our mail servers: STARTTLS on one port, TLS from the start on another.
@Suite(.serialized, .timeLimit(.minutes(5))) struct MailPeersTests {
  enum Mail: String, CaseIterable, Sendable {
    case imap, smtp, pop3

    var kind: ServerKind {
      switch self {
      case .imap: .imap
      case .smtp: .smtp
      case .pop3: .pop3
      }
    }

    /// What its capabilities call the upgrade.
    var upgrade: String { self == .pop3 ? "STLS" : self == .imap ? "STARTTLS" : "starttls" }

    /// Its address for curl. A listing is asked for, where the protocol has one.
    func address(_ port: Int, tls: Bool) -> String { "\(rawValue)\(tls ? "s" : "")://localhost:\(port)/" }
  }

  private func serve(_ meeting: Meeting, _ mail: Mail, _ transport: Transport) async throws -> Int {
    try await meeting.listen(
      ListenOrder(
        transport: transport, kind: mail.kind, tls: Meeting.server,
        credentials: Credentials(user: "alice", password: "secret")))
  }

  @Test(
    .enabled(if: Installed.program("python3"), "python3 is not installed; CI requires it"),
    arguments: Mail.allCases, [Transport.plain, .tls])
  func `Python's mail clients`(mail: Mail, transport: Transport) async throws {
    try await Meeting.run { meeting in
      let port = try await serve(meeting, mail, transport)
      let kind = mail.rawValue + (transport == .tls ? "s" : "")
      let said = try await Peer.runScript(
        "tls_peer.py", [kind, "--port", "\(port)", "--ca", meeting.pki.path("lab-ca.crt")]
      ).said
      #expect(said.hasSuffix("done\n"), "\(said)")
      let lines = said.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
      if transport == .plain {
        #expect(lines.first { $0.first == "before" }?.contains(mail.upgrade) == true)
      }
      // Under TLS there is nothing left to upgrade (RFC 3501 section 6.2.1, RFC 3207 section 4.2, RFC 2595 section 4).
      #expect(lines.first { $0.first == "after" }?.contains(mail.upgrade) == false)
      let end = try await meeting.over()
      #expect(end.tls.established != nil)
      // It hangs up with our goodbye unread, after the last answer.
      #expect(end.failures.allSatisfy { $0.code == .resetByPeer })
    }
  }

  @Test(arguments: Mail.allCases, [TLSVersion.tls12, .tls13])
  func `openssl s_client -starttls`(mail: Mail, version: TLSVersion) async throws {
    try await Meeting.run { meeting in
      let port = try await serve(meeting, mail, .plain)
      let peer = try Peer(
        "openssl",
        [
          "s_client", "-starttls", mail.rawValue, "-connect", "127.0.0.1:\(port)", "-CAfile",
          meeting.pki.path("lab-ca.crt"), "-servername", "netlab.test", "-verify_hostname", "netlab.test",
          "-verify_return_error", "-quiet", "-no_ign_eof", version == .tls12 ? "-tls1_2" : "-tls1_3",
        ])
      let up = try await meeting.bench.wait("TLS is up") { $0.ends[Meeting.ours]?.tls.established != nil }
      #expect(up.ends[Meeting.ours]?.tls.established?.version == version.number)
      await peer.say(mail == .imap ? "a NOOP\r\n" : "NOOP\r\n")
      let answer = mail == .imap ? "a OK" : mail == .smtp ? "250" : "+OK"
      #expect(await peer.read(until: answer).contains(answer))
      await peer.endInput()
      _ = await peer.finish()
      #expect(try await meeting.over().failures == [])
    }
  }

  @Test(arguments: Mail.allCases, [Transport.plain, .tls])
  func `curl logs in, under TLS either way`(mail: Mail, transport: Transport) async throws {
    try await Meeting.run { meeting in
      let port = try await serve(meeting, mail, transport)
      let answer = try await Peer.run(
        "curl",
        [
          "-sS", "-4", "--max-time", "20", "--ssl-reqd", "--cacert", meeting.pki.path("lab-ca.crt"), "--user",
          "alice:secret", "--request", "NOOP", mail.address(port, tls: transport == .tls),
        ])
      #expect(answer.status == 0, "\(answer.said)")
      let end = try await meeting.over()
      #expect(end.tls.established != nil)
      #expect(end.failures == [])
    }
  }

  @Test func `curl is told of a wrong password`() async throws {
    try await Meeting.run { meeting in
      let port = try await serve(meeting, .imap, .plain)
      let answer = try await Peer.run(
        "curl",
        [
          "-sS", "-4", "--max-time", "20", "--ssl-reqd", "--cacert", meeting.pki.path("lab-ca.crt"), "--user",
          "alice:wrong", "--request", "NOOP", Mail.imap.address(port, tls: false),
        ])
      // 67: access denied.
      #expect(answer.status == 67, "\(answer.said)")
    }
  }

  @Test(
    .enabled(if: Installed.program("gnutls-cli"), "gnutls-cli is not installed; CI requires it"),
    arguments: Mail.allCases)
  func `gnutls-cli --starttls-proto`(mail: Mail) async throws {
    try await Meeting.run { meeting in
      let port = try await serve(meeting, mail, .plain)
      let peer = try Peer(
        "gnutls-cli",
        [
          "--starttls-proto", mail.rawValue, "--x509cafile", meeting.pki.path("lab-ca.crt"), "--port",
          "\(port)",
          "localhost",
        ])
      let up = try await meeting.bench.wait("TLS is up") { $0.ends[Meeting.ours]?.tls.established != nil }
      #expect(up.ends[Meeting.ours]?.tls.established?.serverName == "localhost")
      await peer.endInput()
      #expect(await peer.finish().said.contains("Handshake was completed"))
      _ = try await meeting.over()
    }
  }

  /// Our client in front of theirs: openssl's servers speak no mail, so a backend of ours is asked through a relay.
  @Test(arguments: Mail.allCases)
  func `our client upgrades where the protocol says so`(mail: Mail) async throws {
    try await Meeting.run { meeting in
      let port = try await serve(meeting, mail, .plain)
      let language: MailProtocol = mail == .imap ? .imap : mail == .smtp ? .smtp : .pop3
      await meeting.connect(
        ConnectOrder(
          to: Endpoint("127.0.0.1", port), starttls: language, transport: .tls, tls: Meeting.trusting))
      try await meeting.bench.wait("it is up") { $0.ends[Meeting.client]?.tls.established != nil }
      let (words, answer) =
        mail == .imap ? ("a NOOP\r\n", "a OK") : ("NOOP\r\n", mail == .smtp ? "250" : "+OK")
      let end = try await meeting.exchange(words, for: answer)
      #expect(end.failures == [])
    }
  }
}
