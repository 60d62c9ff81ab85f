import LabFacts
import LabProtocols
import Testing

struct ConnectClientTests {
  private static let target = Endpoint("example.test", 443)
  private static let client = ConnectClient(target: target)

  private static func lines(_ lines: String...) -> String { lines.joined(separator: "\r\n") + "\r\n\r\n" }

  @Test(arguments: [
    (target, "example.test:443"), (Endpoint("::1", 8443), "[::1]:8443"),
    (Endpoint("127.0.0.1", 1), "127.0.0.1:1"),
  ])
  func `a request names the target, and no more than it must`(target: Endpoint, authority: String) {
    let script = Script.play(ConnectClient(target: target), [.opened])
    #expect(script.text == Self.lines("CONNECT \(authority) HTTP/1.1", "Host: \(authority)"))
    #expect(script.notes == ["> CONNECT \(authority) HTTP/1.1", "> Host: \(authority)"])
  }

  @Test func `a login and a User-Agent are sent, and the login is not shown`() {
    let login = Credentials(user: "lab", password: "secret")
    let script = Script.play(
      ConnectClient(target: Self.target, credentials: login, agent: "lab/1"), [.opened])
    #expect(
      script.text
        == Self.lines(
          "CONNECT example.test:443 HTTP/1.1", "Host: example.test:443", "User-Agent: lab/1",
          "Proxy-Authorization: Basic bGFiOnNlY3JldA=="))
    #expect(script.notes.last == "> Proxy-Authorization: Basic (name and password, not shown)")
    #expect(!script.notes.joined().contains("bGFi"))
  }

  @Test(arguments: [
    "HTTP/1.1 200 Connection established\r\n\r\n", "HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\n",
    "HTTP/1.1 299 Odd\nA: b\n\n", "HTTP/1.1 200 \r\n\r\n", "HTTP/1.1 200\r\n\r\n",
    "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
  ])
  func `any 2xx opens the tunnel, however it is cut`(answer: String) {
    for cut in Cuts.of(answer) {
      let script = Script.play(Self.client, [.opened] + cut.map { .heard($0) } + [.ended])
      #expect(script.steps == ["done"])
      #expect(script.failure == nil)
      #expect(script.rest == [])
    }
  }

  @Test(arguments: ["\r\nSSH-2.0", "", "\0\n"])
  func `what comes after the head belongs to the tunnel`(rest: String) {
    for cut in Cuts.of("HTTP/1.1 200 OK\r\n\r\n" + rest) {
      let script = Script.play(Self.client, [.opened] + cut.map { .heard($0) })
      // Where the head ended within a piece, the rest of that piece is given on.
      #expect(Array(rest.utf8).starts(with: script.rest))
      #expect(cut.count > 1 || script.rest == Array(rest.utf8))
      #expect(script.failure == nil)
    }
  }

  struct Refusal: CustomTestStringConvertible {
    let answer: String
    let code: FailureCode
    var by = Failure.Decider.peer
    var status: Int?
    var note: String?
    var testDescription: String { String(answer.prefix(30).filter { $0.isASCII && !$0.isNewline }) }
  }

  @Test(
    arguments: [
      Refusal(
        answer: lines("HTTP/1.1 407 Proxy Authentication Required", "Proxy-Authenticate: Basic realm=\"x\""),
        code: .proxyAuth, status: 407, note: "< Proxy-Authenticate: Basic realm=\"x\""),
      Refusal(
        answer: lines("HTTP/1.1 403 Forbidden", "content-length: 9") + "not\u{1b} you!", code: .proxyDenied,
        status: 403, note: "< not\\x1b you!"),
      Refusal(answer: lines("HTTP/1.1 101 Switching"), code: .proxyDenied, status: 101),
      Refusal(
        answer: lines("HTTP/1.1 502 Bad Gateway", "Content-Length: 1000") + "why", code: .proxyUpstreamFailed,
        status: 502, note: "< why"),
      Refusal(answer: "SSH-2.0-x\r\n", code: .httpMalformed, by: .here),
      Refusal(answer: "\u{5}\u{0}", code: .httpMalformed, by: .here),
      Refusal(answer: "\u{15}\u{3}\u{1}\u{0}\u{2}\u{2}\u{a}", code: .plainToTlsPort, by: .here),
      Refusal(answer: "HTTP/1.1 abc\r\n\r\n", code: .httpMalformed, by: .here),
      Refusal(answer: "HTTP/2 200\r\n\r\n", code: .httpMalformed, by: .here),
      Refusal(answer: "HTTP/1.1 200 OK\r\nno colon\r\n\r\n", code: .httpMalformed, by: .here),
      Refusal(answer: "HTTP/1.1 200 OK\r\nA: \u{0}", code: .httpMalformed, by: .here),
      Refusal(answer: "", code: .emptyReply),
      Refusal(answer: "HTT", code: .httpMalformed),
      Refusal(answer: "HTTP/1.1 200 OK\r\n", code: .httpMalformed),
    ]
      + [
        (400, FailureCode.proxyDenied), (401, .proxyDenied), (405, .proxyDenied), (302, .proxyDenied),
        (503, .proxyUpstreamFailed), (504, .proxyUpstreamFailed),
      ].map {
        Refusal(answer: lines("HTTP/1.1 \($0.0) No"), code: $0.1, status: $0.0)
      })
  func `a refusal is told by its status`(c: Refusal) throws {
    for cut in Cuts.of(c.answer) {
      let script = Script.play(Self.client, [.opened] + cut.map { .heard($0) } + [.ended, .heard([1])])
      let failure = try #require(script.failure)
      #expect(failure.code == c.code, "\(cut)")
      #expect(failure.decidedBy == c.by)
      #expect(failure.layer == .proxy && failure.phase == .proxy)
      #expect(failure.evidence.httpStatus == c.status)
      #expect(failure.evidence.endpoint == Self.target)
      #expect(Array(c.answer.utf8).starts(with: failure.evidence.firstReceived))
      if let note = c.note { #expect(script.notes.contains(note)) }
      #expect(script.steps == [])
    }
  }

  @Test func `a refusal without a length is not waited for`() {
    let script = Script.play(
      Self.client, [.opened, .heard(Array("HTTP/1.1 403 No\r\n\r\nbecause".utf8))])
    #expect(script.failure?.code == .proxyDenied)
    #expect(script.notes.last == "< because")
    #expect(script.failure?.verbatim == ["HTTP/1.1 403 No"])
  }

  @Test func `a head has a limit`() {
    let line = Array((String(repeating: "a", count: 1000) + ": b\r\n").utf8)
    var events: [DialogueEvent] = [.opened, .heard(Array("HTTP/1.1 200 OK\r\n".utf8))]
    events += [DialogueEvent](repeating: .heard(line), count: 66)
    let failure = Script.play(Self.client, events).failure
    #expect(failure?.code == .httpMalformed)
    #expect(failure?.evidence.subject == "a head of more than 65536 bytes")
    #expect(Script.play(Self.client, events.dropLast(4)).failure == nil)
  }

  @Test(
    arguments: [
      (ConnectClient(target: Endpoint("a\r\nX: y", 1)), FailureCode.badAddress, nil),
      (ConnectClient(target: Endpoint("a", 0)), .badAddress, nil),
      (
        ConnectClient(target: target, credentials: Credentials(user: "a:b", password: "c")), .setupOther,
        "the proxy's user name"
      ),
      (ConnectClient(target: target, agent: "a\r\nX: y"), .setupOther, "the User-Agent"),
    ] as [(ConnectClient, FailureCode, String?)])
  func `what HTTP cannot carry is never sent`(client: ConnectClient, code: FailureCode, subject: String?) {
    let script = Script.play(client, [.opened])
    #expect(script.failure?.code == code)
    #expect(script.failure?.evidence.subject == subject)
    #expect(script.said == [])
  }

  @Test(arguments: ProxyOrder.Language.allCases)
  func `an order makes the dialogue of its language`(language: ProxyOrder.Language) {
    let order = ProxyOrder(language: language, at: Endpoint("127.0.0.1", 1080))
    let target = Endpoint(order.resolvesHere ? "127.0.0.1" : "example.test", 443)
    var dialogue = order.dialogue(to: target)
    guard case .say(let bytes)? = dialogue.take(.opened).first else {
      Issue.record("nothing is said")
      return
    }
    let first: [ProxyOrder.Language: UInt8] = [
      .socks4: 4, .socks4a: 4, .socks5: 5, .socks5h: 5, .connect: UInt8(ascii: "C"),
    ]
    #expect(bytes.first == first[language])
  }
}
