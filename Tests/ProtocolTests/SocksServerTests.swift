import LabFacts
import LabProtocols
import Testing

struct SocksServerTests {
  private static let login = Credentials(user: "lab", password: "secret")
  private static let name: [UInt8] = [3, 12] + Array("example.test".utf8) + [1, 187]
  private static let open5: [UInt8] = [5, 0, 0, 1, 0, 0, 0, 0, 0, 0]

  struct Case: CustomTestStringConvertible {
    let testDescription: String
    var credentials: Credentials?
    let heard: [UInt8]
    let said: [UInt8]
    let target: String
    let notes: [String]
  }

  @Test(arguments: [
    Case(
      testDescription: "5 with a name", heard: [5, 1, 0, 5, 1, 0] + name, said: [5, 0] + open5,
      target: "example.test:443",
      notes: [
        "< SOCKS 5, methods: none", "> method 0: none",
        "< SOCKS 5: connect to example.test:443 (name, the proxy looks it up)", "> reply 0: succeeded",
      ]),
    Case(
      testDescription: "5 with a login", credentials: login,
      heard: [5, 3, 0, 1, 2, 1, 3, 0x6c, 0x61, 0x62, 6] + Array("secret".utf8)
        + [5, 1, 0, 1, 127, 0, 0, 1, 0, 80],
      said: [5, 2, 1, 0] + open5, target: "127.0.0.1:80",
      notes: [
        "< SOCKS 5, methods: none, GSSAPI, user/password", "> method 2: user/password",
        "< user and password (not shown)", "> user and password accepted",
        "< SOCKS 5: connect to 127.0.0.1:80 (address)", "> reply 0: succeeded",
      ]),
    Case(
      testDescription: "5 with a login nobody asked for",
      heard: [5, 1, 2, 1, 1, 0x78, 1, 0x79, 5, 1, 0, 4] + [UInt8](repeating: 0, count: 15) + [1, 0, 80],
      said: [5, 2, 1, 0] + open5, target: "[::1]:80",
      notes: [
        "< SOCKS 5, methods: user/password", "> method 2: user/password",
        "< user and password (not shown)", "> user and password accepted",
        "< SOCKS 5: connect to [::1]:80 (address)", "> reply 0: succeeded",
      ]),
    Case(
      testDescription: "4", heard: [4, 1, 0, 80, 127, 0, 0, 1, 0x6c, 0], said: [0, 0x5a, 0, 0, 0, 0, 0, 0],
      target: "127.0.0.1:80",
      notes: ["< SOCKS 4: connect to 127.0.0.1:80 (address)", "> reply 90: granted"]),
    Case(
      testDescription: "4a", heard: [4, 1, 1, 187, 0, 0, 0, 9, 0] + Array("example.test".utf8) + [0],
      said: [0, 0x5a, 0, 0, 0, 0, 0, 0], target: "example.test:443",
      notes: [
        "< SOCKS 4: connect to example.test:443 (name, the proxy looks it up)", "> reply 90: granted",
      ]),
  ])
  func `a client is served, however its bytes are cut, and its early bytes are kept`(c: Case) {
    let server = SocksServer(policy: ProxyPolicy(credentials: c.credentials))
    let early = Array("early".utf8)
    for cut in Cuts.of(c.heard + early) {
      let events = [.opened] + cut.map { RelayEvent.heard(.client, $0) } + [.backendUp, .timePassed]
      let expected = Script(
        said: c.said, saidToBackend: early, notes: c.notes, steps: ["connect \(c.target)", "relay"])
      #expect(Script.play(server, events) == expected, "\(cut)")
    }
  }

  @Test func `a client that has said all early is still served`() {
    let request: [UInt8] = [4, 1, 0, 80, 127, 0, 0, 1, 0, 0x78]
    let script = Script.play(
      SocksServer(), [.opened, .heard(.client, request), .ended(.client), .backendUp])
    #expect(script.saidToBackend == [0x78])
    #expect(script.steps == ["connect 127.0.0.1:80", "relay"])
  }

  struct Refusal: CustomTestStringConvertible {
    let testDescription: String
    var policy = ProxyPolicy()
    let heard: [UInt8]
    let said: [UInt8]
    let code: FailureCode
    var reply: Int?
  }

  @Test(arguments: [
    Refusal(
      testDescription: "no method in common", policy: ProxyPolicy(credentials: login), heard: [5, 1, 0],
      said: [5, 0xff], code: .socksAuth),
    Refusal(
      testDescription: "ordered to accept none", policy: ProxyPolicy(manners: .noMethod),
      heard: [5, 2, 0, 2],
      said: [5, 0xff], code: .socksAuth),
    Refusal(
      testDescription: "wrong password", policy: ProxyPolicy(credentials: login),
      heard: [5, 1, 2, 1, 3, 0x6c, 0x61, 0x62, 1, 0x78], said: [5, 2, 1, 1], code: .socksAuth),
    Refusal(
      testDescription: "4 where a password is wanted", policy: ProxyPolicy(credentials: login),
      heard: [4, 1, 0, 80, 127, 0, 0, 1, 0], said: [0, 0x5d, 0, 0, 0, 0, 0, 0], code: .socksAuth, reply: 0x5d),
    Refusal(
      testDescription: "ordered, 5", policy: ProxyPolicy(manners: .refuse(code: 2)),
      heard: [5, 1, 0, 5, 1, 0] + name, said: [5, 0, 5, 2, 0, 1, 0, 0, 0, 0, 0, 0], code: .socksNotAllowed,
      reply: 2),
    Refusal(
      testDescription: "ordered, 4", policy: ProxyPolicy(manners: .refuse(code: 0x5c)),
      heard: [4, 1, 0, 80, 127, 0, 0, 1, 0], said: [0, 0x5c, 0, 0, 0, 0, 0, 0], code: .socksNotAllowed,
      reply: 0x5c),
    Refusal(
      testDescription: "ordered with a code of 5, asked by 4", policy: ProxyPolicy(manners: .refuse(code: 5)),
      heard: [4, 1, 0, 80, 127, 0, 0, 1, 0], said: [0, 0x5b, 0, 0, 0, 0, 0, 0], code: .socksNotAllowed,
      reply: 0x5b),
    Refusal(
      testDescription: "ordered with the code of success", policy: ProxyPolicy(manners: .refuse(code: 0)),
      heard: [5, 1, 0, 5, 1, 0] + name, said: [5, 0, 5, 1, 0, 1, 0, 0, 0, 0, 0, 0], code: .socksTargetFailed,
      reply: 1),
    Refusal(
      testDescription: "BIND", heard: [5, 1, 0, 5, 2, 0] + name,
      said: [5, 0, 5, 7, 0, 1, 0, 0, 0, 0, 0, 0], code: .socksTargetFailed, reply: 7),
    Refusal(
      testDescription: "BIND of 4", heard: [4, 2, 0, 80, 127, 0, 0, 1, 0], said: [0, 0x5b, 0, 0, 0, 0, 0, 0],
      code: .socksNotAllowed, reply: 0x5b),
    Refusal(
      testDescription: "address type", heard: [5, 1, 0, 5, 1, 0, 9],
      said: [5, 0, 5, 8, 0, 1, 0, 0, 0, 0, 0, 0], code: .socksTargetFailed, reply: 8),
    Refusal(
      testDescription: "a path for a name", heard: [5, 1, 0, 5, 1, 0, 3, 2, 0x2f, 0x78, 0, 80],
      said: [5, 0, 5, 4, 0, 1, 0, 0, 0, 0, 0, 0], code: .badAddress, reply: 4),
    Refusal(
      testDescription: "port 0", heard: [5, 1, 0, 5, 1, 0, 1, 127, 0, 0, 1, 0, 0],
      said: [5, 0, 5, 4, 0, 1, 0, 0, 0, 0, 0, 0], code: .badAddress, reply: 4),
    Refusal(testDescription: "a TLS ClientHello", heard: [0x16, 3, 1], said: [], code: .socksWrongProtocol),
    Refusal(testDescription: "a mail client", heard: Array("ehlo".utf8), said: [], code: .socksWrongProtocol),
    Refusal(
      testDescription: "version 4 in the request of 5", heard: [5, 1, 0, 4], said: [5, 0],
      code: .socksWrongProtocol),
    Refusal(
      testDescription: "a login of another version", policy: ProxyPolicy(credentials: login),
      heard: [5, 1, 2, 5], said: [5, 2], code: .socksWrongProtocol),
    Refusal(
      testDescription: "a user id of 4 without end",
      heard: [4, 1, 0, 80, 127, 0, 0, 1] + [UInt8](repeating: 1, count: 600),
      said: [0, 0x5b, 0, 0, 0, 0, 0, 0], code: .socksWrongProtocol, reply: 0x5b),
  ])
  func `a refusal is said as the version says it, and the client is let go`(c: Refusal) throws {
    for cut in Cuts.of(c.heard) {
      let events = [.opened] + cut.map { RelayEvent.heard(.client, $0) } + [.heard(.client, [1])]
      let script = Script.play(SocksServer(policy: c.policy), events)
      #expect(script.said == c.said, "\(cut)")
      #expect(script.failure?.code == c.code)
      #expect(script.failure?.decidedBy == .here)
      #expect(script.failure?.evidence.socksReply == c.reply)
      #expect(script.steps == ["close client clean"])
      #expect(!script.notes.joined().contains("secret"))
    }
  }

  @Test(arguments: [
    (Failure.backend(.refused, errno: 111), 5), (.backend(.unreachable, errno: 113), 4),
    (.backend(.unreachable, errno: 101), 3), (.backend(.timeout), 6), (.backend(.dnsNameUnknown), 4),
    (.backend(.blockedLocally), 1),
  ])
  func `a backend's failure has a fitting reply`(failure: Failure, reply: Int) {
    let request: [UInt8] = [5, 1, 0, 5, 1, 0, 1, 127, 0, 0, 1, 0, 80]
    let script = Script.play(
      SocksServer(), [.opened, .heard(.client, request), .backendFailed(failure)])
    #expect(script.said == [5, 0, 5, UInt8(reply), 0, 1, 0, 0, 0, 0, 0, 0])
    #expect(script.steps == ["connect 127.0.0.1:80", "close client clean"])
    let four = Script.play(
      SocksServer(),
      [.opened, .heard(.client, [4, 1, 0, 80, 127, 0, 0, 1, 0]), .backendFailed(failure)])
    #expect(four.said == [0, 0x5b, 0, 0, 0, 0, 0, 0])
  }

  @Test(arguments: ["CONNECT a:1 HTTP/1.1\r\n\r\n", "GET / HTTP/1.0\r\n\r\n"])
  func `an HTTP client is told that this is SOCKS`(request: String) {
    for cut in Cuts.of(request) {
      let events = [.opened] + cut.map { RelayEvent.heard(.client, $0) }
      let script = Script.play(SocksServer(), events)
      #expect(script.text.hasPrefix("HTTP/1.1 400 Bad Request\r\n"))
      #expect(script.text.contains("This is a SOCKS proxy"))
      #expect(script.failure?.code == .socksWrongProtocol)
      #expect(script.steps == ["close client clean"])
    }
  }

  @Test func `half a word of HTTP is answered when no more comes`() {
    let script = Script.play(SocksServer(), [.opened, .heard(.client, [0x43]), .ended(.client)])
    #expect(script.text.hasPrefix("HTTP/1.1 400 "))
    #expect(script.failure?.evidence.firstReceived == [0x43])
  }

  @Test(arguments: [
    (ProxyPolicy.Manners.silence, [UInt8](), ["close client clean"]),
    (.garbage, [0x99, 0x21, 0x7e, 0x00, 0xc3, 0x28, 0x0d, 0x0a], ["close client clean"]),
    (.hangUp, [5, 0], ["close client fin"]),
  ])
  func `bad manners are kept as ordered`(manners: ProxyPolicy.Manners, said: [UInt8], steps: [String]) {
    let events: [RelayEvent] = [
      .opened, .heard(.client, [5, 1, 0]), .heard(.client, [5, 1, 0] + Self.name), .ended(.client),
    ]
    let script = Script.play(SocksServer(policy: ProxyPolicy(manners: manners)), events)
    #expect(script.said == said)
    #expect(script.steps == steps)
    #expect(script.failure == nil)
  }

  @Test(arguments: [[UInt8](), [5], [5, 1, 0, 5, 1], [4, 1]])
  func `a client that leaves early has failed only if it had begun`(heard: [UInt8]) {
    let heardEvent: [RelayEvent] = heard.isEmpty ? [] : [.heard(.client, heard)]
    let script = Script.play(SocksServer(), [.opened] + heardEvent + [.ended(.client)])
    #expect(script.failure?.code == (heard.isEmpty ? nil : .socksWrongProtocol))
    #expect(heard.isEmpty || script.failure?.decidedBy == .peer)
    #expect(script.steps == ["close client clean"])
  }
}
