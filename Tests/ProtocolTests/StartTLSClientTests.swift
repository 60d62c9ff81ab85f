import LabFacts
import LabProtocols
import Testing

struct StartTLSClientTests {
  private static let good: [(MailProtocol, [String], String)] = [
    (
      .imap,
      [
        "* OK [CAPABILITY IMAP4rev1 STARTTLS] hi\n", "* CAPABILITY IMAP4rev1 STARTTLS\nc1 OK\n",
        "* NO odd\nc2 OK go\n",
      ],
      "c1 CAPABILITY\nc2 STARTTLS\n[TLS][done ]"
    ),
    (
      .smtp, ["220-hi\n220 there\n", "250-host\n250-starttls\n250 8BITMIME\n", "220 go\n"],
      "EHLO me.example\nSTARTTLS\n[TLS][done ]"
    ),
    (.smtp, ["220 hi\n", "250-host\n250 STARTTLS\n", "220\n"], "EHLO me.example\nSTARTTLS\n[TLS][done ]"),
    (.pop3, ["+OK hi\n", "+OK\nUSER\nSTLS\n.\n", "+OK go\n"], "CAPA\nSTLS\n[TLS][done ]"),
  ]

  @Test(arguments: good)
  func `it asks for TLS when the server offers it`(mail: MailProtocol, heard: [String], said: String) {
    let events = [.opened] + heard.map { DialogueEvent.heard(wire($0)) } + [.tlsUp]
    for cut in Cut.all(60) {
      var client = StartTLSClient(mail, name: "me.example")
      #expect(outline(client.play(events, cut: cut)) == said)
    }
  }

  @Test(arguments: [
    (
      MailProtocol.imap, "* OK hi\n* CAPABILITY IMAP4rev1 XSTARTTLS\nc1 OK\n", "c1 CAPABILITY\n",
      Failure.Decider.here
    ),
    (.imap, "* OK hi\nc1 BAD what\n", "c1 CAPABILITY\n", .peer),
    (.imap, "* OK hi\n* CAPABILITY STARTTLS\nc1 OK\nc2 NO later\n", "c1 CAPABILITY\nc2 STARTTLS\n", .peer),
    (.imap, "* OK hi\n* CAPABILITY STARTTLS\nc1 OK\n* BYE\n", "c1 CAPABILITY\nc2 STARTTLS\n", .peer),
    (.imap, "* PREAUTH [CAPABILITY STARTTLS] hi\n", "", .here), (.imap, "* BYE full\n", "", .peer),
    (.smtp, "220 hi\n250-host\n250 XSTARTTLS\n", "EHLO localhost\n", .here),
    (.smtp, "220 hi\n502 what\n", "EHLO localhost\n", .peer),
    (.smtp, "220 hi\n250-h\n250 STARTTLS\n454 later\n", "EHLO localhost\nSTARTTLS\n", .peer),
    (.smtp, "554 no service\n", "", .peer),
    (.pop3, "+OK hi\n+OK\nUSER\n.\n", "CAPA\n", .here), (.pop3, "+OK hi\n-ERR what\n", "CAPA\n", .peer),
    (.pop3, "+OK hi\n+OK\nSTLS\n.\n-ERR later\n", "CAPA\nSTLS\n", .peer), (.pop3, "-ERR full\n", "", .peer),
  ])
  func `it never goes on in clear`(mail: MailProtocol, heard: String, said: String, decider: Failure.Decider)
  {
    for cut in Cut.all(heard.count) {
      var client = StartTLSClient(mail)
      let actions = client.play([.opened, .heard(wire(heard)), .tlsUp, .heard(wire("220 more\n"))], cut: cut)
      #expect(
        outline(actions) == said + "[\(decider == .peer ? "mail-refused" : "starttls-missing")][close clean]")
      #expect(failure(actions)?.decidedBy == decider)
      #expect(failure(actions)?.layer == .mail)
      #expect(failure(actions)?.phase == .upgrade)
    }
  }

  @Test func `a refusal is kept word for word`() {
    var client = StartTLSClient(.smtp)
    let actions = client.play([.heard(wire("220 hi\n250-h\n250 STARTTLS\n454 4.7.0 no \u{1b}[1m\n"))])
    #expect(failure(actions)?.verbatim == ["454 4.7.0 no \\x1b[1m"])
  }

  @Test(arguments: [
    ("421 busy\n", MailStage.greeting, Int?(421)), ("220 hi\n502 what\n", .capabilities, 502),
    ("220 hi\n250 STARTTLS\n454 later\n", .upgrade, 454), ("220 hi\n4 what\n", .capabilities, nil),
  ])
  func `a refusal knows what it refused`(heard: String, stage: MailStage, reply: Int?) {
    var client = StartTLSClient(.smtp)
    let actions = client.play([.opened, .heard(wire(heard))])
    #expect(failure(actions)?.code == .mailRefused)
    #expect(failure(actions)?.evidence.mailStage == stage)
    #expect(failure(actions)?.evidence.mailReply == reply)
  }

  @Test(arguments: [
    (MailProtocol.imap, "* OK hi\n* CAPABILITY STARTTLS\nc1 OK\nc2 OK go\n", "c1 CAPABILITY\nc2 STARTTLS\n"),
    (.smtp, "220 hi\n250-h\n250 STARTTLS\n220 go\n", "EHLO localhost\nSTARTTLS\n"),
    (.pop3, "+OK hi\n+OK\nSTLS\n.\n+OK go\n", "CAPA\nSTLS\n"),
  ])
  func `what an attacker adds behind the go-ahead is thrown away`(
    mail: MailProtocol, heard: String, said: String
  ) {
    let injected = "250-evil\n* CAPABILITY AUTH=PLAIN\n+OK"
    for cut in Cut.all(heard.count + injected.count) {
      var client = StartTLSClient(mail, greeting: .dropped)
      let actions = client.play([.heard(wire(heard + injected)), .tlsUp], cut: cut)
      #expect(outline(actions) == said + "[TLS][done ]")
      #expect(notes(actions).contains { $0.hasSuffix("from before TLS, thrown away") })
    }
  }

  @Test(arguments: [
    (MailProtocol.imap, "220 hi\r\n"), (.imap, "+OK hi\r\n"), (.smtp, "* OK hi\r\n"), (.pop3, "220 hi\r\n"),
    (.smtp, "HTTP/1.1 400 Bad Request\r\n"), (.imap, "SSH-2.0-x\r\n"),
    (.pop3, "\u{15}\u{3}\u{1}\0\u{2}\u{2}\u{a}"),
    (.smtp, "\u{16}\u{3}\u{3}\0\u{2}"),
  ])
  func `another protocol is recognised and shown`(mail: MailProtocol, heard: String) {
    for cut in Cut.all(heard.utf8.count) {
      var client = StartTLSClient(mail)
      let actions = client.play([.opened, .heard(Array(heard.utf8))], cut: cut)
      #expect(outline(actions) == "[starttls-port-mixup][close clean]")
      let seen = failure(actions)?.evidence.firstReceived ?? []
      #expect(seen.count >= 5)
      #expect(Array(heard.utf8).starts(with: seen))
    }
  }

  @Test func `a server that ends early or stays silent is no success`() {
    var early = StartTLSClient(.imap)
    let nothing = early.play([.opened, .ended])
    #expect(outline(nothing) == "[empty-reply][close clean]")
    #expect(failure(nothing)?.decidedBy == .peer)
    #expect(failure(nothing)?.evidence.mailStage == .greeting)
    let begun = [(MailProtocol.imap, "* "), (.imap, "*"), (.smtp, "220-mail.example\r\n"), (.smtp, "22")]
    for (mail, heard) in begun {
      var cut = StartTLSClient(mail)
      let actions = cut.play([.opened, .heard(Array(heard.utf8)), .ended])
      #expect(failure(actions)?.code == .emptyReply)
      #expect(failure(actions)?.evidence.firstReceived == Array(heard.utf8))
      #expect(failure(actions)?.evidence.mailStage == .greeting)
      var slow = StartTLSClient(mail)
      _ = slow.play([.opened, .heard(Array(heard.utf8))])
      #expect(slow.failure(afterMilliseconds: 500).code == .timeout)
      #expect(slow.failure(afterMilliseconds: 500).evidence.mailStage == .greeting)
      #expect(slow.failure(afterMilliseconds: 500).evidence.firstReceived == Array(heard.utf8))
    }
    var other = StartTLSClient(.imap)
    let strange = other.play([.opened, .heard(Array("220".utf8)), .ended])
    #expect(outline(strange) == "[starttls-port-mixup][close clean]")
    var later = StartTLSClient(.smtp)
    #expect(
      outline(later.play([.heard(wire("220 hi\n")), .ended])) == "EHLO localhost\n[empty-reply][close clean]")
    var silent = StartTLSClient(.pop3)
    _ = silent.take(.opened)
    #expect(silent.failure(afterMilliseconds: 500).code == .timeout)
    #expect(silent.failure(afterMilliseconds: 500).evidence.mailStage == .greeting)
    #expect(silent.failure(afterMilliseconds: 500).evidence.waitedMilliseconds == 500)
    _ = silent.take(.heard(wire("+OK\n")))
    #expect(silent.failure(afterMilliseconds: 500).code == .timeout)
    #expect(silent.failure(afterMilliseconds: 500).evidence.mailStage == .capabilities)
    var foreign = StartTLSClient(.pop3)
    _ = foreign.play([.opened, .heard([0x15, 3])])
    #expect(foreign.failure(afterMilliseconds: 500).code == .starttlsPortMixup)
    #expect(foreign.failure(afterMilliseconds: 500).evidence.mailProtocol == .pop3)
  }

  @Test(arguments: [
    (MailProtocol.imap, "* OK [CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED] hi\n", "* OK hi\n"),
    (.imap, "* OK hi [there]\n", "* OK hi [there]\n"), (.smtp, "220-one\n220 two\n", "220-one\n220 two\n"),
    (.pop3, "+OK hi <1.2@h>\n", "+OK hi <1.2@h>\n"),
  ])
  func `a greeting is kept for who comes next without its old capabilities`(
    mail: MailProtocol, greeting: String, kept: String
  ) {
    let answers = [
      MailProtocol.imap: "* CAPABILITY STARTTLS\nc1 OK\nc2 OK\n", .smtp: "250-h\n250 STARTTLS\n220\n",
      .pop3: "+OK\nSTLS\n.\n+OK\n",
    ]
    var client = StartTLSClient(mail, greeting: .kept)
    let actions = client.play([.opened, .heard(wire(greeting + (answers[mail] ?? ""))), .tlsUp])
    #expect(actions.last == .done(rest: wire(kept)))
  }

  @Test func `a person is shown the greeting that came`() {
    let greeting = "* OK [CAPABILITY IMAP4rev1 STARTTLS] hi\n"
    var client = StartTLSClient(.imap, greeting: .keptWhole)
    let actions = client.play([
      .opened, .heard(wire(greeting + "* CAPABILITY STARTTLS\nc1 OK\nc2 OK\n")), .tlsUp,
    ])
    #expect(actions.last == .done(rest: wire(greeting)))
  }

  @Test(arguments: MailProtocol.allCases)
  func `client and server of the lab agree`(mail: MailProtocol) {
    var client = StartTLSClient(mail)
    var server = MailServer(mail, host: "lab", offersTLS: true)
    var toClient = server.take(.opened)
    var toServer = client.take(.opened)
    while !toClient.contains(.startTLS) {
      toServer = spoken(toClient).flatMap { client.take(.heard($0)) }
      toClient = spoken(toServer).flatMap { server.take(.heard($0)) }
      guard !toClient.isEmpty else { break }
    }
    #expect(spoken(toClient).flatMap { client.take(.heard($0)) }.last == .startTLS)
    #expect(server.take(.tlsUp) == [])
    #expect(client.take(.tlsUp) == [.done(rest: [])])
  }

  private func spoken(_ actions: [DialogueAction]) -> [[UInt8]] {
    actions.compactMap { if case .say(let bytes) = $0 { bytes } else { nil } }
  }

  private func failure(_ actions: [DialogueAction]) -> Failure? {
    for case .fail(let failure) in actions { return failure }
    return nil
  }
}
