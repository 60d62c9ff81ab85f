import LabFacts
import LabProtocols
import Testing

struct StartTLSOfferTests {
  private static let order = ConnectOrder(to: Endpoint("back.lab", 1), transport: .plain)

  private static let down = Failure(layer: .socket, code: .refused, phase: .connect, decidedBy: .kernel)

  private func offer(_ mail: MailProtocol, isTLS: Bool = false) -> StartTLSOffer {
    StartTLSOffer(mail, StartTLSOfferTests.order, host: "lab", isTLS: isTLS)
  }

  private static func client(_ text: String) -> RelayEvent { .heard(.client, wire(text)) }
  private static func backend(_ text: String) -> RelayEvent { .heard(.backend, wire(text)) }

  private static let dialogues: [(MailProtocol, [RelayEvent], String)] = [
    (
      .smtp,
      [
        backend("220-hi\n220 there\n"), client("EHLO c\n"), backend("250-back\n250-SIZE 5\n250 8BITMIME\n"),
        client("STARTTLS\n"), .tlsUp(.client), client("EHLO c\n"), backend("250-back\n250 STARTTLS\n"),
        client("STARTTLS\n"), client("MAIL FROM:<a>\n"),
      ],
      """
      C:220-hi
      220 there
      B:EHLO c
      C:250-back
      250-SIZE 5
      250-8BITMIME
      250 STARTTLS
      220 2.0.0 Ready to start TLS
      [TLS client]B:EHLO c
      C:250 back
      503 5.5.1 TLS is on already
      B:MAIL FROM:<a>
      [relay]
      """
    ),
    (
      .smtp, [backend("220 hi\n"), client("EHLO c\n"), backend("250 back\n"), client("QUIT\n")],
      "C:220 hi\nB:EHLO c\nC:250-back\n250 STARTTLS\nB:QUIT\n[relay]"
    ),
    (
      .smtp,
      [
        backend("220 hi\n"), client("EHLO c\n"), backend("502 what\n"), client("HELO c\n"),
        backend("250 back\n"),
        client("AUTH PLAIN x\n"),
      ],
      "C:220 hi\nB:EHLO c\nC:502 what\nB:HELO c\nC:250 back\nB:AUTH PLAIN x\n[relay]"
    ),
    (
      .pop3,
      [
        backend("+OK hi\n"), client("CAPA\n"), backend("+OK\nUSER\nSTLS\n.\n"), client("STLS\n"),
        .tlsUp(.client),
        client("CAPA\n"), backend("+OK\nUSER\nSTLS\n.\n"), client("STLS\n"), client("USER bob\n"),
      ],
      """
      C:+OK hi
      B:CAPA
      C:+OK
      USER
      STLS
      .
      +OK Begin TLS
      [TLS client]B:CAPA
      C:+OK
      USER
      .
      -ERR TLS is on already
      B:USER bob
      [relay]
      """
    ),
    (
      .pop3, [backend("+OK hi\n"), client("CAPA\n"), backend("-ERR what\n"), client("USER bob\n")],
      "C:+OK hi\nB:CAPA\nC:-ERR what\nB:USER bob\n[relay]"
    ),
    (
      .imap,
      [
        backend("* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] hi\n"), client("a001 CAPABILITY\n"),
        backend("* CAPABILITY IMAP4rev1\na001 OK done\n"), client("A.1 starttls\n"), .tlsUp(.client),
        client(". CAPABILITY\n"),
        backend("* CAPABILITY IMAP4rev1 STARTTLS\n. OK [CAPABILITY STARTTLS X] done\n"),
        client("1 STARTTLS\n"), client("2 LOGIN a {3}\n"),
      ],
      """
      C:* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN STARTTLS] hi
      B:a001 CAPABILITY
      C:* CAPABILITY IMAP4rev1 STARTTLS
      a001 OK done
      A.1 OK Begin TLS
      [TLS client]B:. CAPABILITY
      C:* CAPABILITY IMAP4rev1
      . OK [CAPABILITY X] done
      1 BAD TLS is on already
      B:2 LOGIN a {3}
      [relay]
      """
    ),
  ]

  @Test(arguments: dialogues)
  func `STARTTLS is added for the client and taken by the relay`(
    mail: MailProtocol, events: [RelayEvent], said: String
  ) {
    for cut in Cut.all(50) {
      var offer = offer(mail)
      #expect(outline(offer.play([.opened, .backendUp])) == "[connect back.lab:1]")
      #expect(outline(offer.play(events, cut: cut)) == said)
    }
  }

  @Test(arguments: [
    (
      MailProtocol.imap, "* OK hi\n", "a STARTTLS\nb LOGIN evil x\n",
      "C:* OK hi\na OK Begin TLS\n[TLS client]"
    ),
    (
      .smtp, "220 hi\n", "STARTTLS\nMAIL FROM:<evil>\n",
      "C:220 hi\n220 2.0.0 Ready to start TLS\n[TLS client]"
    ),
    (.pop3, "+OK hi\n", "STLS\nUSER evil\n", "C:+OK hi\n+OK Begin TLS\n[TLS client]"),
  ])
  func `what comes ahead of TLS reaches nobody`(
    mail: MailProtocol, greeting: String, heard: String, said: String
  ) {
    for cut in Cut.all(heard.count) {
      var offer = offer(mail)
      _ = offer.play([.opened, .backendUp])
      let actions = offer.play(
        [
          StartTLSOfferTests.backend(greeting), StartTLSOfferTests.client(heard), .tlsUp(.client),
          StartTLSOfferTests.client("x NOOP\n"),
        ], cut: cut)
      #expect(outline(actions) == said + "B:x NOOP\n" + (mail == .imap ? "" : "[relay]"))
      #expect(notes(actions).contains { $0.hasSuffix("from before TLS, thrown away") })
    }
  }

  @Test func `a client in a hurry hears the answers before the go-ahead`() {
    for cut in [Cut.nowhere, .everywhere] {
      var offer = offer(.smtp)
      var actions = offer.play(
        [.opened, .backendUp, StartTLSOfferTests.client("EHLO c\nSTARTTLS\nQUIT\n")], cut: cut)
      #expect(outline(actions) == "[connect back.lab:1]B:EHLO c\n")
      actions = offer.play([StartTLSOfferTests.backend("220 hi\n250-back\n250 X\n")], cut: cut)
      #expect(
        outline(actions)
          == "C:220 hi\n250-back\n250-X\n250 STARTTLS\n220 2.0.0 Ready to start TLS\n[TLS client]")
      #expect(outline(offer.take(.tlsUp(.client))) == "")
    }
  }

  @Test func `commands that came before the backend are kept`() {
    var offer = offer(.pop3)
    #expect(
      outline(offer.play([.opened, StartTLSOfferTests.client("USER bob\nPASS x\n")]))
        == "[connect back.lab:1]")
    #expect(outline(offer.take(.backendUp)) == "")
    #expect(
      outline(offer.take(StartTLSOfferTests.backend("+OK hi\n"))) == "C:+OK hi\nB:USER bob\nPASS x\n[relay]")
  }

  @Test func `under TLS from the start the word is only taken away`() {
    var offer = offer(.imap, isTLS: true)
    let actions = offer.play([
      .opened, .backendUp, StartTLSOfferTests.backend("* OK [CAPABILITY STARTTLS X] hi\n"),
    ])
    #expect(outline(actions) == "[connect back.lab:1]C:* OK [CAPABILITY X] hi\n")
  }

  @Test(arguments: [
    (MailProtocol.imap, "C:* BYE backend not available: refused\n"),
    (.smtp, "C:421 4.3.2 lab backend not available: refused\n"),
    (.pop3, "C:-ERR backend not available: refused\n"),
  ])
  func `the client is told that there is no backend`(mail: MailProtocol, said: String) {
    var offer = offer(mail)
    _ = offer.take(.opened)
    #expect(
      outline(offer.take(.backendFailed(StartTLSOfferTests.down))) == said
        + "[close clean backend][close clean client]")
    var plain = PlainOffer(mail, StartTLSOfferTests.order, host: "lab")
    _ = plain.take(.opened)
    #expect(outline(plain.take(.backendFailed(StartTLSOfferTests.down))) == said + "[close clean client]")
  }

  @Test func `strangers on both sides are recognised`() {
    var offer = offer(.smtp)
    _ = offer.play([.opened, .backendUp])
    var other = offer
    #expect(
      outline(offer.take(.heard(.client, [0x16, 3, 1, 2])))
        == "[starttls-port-mixup client][close clean backend][close clean client]")
    #expect(
      outline(other.take(StartTLSOfferTests.backend("* OK imap\n")))
        == "[starttls-port-mixup backend]C:421 4.3.2 lab backend speaks no SMTP\n[close clean backend][close clean client]"
    )
  }

  @Test func `a client that has said all still hears its answers`() {
    var offer = offer(.smtp)
    _ = offer.play([
      .opened, .backendUp, StartTLSOfferTests.backend("220 hi\n"), StartTLSOfferTests.client("NOOP\n"),
    ])
    #expect(outline(offer.take(.ended(.client))) == "[close half backend]")
    let last = offer.play([StartTLSOfferTests.backend("250 OK\n"), .ended(.backend)])
    #expect(outline(last) == "C:250 OK\n[close clean client][close clean backend]")
  }

  @Test func `a client in clear gets the greeting that was kept and nothing is lost`() {
    var plain = PlainOffer(.smtp, StartTLSOfferTests.order)
    let actions = plain.play([
      .opened, StartTLSOfferTests.client("EHLO c\n"), StartTLSOfferTests.backend("220 hi\n"), .backendUp,
    ])
    #expect(outline(actions) == "[connect back.lab:1]C:220 hi\nB:EHLO c\n[relay]")
  }

  @Test func `no note has a password in it`() {
    for (mail, heard) in [
      (MailProtocol.imap, "a LOGIN bob hunter2\n"), (.smtp, "AUTH PLAIN hunter2\n"),
      (.pop3, "PASS hunter2\n"),
    ] {
      var offer = offer(mail)
      let all = notes(offer.play([.opened, .backendUp, StartTLSOfferTests.client(heard)]))
      #expect(all.contains { $0.contains("***") })
      #expect(!all.contains { $0.contains("hunter2") })
    }
  }
}
