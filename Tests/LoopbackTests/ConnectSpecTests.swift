import LabFacts
import LabRuntime
import Testing

/// What people write after `netlab connect`, and what it means.
struct ConnectSpecTests {
  @Test(arguments: [
    ("localhost:443", Endpoint("localhost", 443)), ("[::1]:8443", Endpoint("::1", 8443)),
    ("7777", Endpoint("localhost", 7777)), ("example.test.:25", Endpoint("example.test", 25)),
    ("unix:/run/x.sock", Endpoint.unix("/run/x.sock")),
  ])
  func `a target is a host and a port, a port, or a path`(text: String, endpoint: Endpoint) throws {
    let target = try TargetSpec.parse(text)
    #expect(target.endpoint == endpoint)
  }

  @Test(arguments: [
    ("localhost", "Which port?"), ("localhost:0", "port 0"), ("*:80", "to listen on"), ("a:b", "is no port"),
    ("::1:443", "in brackets"), ("https://localhost/x", "netlab connect --tls localhost:443"),
    ("http://localhost:81", "netlab connect localhost:81"), ("unix:", "path of a socket"),
  ])
  func `what is no target is told with what to write`(text: String, said: String) {
    let problem = #expect(throws: UsageProblem.self) { try TargetSpec.parse(text) }
    #expect(problem?.message.contains(said) == true, "\(problem?.message ?? "")")
  }

  @Test(arguments: [
    ("socks5://h", ProxyOrder(language: .socks5, at: Endpoint("h", 1080))),
    (
      "socks5h://u:p%40%3a%25@h:1",
      .init(language: .socks5h, at: Endpoint("h", 1), credentials: .init(user: "u", password: "p@:%"))
    ),
    (
      "socks4://me@h",
      .init(language: .socks4, at: Endpoint("h", 1080), credentials: .init(user: "me", password: ""))
    ),
    ("SOCKS4A://h:2/", .init(language: .socks4a, at: Endpoint("h", 2))),
    (
      "http://a@b:c@[::1]",
      .init(language: .connect, at: Endpoint("::1", 8080), credentials: .init(user: "a@b", password: "c"))
    ),
  ])
  func `a proxy is a URL`(text: String, proxy: ProxyOrder) throws {
    let read = try TargetSpec.proxy(text)
    #expect(read == proxy)
  }

  @Test(arguments: [
    ("h:1080", "named by a URL"), ("sock5://h", "Did you mean socks5?"), ("https://h", "not supported"),
    ("socks4://u:geheim@h", "no password"), ("socks5://geheim@h", "1 to 255"), ("http://geheim%2@h", "%25"),
    ("http://u:geheim@h/x", "no path"), ("http://u:geheim@h:x", "is no port"), ("http://u:geheim@", "no address"),
  ])
  func `a refused proxy is told without its password`(text: String, said: String) {
    let problem = #expect(throws: UsageProblem.self) { try TargetSpec.proxy(text) }
    #expect(problem?.message.contains(said) == true, "\(problem?.message ?? "")")
    #expect(problem?.message.contains("geheim") == false)
  }

  @Test(
    arguments: [
      ("netlab.test:443", nil, nil, "netlab.test", "netlab.test"),
      ("netlab.test:443", "a.test", "b.test", "a.test", "b.test"),
      ("127.0.0.1:443", nil, nil, nil, "127.0.0.1"), ("[::1]:443", nil, nil, nil, "::1"),
      ("netlab.test:443", "none", "none", nil, nil), ("unix:/x", nil, nil, nil, nil),
    ] as [(String, String?, String?, String?, String?)])
  func `the names are the target's, and an address is never asked for`(
    target: String, sni: String?, verify: String?, asked: String?, expected: String?
  ) throws {
    let names = try TargetSpec.parse(target).names(sni: sni, verifyName: verify)
    #expect(names.asked == asked)
    #expect(names.expected == expected)
    #expect((names.whyNotAsked == nil) == (asked != nil))
    #expect((names.whyNotExpected == nil) == (expected != nil))
  }

  @Test func `an address can't be asked for on purpose either`() throws {
    let target = try TargetSpec.parse("netlab.test:443")
    #expect(throws: UsageProblem.self) { try target.names(sni: "127.0.0.1", verifyName: nil) }
  }

  @Test func `a proxy and another address change neither name nor target`() throws {
    var wishes = TargetSpec.Wishes()
    wishes.via = try TargetSpec.proxy("http://proxy.test:3128")
    wishes.dialled = try TargetSpec.parseAddress("127.0.0.1:8443")
    let order = try TargetSpec.parse("netlab.test:443").order(wishes)
    #expect(order.to == Endpoint("netlab.test", 443))
    #expect(order.dialled == Endpoint("127.0.0.1", 8443))
    #expect(order.via?.at == Endpoint("proxy.test", 3128))
  }

  @Test func `what can't go together is refused`() throws {
    var second = TargetSpec.Wishes()
    second.secondHandshake = .inside
    #expect(throws: UsageProblem.self) { try TargetSpec.parse("a:1").order(second) }
    var local = TargetSpec.Wishes()
    local.localPort = 1
    #expect(throws: UsageProblem.self) { try TargetSpec.parse("unix:/x").order(local) }
  }
}
