import LabFacts
import LabProtocols
import Testing

struct MailServerTests {
  private static let bob = Credentials(user: "bob", password: "se cret")

  /// What a client says in clear, and after TLS where it has a second part; what it hears.
  private static let dialogues: [(MailProtocol, [String], String)] = [
    (
      .smtp, ["EHLO c\nSTARTTLS\n", "MAIL FROM:<a@b>\nEHLO c\nSTARTTLS\nQUIT\n"],
      """
      250-lab
      250-PIPELINING
      250-STARTTLS
      250-AUTH PLAIN LOGIN
      250 8BITMIME
      220 2.0.0 Ready to start TLS
      [TLS]503 5.5.1 Say EHLO first
      250-lab
      250-PIPELINING
      250-AUTH PLAIN LOGIN
      250 8BITMIME
      503 5.5.1 TLS is on already
      221 2.0.0 lab goes
      [close clean]
      """
    ),
    (
      .smtp,
      [
        "HELO c\nXYZ\nDATA\nAUTH PLAIN AGJvYgBzZSBjcmV0\nMAIL FROM:<a@b>\nRCPT TO:<c@d>\nDATA\nSubject: x\n\n..\n.\nNOOP\nRSET\nRCPT TO:<x>\n"
      ],
      """
      250 lab
      500 5.5.1 Unknown command
      503 5.5.1 RCPT TO comes first
      235 2.7.0 Welcome
      250 2.1.0 OK
      250 2.1.5 OK
      354 Go on, and end with a dot on a line of its own
      250 2.0.0 3 lines for 1 read and thrown away
      250 2.0.0 OK
      250 2.0.0 OK
      503 5.5.1 MAIL FROM comes first

      """
    ),
    (
      .smtp,
      [
        "EHLO c\nMAIL FROM:<a@b>\nAUTH LOGIN\nYm9i\nd3Jvbmc=\nAUTH LOGIN\n*\nAUTH PLAIN\nAGJvYgBzZSBjcmV0\nAUTH PLAIN\n"
      ],
      """
      250-lab
      250-PIPELINING
      250-STARTTLS
      250-AUTH PLAIN LOGIN
      250 8BITMIME
      530 5.7.0 Log in first
      334 VXNlcm5hbWU6
      334 UGFzc3dvcmQ6
      535 5.7.8 Name or password not accepted
      334 VXNlcm5hbWU6
      501 5.7.0 Login given up
      334 \n235 2.7.0 Welcome
      503 5.5.1 You are logged in already

      """
    ),
    (
      .pop3, ["CAPA\nSTLS\n", "CAPA\nSTLS\nQUIT\n"],
      """
      +OK This is known here:
      USER
      STLS
      UIDL
      TOP
      RESP-CODES
      .
      +OK Begin TLS
      [TLS]+OK This is known here:
      USER
      UIDL
      TOP
      RESP-CODES
      .
      -ERR TLS is on already
      +OK lab goes
      [close clean]
      """
    ),
    (
      .pop3,
      [
        "STAT\nPASS x\nUSER bob\nPASS wrong\nuser bob\npass se cret\nSTAT\nLIST\nLIST 1\nNOOP\nSTLS\nXYZ\nQUIT\n"
      ],
      """
      -ERR Log in first
      -ERR USER comes first
      +OK And the password?
      -ERR [AUTH] Name or password not accepted
      +OK And the password?
      +OK 0 messages
      +OK 0 0
      +OK 0 messages
      .
      -ERR No such message
      +OK
      -ERR STLS comes before the login
      -ERR Unknown command
      +OK lab goes
      [close clean]
      """
    ),
    (
      .imap, ["a001 CAPABILITY\nA.1 STARTTLS\n", ". CAPABILITY\n1 starttls\n] LOGOUT\n"],
      """
      * CAPABILITY IMAP4rev1 LITERAL+ ID STARTTLS AUTH=PLAIN SASL-IR
      a001 OK done
      A.1 OK Begin TLS
      [TLS]* CAPABILITY IMAP4rev1 LITERAL+ ID AUTH=PLAIN SASL-IR
      . OK done
      1 BAD TLS is on already
      * BYE lab goes
      ] OK done
      [close clean]
      """
    ),
    (
      .imap,
      [
        "1 XYZ\n+ NOOP\n\nx\n2 SELECT INBOX\n3 LOGIN bob wrong\n4 LOGIN {3}\nbob {7+}\nse cret\n5 SELECT inbox\n6 LIST \"\" *\n7 UID SEARCH ALL\n8 CREATE x\n9 NOOP\n"
      ],
      """
      1 BAD Unknown command
      * BAD A command is TAG NAME and its arguments
      * BAD A command is TAG NAME and its arguments
      * BAD A command is TAG NAME and its arguments
      2 NO Log in first
      3 NO [AUTHENTICATIONFAILED] Name or password not accepted
      + Go on
      4 OK [CAPABILITY IMAP4rev1 LITERAL+ ID] Welcome
      * 0 EXISTS
      * 0 RECENT
      * FLAGS (\\Seen \\Answered \\Flagged \\Deleted \\Draft)
      * OK [UIDVALIDITY 1] valid
      * OK [UIDNEXT 1] next
      5 OK [READ-WRITE] INBOX is empty
      * LIST () "/" INBOX
      6 OK done
      * SEARCH
      7 OK done
      8 NO [CANNOT] This server keeps no mail
      9 OK done

      """
    ),
    (
      .imap,
      [
        "1 AUTHENTICATE CRAM-MD5\n2 AUTHENTICATE PLAIN\n*\n3 AUTHENTICATE PLAIN AGJvYgBzZSBjcmV0\n4 AUTHENTICATE PLAIN\n"
      ],
      """
      1 NO PLAIN is known here
      + \n2 BAD Login given up
      3 OK [CAPABILITY IMAP4rev1 LITERAL+ ID] Welcome
      4 BAD You are logged in already

      """
    ),
  ]

  @Test(arguments: dialogues)
  func `commands are answered however they are cut`(mail: MailProtocol, heard: [String], said: String) {
    for cut in Cut.all(heard.map(\.count).max() ?? 0) {
      var server = MailServer(mail, host: "lab", offersTLS: true, credentials: MailServerTests.bob)
      _ = server.take(.opened)
      var actions = server.play([.heard(wire(heard[0]))], cut: cut)
      if heard.count > 1 { actions += server.play([.tlsUp, .heard(wire(heard[1]))], cut: cut) }
      #expect(outline(actions) == said)
    }
  }

  @Test(arguments: [
    (MailProtocol.imap, "* OK [CAPABILITY IMAP4rev1 LITERAL+ ID AUTH=PLAIN SASL-IR] lab netlab IMAP ready\n"),
    (.smtp, "220 lab ESMTP netlab ready\n"), (.pop3, "+OK lab netlab POP3 ready\n"),
  ])
  func `under TLS from the start it greets and offers none`(mail: MailProtocol, said: String) {
    var server = MailServer(mail, host: "lab", offersTLS: true, isTLS: true)
    #expect(outline(server.take(.opened)) == said)
  }

  @Test(arguments: [
    (
      MailProtocol.imap, "a STARTTLS\nb LOGIN bob x\nc LOGOUT\n", "a OK Begin TLS\n", "x NOOP\n",
      "x OK done\n"
    ),
    (.smtp, "STARTTLS\nEHLO evil\nQUIT\n", "220 2.0.0 Ready to start TLS\n", "NOOP\n", "250 2.0.0 OK\n"),
    (.pop3, "STLS\nUSER bob\nQUIT\n", "+OK Begin TLS\n", "XYZ\n", "-ERR Unknown command\n"),
  ])
  func `commands sent ahead of TLS are never obeyed`(
    mail: MailProtocol, heard: String, said: String, later: String, answer: String
  ) {
    for cut in Cut.all(heard.count) {
      var server = MailServer(mail, host: "lab", offersTLS: true)
      _ = server.take(.opened)
      let actions = server.play([.heard(wire(heard)), .tlsUp, .heard(wire(later))], cut: cut)
      #expect(outline(actions) == said + "[TLS]" + answer)
      #expect(notes(actions).contains { $0.hasSuffix("from before TLS, thrown away") })
      #expect(!notes(actions).contains { $0.contains("bob") || $0.contains("evil") })
    }
  }

  @Test func `half a command from before TLS is not continued inside it`() {
    var server = MailServer(.imap, host: "lab", offersTLS: true)
    let actions = server.play([
      .opened, .heard(wire("a STARTTLS\nb LOG")), .tlsUp, .heard(wire("OUT\nc NOOP\n")),
    ])
    #expect(outline(actions).hasSuffix("[TLS]* BAD A command is TAG NAME and its arguments\nc OK done\n"))
  }

  @Test(arguments: [
    (MailProtocol.imap, "a STARTTLS\n", "a BAD This server has no TLS\n"),
    (.smtp, "STARTTLS\n", "502 5.5.1 This server has no TLS\n"),
    (.pop3, "STLS\n", "-ERR This server has no TLS\n"),
  ])
  func `without TLS options STARTTLS is refused`(mail: MailProtocol, heard: String, said: String) {
    var server = MailServer(mail, host: "lab", offersTLS: false)
    #expect(outline(server.play([.heard(wire(heard))])) == said)
  }

  @Test(arguments: [
    (MailProtocol.imap, "a LOGIN b c\n", "a NO [PRIVACYREQUIRED] STARTTLS comes first\n"),
    (.smtp, "HELO c\nMAIL FROM:<a>\n", "250 lab\n530 5.7.0 Must issue a STARTTLS command first\n"),
    (.pop3, "USER b\n", "-ERR STLS comes first\n"),
  ])
  func `a server that requires TLS takes no login before it`(mail: MailProtocol, heard: String, said: String)
  {
    var server = MailServer(mail, host: "lab", offersTLS: true, requiresTLS: true)
    #expect(outline(server.play([.heard(wire(heard))])) == said)
  }

  @Test(arguments: [
    (MailProtocol.imap, "\u{16}\u{3}\u{1}\u{2}\0\u{1}", "[starttls-port-mixup]"),
    (.smtp, "GET / HTTP/1.1\r\n", "421 4.3.2 lab this port speaks SMTP, not HTTP\n[starttls-port-mixup]"),
    (.imap, "CONNECT h:1 HTTP/1.1\r\n", "* BYE this port speaks IMAP, not HTTP\n[starttls-port-mixup]"),
    (.pop3, "PROXY TCP4 1.1.1.1", "-ERR no PROXY header is expected here\n[proxy-protocol-mixup]"),
    (.pop3, "\r\n\r\n\0\r\nQUIT\n", "-ERR no PROXY header is expected here\n[proxy-protocol-mixup]"),
  ])
  func `a client of another protocol is recognised`(mail: MailProtocol, heard: String, said: String) {
    for cut in Cut.all(heard.utf8.count) {
      var server = MailServer(mail, host: "lab", offersTLS: true)
      _ = server.take(.opened)
      let actions = server.play([.heard(Array(heard.utf8)), .heard(wire("a NOOP\n")), .ended], cut: cut)
      #expect(outline(actions) == said + "[close clean]")
    }
  }

  @Test(arguments: [
    "GET LOGIN a b\n", "CONNECT NOOP\n", "G NOOP\n", "PROXY NOOP\n".replacing("PROXY ", with: "PROX "),
  ])
  func `a tag that looks like a request is a tag`(heard: String) {
    for cut in Cut.all(heard.count) {
      var server = MailServer(.imap, host: "lab", offersTLS: true)
      #expect(outline(server.play([.heard(wire(heard))], cut: cut)).contains(" OK "))
    }
  }

  @Test(arguments: [
    (
      MailProtocol.imap,
      "a LOGIN bob hunter2\nb LOGIN \"bob\" \"hunter2\"\nc  LOGIN {3+}\nbob {7+}\nhunter2\n"
    ),
    (.imap, "a AUTHENTICATE PLAIN AGJvYgBodW50ZXIy\nb AUTHENTICATE PLAIN\nAGJvYgBodW50ZXIy\n"),
    (.smtp, "EHLO c\nAUTH PLAIN AGJvYgBodW50ZXIy\n"), (.smtp, "EHLO c\nAUTH LOGIN\nYm9i\naHVudGVyMg==\n"),
    (.pop3, "USER bob\nPASS hunter2\nPASS\thunter2\n"),
  ])
  func `no note has a password in it`(mail: MailProtocol, heard: String) {
    for cut in [Cut.nowhere, .everywhere] {
      var server = MailServer(mail, host: "lab", offersTLS: true)
      let all = notes(server.play([.opened, .heard(wire(heard))], cut: cut)).joined(separator: "\n")
      #expect(!["hunter2", "aHVudGVyMg", "AGJvYgBodW50ZXIy"].contains(where: all.contains))
      #expect(all.contains("***"))
    }
  }

  @Test func `a monstrous line or literal is refused and the connection goes on`() {
    var server = MailServer(.imap, host: "lab", offersTLS: true)
    let long = String(repeating: "x", count: 20_000)
    let heard = "a \(long)\nb LOGIN {20000+}\n\(long) x\nc LOGIN {99999}\nd NOOP\n"
    let said = outline(server.play([.heard(wire(heard))]))
    #expect(said.contains("b BAD"))
    #expect(said.contains("c BAD"))
    #expect(said.hasSuffix("d OK done\n"))
    let empties = "e LOGIN " + String(repeating: "{0+}\n", count: 5000) + "\nf NOOP\n"
    #expect(outline(server.play([.heard(wire(empties))])).hasSuffix("f OK done\n"))
  }
}
