import LabFacts
import LabProtocols
import Testing

struct ConnectServerTests {
  private static let login = Credentials(user: "lab", password: "secret")
  private static let ask = "CONNECT example.test:443 HTTP/1.1\r\nHost: example.test:443\r\n"

  private static func events(_ cut: [[UInt8]]) -> [RelayEvent] {
    [.opened] + cut.map { .heard(.client, $0) }
  }

  @Test(arguments: [
    ("CONNECT example.test:443 HTTP/1.1\r\nHost: example.test:443\r\n\r\n", "example.test:443"),
    ("CONNECT [::1]:80 HTTP/1.0\r\n\r\n", "[::1]:80"),
    ("CONNECT 127.0.0.1:65535 HTTP/1.1\n\n", "127.0.0.1:65535"),
  ])
  func `a tunnel opens, however the request is cut, and early bytes are kept`(head: String, target: String) {
    for cut in Cuts.of(head + "early") {
      let script = Script.play(ConnectServer(), Self.events(cut) + [.backendUp, .timePassed])
      #expect(script.text == "HTTP/1.1 200 Connection established\r\n\r\n", "\(cut)")
      #expect(script.backendText == "early")
      #expect(script.steps == ["connect \(target)", "relay"])
      #expect(script.failure == nil)
    }
  }

  @Test(arguments: [
    ("Basic bGFiOnNlY3JldA==", nil), ("basic  bGFiOnNlY3JldA==", nil),
    ("Basic bGFiOndyb25n", FailureCode.proxyAuth),
    ("Basic !!!", .proxyAuth), ("Bearer bGFiOnNlY3JldA==", .proxyAuth), ("", .proxyAuth),
  ])
  func `a login is checked`(value: String, code: FailureCode?) {
    let head = Self.ask + "proxy-authorization: \(value)\r\n\r\n"
    let server = ConnectServer(policy: ProxyPolicy(credentials: Self.login))
    let script = Script.play(server, Self.events([Array(head.utf8)]))
    #expect(script.failure?.code == code)
    #expect(script.steps == [code == nil ? "connect example.test:443" : "close client clean"])
    if code != nil {
      #expect(script.text.hasPrefix("HTTP/1.1 407 Proxy Authentication Required\r\n"))
      #expect(script.text.contains("\r\nProxy-Authenticate: Basic realm=\"netlab\"\r\n"))
    }
    #expect(!script.notes.joined().contains("bGFi"))
  }

  struct Refusal: CustomTestStringConvertible {
    let request: String
    var policy = ProxyPolicy()
    let status: Int
    let code: FailureCode
    var says = ""
    var testDescription: String { "\(status) \(request.prefix(20).filter { $0.isLetter || $0 == " " })" }
  }

  @Test(arguments: [
    Refusal(request: ask + "\r\n", policy: ProxyPolicy(credentials: login), status: 407, code: .proxyAuth),
    Refusal(
      request: ask + "\r\n", policy: ProxyPolicy(manners: .noMethod), status: 407, code: .proxyAuth,
      says: "Proxy-Authenticate: Netlab-None"),
    Refusal(
      request: ask + "\r\n", policy: ProxyPolicy(manners: .refuse(code: 407)), status: 407, code: .proxyAuth,
      says: "Proxy-Authenticate: Basic"),
    Refusal(
      request: ask + "\r\n", policy: ProxyPolicy(manners: .refuse(code: 403)), status: 403, code: .proxyDenied
    ),
    Refusal(
      request: ask + "\r\n", policy: ProxyPolicy(manners: .refuse(code: 503)), status: 503,
      code: .proxyUpstreamFailed),
    Refusal(
      request: ask + "\r\n", policy: ProxyPolicy(manners: .refuse(code: 200)), status: 403, code: .proxyDenied
    ),
    Refusal(
      request: "GET / HTTP/1.1\r\n\r\n", status: 405, code: .proxyDenied, says: "\r\nAllow: CONNECT\r\n"),
    Refusal(
      request: "GET http://a.test/ HTTP/1.1\r\n\r\n", status: 501, code: .proxyDenied,
      says: "fetches no pages"),
    Refusal(request: "connect a.test:1 HTTP/1.1\r\n\r\n", status: 405, code: .proxyDenied),
    Refusal(request: "CONNECT a.test HTTP/1.1\r\n\r\n", status: 400, code: .badAddress, says: "HOST:PORT"),
    Refusal(request: "CONNECT a.test:0 HTTP/1.1\r\n\r\n", status: 400, code: .badAddress),
    Refusal(request: "CONNECT a.test:70000 HTTP/1.1\r\n\r\n", status: 400, code: .badAddress),
    Refusal(request: "CONNECT ::1:80 HTTP/1.1\r\n\r\n", status: 400, code: .badAddress),
    Refusal(request: "CONNECT [a.test]:80 HTTP/1.1\r\n\r\n", status: 400, code: .badAddress),
    Refusal(request: "CONNECT /tmp/x:80 HTTP/1.1\r\n\r\n", status: 400, code: .badAddress),
    Refusal(request: "PRI * HTTP/2.0\r\n\r\n", status: 505, code: .httpVersionMixup),
    Refusal(request: "hello there\r\n\r\n", status: 400, code: .httpMalformed),
    Refusal(request: "\u{5}\u{1}\u{0}", status: 400, code: .httpMalformed),
    Refusal(request: "\r\n\r\n", status: 400, code: .httpMalformed),
    Refusal(request: "CONNECT a.test:1 HTTP/1.1\r\nA : b\r\n\r\n", status: 400, code: .httpMalformed),
    Refusal(request: "CONNECT a.test:1 HTTP/1.1\r\nA: b\r\n c\r\n\r\n", status: 400, code: .httpMalformed),
    Refusal(request: "CONNECT a.test:1 HTTP/1.1\rx\n\n", status: 400, code: .httpMalformed),
  ])
  func `a refusal has its status and says why`(c: Refusal) throws {
    for cut in Cuts.of(c.request) {
      let script = Script.play(ConnectServer(policy: c.policy), Self.events(cut) + [.heard(.client, [1])])
      #expect(script.text.hasPrefix("HTTP/1.1 \(c.status) "), "\(cut)")
      #expect(script.text.contains(c.says))
      #expect(script.failure?.code == c.code)
      #expect(script.failure?.decidedBy == .here)
      #expect(script.failure?.evidence.httpStatus == c.status)
      #expect(script.steps == ["close client clean"])
    }
  }

  @Test func `an answer says how long its body is`() throws {
    let script = Script.play(ConnectServer(), Self.events([Array("GET / HTTP/1.1\r\n\r\n".utf8)]))
    let parts = script.text.split(separator: "\r\n\r\n", maxSplits: 1)
    let body = try #require(parts.last)
    #expect(parts[0].contains("Content-Length: \(body.utf8.count)"))
    #expect(parts[0].hasSuffix("Connection: close"))
  }

  @Test func `a TLS client hears nothing, for it would understand nothing`() {
    for cut in Cuts.of([0x16, 0x03, 0x01, 0x02, 0x00]) {
      let script = Script.play(ConnectServer(), Self.events(cut))
      #expect(script.said == [])
      #expect(script.failure?.code == .proxySchemeMismatch)
      #expect(script.failure?.evidence.firstReceived.first == 0x16)
      #expect(script.steps == ["close client clean"])
    }
  }

  @Test(arguments: [
    (Failure.backend(.refused, errno: 111), 502, "connection refused (errno 111, ECONNREFUSED)"),
    (.backend(.timeout), 504, "no answer in time"), (.backend(.dnsNameUnknown), 502, "its name is unknown"),
    (.backend(.weakKey), 502, "weak-key"),
  ])
  func `a backend's failure is told in one sentence`(failure: Failure, status: Int, words: String) {
    let events = Self.events([Array((Self.ask + "\r\n").utf8)]) + [.backendFailed(failure)]
    let script = Script.play(ConnectServer(), events)
    #expect(script.text.hasPrefix("HTTP/1.1 \(status) "))
    #expect(script.text.hasSuffix("\r\n\r\nnetlab: could not reach example.test:443: \(words).\n"))
    #expect(script.steps == ["connect example.test:443", "close client clean"])
  }

  @Test(arguments: [
    (ProxyPolicy.Manners.silence, 0, ["close client clean"]), (.garbage, 8, ["close client clean"]),
    (.hangUp, 0, ["close client fin"]),
  ])
  func `bad manners are kept as ordered`(manners: ProxyPolicy.Manners, count: Int, steps: [String]) {
    let server = ConnectServer(policy: ProxyPolicy(manners: manners))
    for cut in Cuts.of(Self.ask + "\r\n") {
      let script = Script.play(server, Self.events(cut) + [.ended(.client)])
      #expect(script.said.count == count)
      #expect(script.steps == steps)
      #expect(script.failure == nil)
    }
  }

  @Test func `a client that leaves early has failed only if it had begun`() {
    let left = Script.play(ConnectServer(), [.opened, .ended(.client)])
    #expect(left.failure == nil && left.steps == ["close client clean"])
    let cut = Script.play(ConnectServer(), Self.events([Array(Self.ask.utf8)]) + [.ended(.client)])
    #expect(cut.failure?.code == .httpMalformed)
    #expect(cut.failure?.decidedBy == .peer)
    #expect(cut.text.hasPrefix("HTTP/1.1 400 "))
  }

  @Test func `a head has a limit`() {
    let line = Array((String(repeating: "a", count: 1000) + ": b\r\n").utf8)
    let events = Self.events([Array(Self.ask.utf8)] + [[UInt8]](repeating: line, count: 66))
    #expect(Script.play(ConnectServer(), events).text.hasPrefix("HTTP/1.1 431 "))
  }
}
