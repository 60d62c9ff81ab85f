import LabFacts
import LabProtocols
import Testing

struct SocksClientTests {
  private static let name = Endpoint("example.test", 443)
  private static let address = Endpoint("127.0.0.1", 443)
  private static let login = Credentials(user: "lab", password: "secret")

  struct Case: CustomTestStringConvertible {
    let testDescription: String
    var language = ProxyOrder.Language.socks5h
    var target = SocksClientTests.name
    var credentials: Credentials?
    let heard: [UInt8]
    let said: [UInt8]
    let notes: [String]
  }

  private static let ask5: [UInt8] = [5, 1, 0, 3, 12] + Array("example.test".utf8) + [1, 187]
  private static let open5: [UInt8] = [5, 0, 0, 1, 0, 0, 0, 0, 0, 0]
  private static let asked = "> connect to example.test:443 (name, the proxy looks it up)"

  @Test(arguments: [
    Case(
      testDescription: "5 with a name", heard: [5, 0] + open5, said: [5, 1, 0] + ask5,
      notes: ["> methods: none", "< method 0: none", asked, "< reply 0: succeeded"]),
    Case(
      testDescription: "5 with an address", language: .socks5, target: address, heard: [5, 0] + open5,
      said: [5, 1, 0, 5, 1, 0, 1, 127, 0, 0, 1, 1, 187],
      notes: [
        "> methods: none", "< method 0: none", "> connect to 127.0.0.1:443 (address)",
        "< reply 0: succeeded",
      ]),
    Case(
      testDescription: "5 with an IPv6 address, and one bound", language: .socks5,
      target: Endpoint("::1", 80), heard: [5, 0, 5, 0, 0, 4] + [UInt8](repeating: 7, count: 18),
      said: [5, 1, 0, 5, 1, 0, 4] + [UInt8](repeating: 0, count: 15) + [1, 0, 80],
      notes: [
        "> methods: none", "< method 0: none", "> connect to [::1]:80 (address)", "< reply 0: succeeded",
      ]),
    Case(
      testDescription: "5 with a login, and a name bound", credentials: login,
      heard: [5, 2, 1, 0, 5, 0, 0, 3, 2, 0x61, 0x62, 0, 1],
      said: [5, 2, 0, 2, 1, 3] + Array("lab".utf8) + [6] + Array("secret".utf8) + ask5,
      notes: [
        "> methods: none, user/password", "< method 2: user/password", "> user and password (not shown)",
        "< user and password accepted", asked, "< reply 0: succeeded",
      ]),
    Case(
      testDescription: "5 with a login that nobody wants", credentials: login, heard: [5, 0] + open5,
      said: [5, 2, 0, 2] + ask5,
      notes: ["> methods: none, user/password", "< method 0: none", asked, "< reply 0: succeeded"]),
    Case(
      testDescription: "4", language: .socks4, target: address, credentials: login,
      heard: [0, 0x5a, 9, 9, 9, 9, 9, 9], said: [4, 1, 1, 187, 127, 0, 0, 1, 0x6c, 0x61, 0x62, 0],
      notes: ["> connect to 127.0.0.1:443 (address)", "< reply 90: granted"]),
    Case(
      testDescription: "4a with a name", language: .socks4a, heard: [0, 0x5a, 9, 9, 9, 9, 9, 9],
      said: [4, 1, 1, 187, 0, 0, 0, 1, 0] + Array("example.test".utf8) + [0],
      notes: [asked, "< reply 90: granted"]),
    Case(
      testDescription: "4a with an address", language: .socks4a, target: address,
      heard: [0, 0x5a, 9, 9, 9, 9, 9, 9], said: [4, 1, 1, 187, 127, 0, 0, 1, 0],
      notes: ["> connect to 127.0.0.1:443 (address)", "< reply 90: granted"]),
  ])
  func `a tunnel opens, however the proxy's bytes are cut`(c: Case) throws {
    let client = try #require(SocksClient(c.language, target: c.target, credentials: c.credentials))
    for cut in Cuts.of(c.heard) {
      let script = Script.play(client, [.opened] + cut.map { .heard($0) } + [.ended])
      #expect(script == Script(said: c.said, notes: c.notes, steps: ["done"]), "\(cut)")
    }
  }

  @Test func `what comes after the reply belongs to the tunnel`() throws {
    let client = try #require(SocksClient(.socks5h, target: Self.name))
    let script = Script.play(client, [.opened, .heard([5, 0] + Self.open5 + [0x48, 0x69])])
    #expect(script.rest == [0x48, 0x69])
  }

  struct Refusal: CustomTestStringConvertible {
    let testDescription: String
    var language = ProxyOrder.Language.socks5h
    let heard: [UInt8]
    let code: FailureCode
    var by = Failure.Decider.peer
    var reply: Int?
  }

  @Test(
    arguments: [
      Refusal(testDescription: "no method", heard: [5, 0xff], code: .socksAuth),
      Refusal(testDescription: "login", heard: [5, 2, 1, 1], code: .socksAuth),
      Refusal(testDescription: "rules", heard: [5, 0, 5, 2], code: .socksNotAllowed, reply: 2),
      Refusal(testDescription: "unknown reply", heard: [5, 0, 5, 99], code: .socksTargetFailed, reply: 99),
      Refusal(
        testDescription: "4, odd reply", language: .socks4a, heard: [0, 7], code: .socksWrongProtocol,
        by: .here),
      Refusal(
        testDescription: "4, version 4", language: .socks4a, heard: [4, 0x5a], code: .socksWrongProtocol,
        by: .here),
      Refusal(testDescription: "method nobody offered", heard: [5, 1], code: .socksWrongProtocol, by: .here),
      Refusal(testDescription: "reply of 4", heard: [0, 0x5b], code: .socksWrongProtocol, by: .here),
      Refusal(
        testDescription: "HTTP", heard: Array("HTTP/1.1 400 ".utf8), code: .socksWrongProtocol, by: .here),
      Refusal(testDescription: "TLS alert", heard: [0x15, 3, 3], code: .socksWrongProtocol, by: .here),
      Refusal(
        testDescription: "odd login answer", heard: [5, 2, 9, 0], code: .socksWrongProtocol, by: .here),
      Refusal(
        testDescription: "odd address", heard: [5, 0, 5, 0, 0, 9, 0], code: .socksWrongProtocol, by: .here),
      Refusal(testDescription: "end at once", heard: [], code: .socksWrongProtocol),
      Refusal(testDescription: "end in mid-reply", heard: [5, 0, 5, 0, 0], code: .socksWrongProtocol),
    ]
      + [1, 3, 4, 5, 6, 7, 8].map {
        Refusal(
          testDescription: "reply \($0)", heard: [5, 0, 5, UInt8($0), 0, 1, 0, 0, 0, 0, 0, 0],
          code: .socksTargetFailed, reply: $0)
      }
      + [0x5b, 0x5c, 0x5d].map {
        Refusal(
          testDescription: "4, reply \($0)", language: .socks4a, heard: [0, UInt8($0), 0, 0, 0, 0, 0, 0],
          code: .socksNotAllowed, reply: $0)
      })
  func `a refusal is told by its number`(c: Refusal) throws {
    let client = try #require(SocksClient(c.language, target: Self.name, credentials: Self.login))
    for cut in Cuts.of(c.heard) {
      let script = Script.play(client, [.opened] + cut.map { .heard($0) } + [.ended, .heard([1])])
      let failure = try #require(script.failure)
      #expect(failure.code == c.code)
      #expect(failure.decidedBy == c.by)
      #expect(failure.layer == .proxy && failure.phase == .proxy)
      #expect(failure.evidence.socksReply == c.reply)
      #expect(failure.evidence.endpoint == Self.name)
      #expect(c.heard.starts(with: failure.evidence.firstReceived))
      #expect(script.steps == [])
      #expect(!script.notes.joined().contains("secret"))
    }
  }

  @Test(arguments: [
    (ProxyOrder.Language.socks4, Endpoint("example.test", 80)), (.socks4, Endpoint("::1", 80)),
    (.socks4a, Endpoint("::1", 80)), (.socks5, Endpoint("example.test", 80)),
    (.socks5h, Endpoint("a b", 80)), (.socks5h, Endpoint("", 80)), (.socks5h, Endpoint("x", 0)),
    (.socks5h, Endpoint(String(repeating: "a", count: 256), 80)),
  ])
  func `a target the protocol cannot carry is never asked for`(
    language: ProxyOrder.Language, target: Endpoint
  ) throws {
    let script = Script.play(try #require(SocksClient(language, target: target)), [.opened, .ended])
    #expect(script.failure?.code == .badAddress)
    #expect(script.said == [])
    #expect(script.notes.count == 1)
  }

  @Test(arguments: [
    (ProxyOrder.Language.socks4a, Credentials(user: "a\0b", password: "p"), "the proxy's user name"),
    (.socks5h, Credentials(user: "", password: "p"), "the proxy's user name"),
    (.socks5h, Credentials(user: String(repeating: "u", count: 256), password: "p"), "the proxy's user name"),
    (.socks5h, Credentials(user: "u", password: ""), "the proxy's password"),
  ])
  func `a login the protocol cannot carry is named`(
    language: ProxyOrder.Language, login: Credentials, subject: String
  ) throws {
    let client = try #require(SocksClient(language, target: Self.name, credentials: login))
    let script = Script.play(client, [.opened])
    #expect(script.failure?.code == .setupOther)
    #expect(script.failure?.evidence.subject == subject)
    #expect(script.said == [])
  }

  @Test func `CONNECT is no SOCKS`() {
    #expect(SocksClient(.connect, target: Self.name) == nil)
  }
}
