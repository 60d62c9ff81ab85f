import LabFacts
import LabProtocols
import Testing

struct ImapRouterTests {
  private static let one = ConnectOrder(to: Endpoint("one.lab", 143), transport: .plain)
  private static let two = ConnectOrder(to: Endpoint("two.lab", 143), transport: .plain)
  private static let route = ImapRoute(users: ["bob": one, "Bob": two, "böb": two])

  private static let greeting =
    "C:* OK [CAPABILITY IMAP4rev1 ID STARTTLS AUTH=PLAIN SASL-IR] lab netlab IMAP relay ready\n"

  private func router(_ route: ImapRoute = route, isTLS: Bool = false) -> ImapRouter {
    ImapRouter(route, host: "lab", isTLS: isTLS)
  }

  /// What the client says before the login, and what it hears.
  @Test(
    arguments: [
      ("a1 CAPABILITY\n", "C:* CAPABILITY IMAP4rev1 ID STARTTLS AUTH=PLAIN SASL-IR\na1 OK done\n"),
      (". NOOP\n", "C:. OK done\n"), ("1 ID NIL\n", "C:* ID (\"name\" \"netlab\")\n1 OK done\n"),
      ("A.1 SELECT INBOX\n", "C:A.1 BAD Log in first\n"),
      ("x XYZ\ny NOOP\n", "C:x BAD Log in first\ny OK done\n"),
      ("a LOGIN eve x\n", "C:a NO [AUTHENTICATIONFAILED] Name or password not accepted\n"),
      ("a LOGIN BOB x\n", "C:a NO [AUTHENTICATIONFAILED] Name or password not accepted\n"),
      ("a LOGIN bob\n", "C:a BAD It is LOGIN name password\n"),
      ("a AUTHENTICATE NTLM\n", "C:a NO PLAIN is known here\n"),
      ("a AUTHENTICATE PLAIN\n*\nb NOOP\n", "C:+ \na BAD Login given up\nb OK done\n"),
      ("a AUTHENTICATE PLAIN !!!!\n", "C:a NO [AUTHENTICATIONFAILED] Name or password not accepted\n"),
      ("a LOGOUT\nb NOOP\n", "C:* BYE lab goes\na OK done\n[close clean client]"),
      ("a STARTTLS\nb LOGIN bob x\n", "C:a OK Begin TLS\n[TLS client]"),
    ])
  func `before the login it is a small server`(heard: String, said: String) {
    for cut in Cut.all(heard.count) {
      var router = router()
      let actions = router.play([.opened, .heard(.client, wire(heard))], cut: cut)
      #expect(outline(actions) == ImapRouterTests.greeting + said.dropFirst(2))
    }
  }

  /// Each way to log in, and how the backend hears it.
  @Test(
    arguments: [
      ("a001 LOGIN bob secret\n", "one", "a001 LOGIN \"bob\" \"secret\"\n"),
      (". LOGIN \"Bob\" \"s\\\"e\\\\\"\n", "two", ". LOGIN \"Bob\" \"s\\\"e\\\\\"\n"),
      ("A.1 LOGIN {3+}\nbob {3+}\np w\n", "one", "A.1 LOGIN \"bob\" \"p w\"\n"),
      ("x AUTHENTICATE PLAIN AGJvYgBzZWNyZXQ=\n", "one", "x LOGIN \"bob\" \"secret\"\n"),
      ("x AUTHENTICATE PLAIN Ym9iAGJvYgBzZWNyZXQ=\n", "one", "x LOGIN \"bob\" \"secret\"\n"),
    ])
  func `a login chooses the backend and is repeated to it`(heard: String, backend: String, repeated: String) {
    for cut in Cut.all(heard.count) {
      var router = router()
      _ = router.take(.opened)
      #expect(
        outline(router.play([.heard(.client, wire(heard))], cut: cut)) == "[connect \(backend).lab:143]")
      let tag = heard.prefix { $0 != " " }
      let events: [RelayEvent] = [
        .backendUp,
        .heard(.backend, wire("* OK hi\n* CAPABILITY STARTTLS X\n\(tag) OK [CAPABILITY X STARTTLS] in\n")),
      ]
      #expect(
        outline(router.play(events, cut: cut))
          == "B:\(repeated)C:* CAPABILITY X\n\(tag) OK [CAPABILITY X] in\n[relay]")
    }
  }

  @Test func `greeting and answer may come in one segment and what both send ahead is kept`() {
    let client = "a LOGIN bob x\nb SELECT INBOX\nc FET"
    let backend = "* OK hi\na OK in\n* hel"
    for cut in Cut.all(client.count) {
      var router = router()
      _ = router.take(.opened)
      _ = router.play([.heard(.client, wire(client)), .backendUp], cut: cut)
      let actions = router.take(.heard(.backend, wire(backend)))
      #expect(outline(actions) == "B:a LOGIN \"bob\" \"x\"\nC:a OK in\n* helB:b SELECT INBOX\nc FET[relay]")
    }
  }

  @Test func `a greeting that was there before the backend is up counts`() {
    var router = router()
    _ = router.play([.opened, .heard(.client, wire("a LOGIN bob x\n"))])
    #expect(outline(router.take(.heard(.backend, wire("* OK hi\n")))) == "")
    #expect(outline(router.take(.backendUp)) == "B:a LOGIN \"bob\" \"x\"\n")
  }

  @Test func `words that a quoted string cannot hold go as literals`() {
    var router = router()
    let started = router.play([.opened, .heard(.client, wire("a LOGIN {4}\nböb {4}\nx\ny\n"))])
    #expect(outline(started) == ImapRouterTests.greeting + "+ Go on\n+ Go on\n[connect two.lab:143]")
    let said = router.play(
      [.backendUp, .heard(.backend, wire("* OK hi\n+ go\n+ go\na OK in\n"))], cut: .everywhere)
    #expect(outline(said) == "B:a LOGIN {4}\nböb {4}\nx\ny\nC:a OK in\n[relay]")
  }

  @Test func `STARTTLS vanishes once TLS is up and what came ahead is gone`() {
    var router = router()
    let actions = router.play([
      .opened, .heard(.client, wire("a STARTTLS\nb LOGIN bob x\nc LOG")), .tlsUp(.client),
      .heard(.client, wire("d CAPABILITY\ne STARTTLS\n")),
    ])
    #expect(
      outline(actions) == ImapRouterTests.greeting
        + "a OK Begin TLS\n[TLS client]C:* CAPABILITY IMAP4rev1 ID AUTH=PLAIN SASL-IR\nd OK done\ne BAD TLS is on already\n"
    )
    #expect(notes(actions).contains("client < 20 bytes from before TLS, thrown away"))
  }

  @Test(arguments: ["a LOGIN bob x\n", "a AUTHENTICATE PLAIN\n", "a AUTHENTICATE PLAIN AGJvYgB4\n"])
  func `where TLS is required a login in clear goes nowhere`(heard: String) {
    var route = ImapRouterTests.route
    route.requiresTLS = true
    var router = router(route)
    let greeting = outline(router.take(.opened))
    #expect(greeting.contains("STARTTLS LOGINDISABLED]"))
    #expect(
      outline(router.take(.heard(.client, wire(heard)))) == "C:a NO [PRIVACYREQUIRED] STARTTLS comes first\n")
    _ = router.play([.heard(.client, wire("b STARTTLS\n")), .tlsUp(.client)])
    #expect(outline(router.take(.heard(.client, wire("c LOGIN bob x\n")))) == "[connect one.lab:143]")
  }

  @Test func `under TLS from the start nothing is offered and logins are taken`() {
    var router = router(ImapRoute(others: ImapRouterTests.two, requiresTLS: true), isTLS: true)
    #expect(!outline(router.take(.opened)).contains("STARTTLS"))
    #expect(outline(router.take(.heard(.client, wire("a LOGIN any x\n")))) == "[connect two.lab:143]")
  }

  private static let unusable: [([RelayEvent], String)] = [
    (
      [
        .backendFailed(
          Failure(layer: .names, code: .dnsNameUnknown, phase: .resolve, decidedBy: .here, verbatim: ["Nö"]))
      ],
      "C:a NO [UNAVAILABLE] The server of this account is not available: dns-name-unknown, N??\n"
    ),
    (
      [.backendUp, .heard(.backend, wire("* BYE full\n"))],
      "[close clean backend]C:a NO [UNAVAILABLE] The server of this account is not available: it does not take logins\n"
    ),
    (
      [.backendUp, .heard(.backend, wire("* PREAUTH hi\n"))],
      "[close clean backend]C:a NO [UNAVAILABLE] The server of this account is not available: it does not take logins\n"
    ),
    (
      [.backendUp, .heard(.backend, wire("220 smtp\n"))],
      "[starttls-port-mixup backend][close clean backend]C:a NO [UNAVAILABLE] The server of this account is not available: it speaks no IMAP\n"
    ),
    (
      [.backendUp, .ended(.backend)],
      "[close clean backend]C:a NO [UNAVAILABLE] The server of this account is not available: it ended the connection\n"
    ),
    (
      [.backendUp, .timePassed],
      "[close clean backend]C:a NO [UNAVAILABLE] The server of this account is not available: it does not answer\n"
    ),
    (
      [.backendUp, .heard(.backend, wire("* OK hi\n* BYE gone\n"))],
      "B:a LOGIN \"bob\" \"x\"\n[close clean backend]C:a NO [UNAVAILABLE] The server of this account is not available: it said goodbye\n"
    ),
  ]

  @Test(arguments: unusable)
  func `a backend that is no use is told to the client which may try again`(
    events: [RelayEvent], said: String
  ) {
    for cut in Cut.all(20) {
      var router = router()
      _ = router.play([.opened, .heard(.client, wire("a LOGIN bob x\n"))])
      #expect(outline(router.play(events, cut: cut)) == said)
      #expect(outline(router.take(.heard(.client, wire("b LOGIN Bob x\n")))) == "[connect two.lab:143]")
      let again = router.play([.backendUp, .heard(.backend, wire("* OK hi\nb OK in\n"))], cut: cut)
      #expect(outline(again) == "B:b LOGIN \"Bob\" \"x\"\nC:b OK in\n[relay]")
    }
  }

  @Test func `after a refused login the same backend is asked again and another is connected anew`() {
    var router = router()
    _ = router.play([.opened, .heard(.client, wire("a LOGIN bob x\n")), .backendUp])
    let refused = router.take(.heard(.backend, wire("* OK hi\na NO [AUTHENTICATIONFAILED] no\n")))
    #expect(outline(refused) == "B:a LOGIN \"bob\" \"x\"\nC:a NO [AUTHENTICATIONFAILED] no\n")
    #expect(outline(router.take(.heard(.client, wire("b LOGIN bob y\n")))) == "B:b LOGIN \"bob\" \"y\"\n")
    #expect(outline(router.take(.heard(.backend, wire("b NO no\n")))) == "C:b NO no\n")
    #expect(
      outline(router.take(.heard(.client, wire("c LOGIN Bob y\n"))))
        == "[close clean backend][connect two.lab:143]")
    #expect(outline(router.take(.ended(.backend))) == "")
    #expect(outline(router.take(.ended(.client))) == "[close clean backend][close clean client]")
  }

  @Test func `a client that speaks TLS at once is recognised`() {
    var router = router()
    let hello: [UInt8] = [0x16, 3, 1, 2, 0, 1]
    let actions = router.play([.opened, .heard(.client, hello)], cut: .everywhere)
    #expect(outline(actions).hasSuffix("[starttls-port-mixup client][close clean client]"))
  }

  @Test func `a client that sends without end while it waits is stopped`() {
    var router = router()
    _ = router.play([.opened, .heard(.client, wire("a LOGIN bob x\n"))])
    var said = ""
    for _ in 0..<100 { said += outline(router.take(.heard(.client, Array(repeating: 65, count: 1000)))) }
    #expect(said == "C:* BYE Too much at once\n[close clean backend][close clean client]")
  }

  @Test(arguments: [
    "a LOGIN bob hunter2\n", "a LOGIN {3+}\nbob {7+}\nhunter2\n", "a AUTHENTICATE PLAIN AGJvYgBodW50ZXIy\n",
    "a AUTHENTICATE PLAIN\nAGJvYgBodW50ZXIy\n",
  ])
  func `no note has a password in it`(heard: String) {
    var router = router()
    let all = notes(
      router.play([
        .opened, .heard(.client, wire(heard)), .backendUp, .heard(.backend, wire("* OK hi\na OK in\n")),
      ])
    ).joined(separator: "\n")
    #expect(!["hunter2", "AGJvYgBodW50ZXIy"].contains(where: all.contains))
    #expect(all.contains("user bob belongs to one.lab:143"))
  }
}
