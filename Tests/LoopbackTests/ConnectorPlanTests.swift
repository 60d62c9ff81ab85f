import LabFacts
import LabRuntime
import Testing

struct ConnectorPlanTests {
  private func plan(_ words: String...) throws -> ConnectorPlan {
    try #require(try ConnectorPlan.parse([words]).first)
  }

  private func order(_ words: String...) throws -> RelayOrder {
    var materials = ServiceMaterials()
    return try #require(try ConnectorPlan.parse([words]).first).order(&materials)
  }

  @Test(arguments: [
    (
      ["dummy", "tcp:localhost:80"],
      "dummy can't be IN: nothing ever connects to it. Put it second: IN dummy."
    ),
    (
      ["connect_tls:80", "dummy"],
      "connect_tls can't be IN: it is a way out through a proxy. The lab's own HTTP proxy is connect:PORT."
    ),
    (["socks:1080", "tcp:localhost:80"], "socks as IN takes no OUT: the client names the target."),
    (["connect:8080", "dummy"], "connect as IN takes no OUT: the client names the target."),
    (
      ["tcp:80", "stdio"], "stdio can't be OUT: a relay reads it as its one client. Put it first: stdio OUT."
    ),
    (
      ["tcp:80", "dual:81"],
      "dual can't be OUT: it goes by what a client does first, and only IN has clients."
    ),
    (
      ["tcp:80", "dummy", "--quiet"],
      "--quiet is a flag: flags go before the first --, connectors after."
    ),
    (["tpc:80", "dummy"], "There is no connector \"tpc\". Did you mean tcp?"),
    (["tcp:80,hok=view", "dummy"], "There is no option of tcp \"hok\". Did you mean hook?"),
    (["tcp:80,hook=rot12", "dummy"], "There is no hook \"rot12\". Did you mean rot13?"),
    (["tcp:80"], "tcp as IN needs an OUT after it, such as tcp:localhost:7777 or dummy."),
    (
      ["tcp:80,cert=a.pem", "dummy"],
      "cert is an option of TLS, and tcp speaks in clear. With TLS it is tls: or connect_tls:."
    ),
    (["tls:80,sni=a", "dummy"], "sni is an option of a client; this end is the TLS server."),
    (["dual:80"], "dual needs somewhere to take clients: tls=, http=, ssh=, client= or server=HOST:PORT."),
    (["tcp:80", "connect:a:80"], "connect as OUT goes through a proxy: add proxy=HOST:PORT."),
    (
      ["stdio", "tcp:a:1", "stdio", "tcp:a:2"],
      "Only one relay can be on stdio: there is one input and one output."
    ),
    (["tcp:1,name=a", "dummy", "tcp:2,name=a", "dummy"], "Two relays are called a. Give one another name=."),
    (
      ["imap:1143,user.=a:1"],
      "user. needs a name behind the dot: user.alice=HOST:PORT. For all others write others=."
    ),
    (
      ["imap:1143,user.bo=a:1,user.bo=a:2"], "user.bo= is there twice: one user has one server."
    ),
    (["imap:1143,other=a:1"], "There is no option of imap \"other\". Did you mean others?"),
    (
      ["imap:1143,require-tls=yes,deadline=3"],
      "imap needs servers: user.NAME=HOST:PORT for each user, or others=HOST:PORT."
    ),
    (["connect:80,refuse=200"], "refuse=200 refuses nobody: an HTTP status from 300 to 599 does."),
  ])
  func `what can't be is refused with the reason`(words: [String], message: String) {
    #expect(throws: UsageProblem(message)) { try ConnectorPlan.parse([words]) }
  }

  @Test func `a list of what there is names each once`() throws {
    let problem = #expect(throws: UsageProblem.self) {
      try ConnectorPlan.parse([["imaps:1143,others=a:1,starttls=1"]])
    }
    let names = try #require(problem?.message.split(separator: "There are: ").last)
      .split(separator: ", ").map(String.init)
    #expect(names.count > 20)
    #expect(Set(names).count == names.count)
  }

  @Test(arguments: [("udp:80", "tcp:a:1"), ("tcp:80", "udp:a:1")])
  func `datagrams and streams are not mixed`(input: String, output: String) {
    let problem = #expect(throws: UsageProblem.self) { try ConnectorPlan.parse([[input, output]]) }
    #expect(problem?.message.hasSuffix("udp goes to udp.") == true)
  }

  @Test(arguments: [
    "tcp:me:hunter2@host:80", "connect:a:80,proxy=me:hunter2@p:1", "connect:a:80,proxy=p:1,user=me,hunter2",
    "connect:a:80,proxy=p:1,password=hunter2", "socks:a:80,proxy=p:1,user=me,password=hunter2,verion=4",
    "http://me:hunter2@host:80",
  ])
  func `a mistake beside a password does not show it`(output: String) {
    let problem = #expect(throws: UsageProblem.self) { try ConnectorPlan.parse([["tcp:0", output]]) }
    #expect(problem?.message.contains("hunter2") == false)
  }

  @Test func `a way out through a proxy has its own port, user and name`() throws {
    let order = try order("tcp:0", "connect_tls:example.org:443,proxy=gate,user=me,password=a\\,b,agent=x")
    guard case .fixed(let connect) = order.route else { return #expect(Bool(false)) }
    #expect(connect.to == Endpoint("example.org", 443))
    #expect(
      connect.via
        == ProxyOrder(
          language: .connect, at: Endpoint("gate", 8080),
          credentials: Credentials(user: "me", password: "a,b"),
          agent: "x"))
    #expect(connect.transport == .tls)
    #expect(connect.tls?.serverName == "example.org")
    #expect(connect.tls?.expectedName == "example.org")
  }

  @Test(arguments: ["4", "4a", "5", "5h"])
  func `each version of SOCKS has its word`(version: String) throws {
    let order = try order("tcp:0", "socks:example.org:22,proxy=p:1,version=\(version)")
    guard case .fixed(let connect) = order.route else { return #expect(Bool(false)) }
    #expect(connect.via?.language.rawValue == "socks\(version)")
  }

  @Test func `hooks keep their order and their way`() throws {
    let order = try order(
      "tcp:0,hook=up:rot13,hook=delay:50,hook=down:cut:9,hook=flip:3,hook=drop:2", "dummy")
    #expect(
      order.hooks == [
        ByteHook(.rot13, way: .up), ByteHook(.delay(milliseconds: 50)), ByteHook(.cut(after: 9), way: .down),
        ByteHook(.flipBit(at: 3)), ByteHook(.drop(every: 2)),
      ])
    #expect(order.route == .discard)
  }

  @Test func `a dual port takes connectors and a time in seconds`() throws {
    let order = try order("dual:0,tls=a:1,http=tls:b:2\\,verify=no,server=unix:/s,timeout=0.5")
    guard case .dual(let route) = order.route else { return #expect(Bool(false)) }
    #expect(route.tls?.to == Endpoint("a", 1))
    #expect(route.http?.tls?.verify == false)
    #expect(route.serverFirst?.network == .unix)
    #expect(route.clientFirst == nil)
    #expect(route.timeoutMilliseconds == 500)
  }

  @Test func `an IMAP port offers STARTTLS, and one with TLS does not`() throws {
    for (word, offers) in [("imap", true), ("imaps", false)] {
      let order = try order("\(word):0,user.alice=a:143,others=tls:b:993,require-tls=yes")
      guard case .imap(let route) = order.route else { return #expect(Bool(false)) }
      #expect(route.users["alice"]?.to == Endpoint("a", 143))
      #expect(route.others?.transport == .tls)
      #expect(route.offersStartTLS == offers)
      #expect(route.requiresTLS)
      #expect(order.listen.transport == (offers ? .plain : .tls))
      #expect(order.listen.tls?.identity == "server")
    }
  }

  @Test(arguments: [
    ("connect:0,refuse=407", ProxyPolicy.Manners.refuse(code: 407)), ("connect:0,refuse=silence", .silence),
    ("socks:0,refuse=0x5B", .refuse(code: 91)), ("socks:0,refuse=no-method", .noMethod),
    ("socks:0,refuse=hang-up", .hangUp), ("connect:0,refuse=garbage", .garbage), ("socks:0", .serve),
  ])
  func `the lab's proxies refuse as they are told`(words: String, manners: ProxyPolicy.Manners) throws {
    switch try order(words).route {
    case .socks(let policy), .connect(let policy): #expect(policy.manners == manners)
    case let other: Issue.record("\(other)")
    }
  }

  @Test func `TLS may come later at either end`() throws {
    let order = try order("tls:0,start-cleartext=yes", "tls:localhost:1,start-cleartext=yes")
    #expect(order.listen.transport == .plain)
    #expect(order.listen.tls?.identity == "server")
    guard case .fixed(let connect) = order.route else { return #expect(Bool(false)) }
    #expect(connect.transport == .plain)
    #expect(connect.tls?.expectedName == "localhost")
  }

  @Test func `several relays stand in one line, or apart`() throws {
    let words = ["tcp:0,name=a", "dummy", "socks:0", "8080", "tcp:b:1"]
    let plans = try ConnectorPlan.parse([words], maxConnections: 2)
    #expect(plans.map(\.actor) == ["a", "proxy2", "proxy3"])
    #expect(plans.map(\.title) == ["tcp relay to nowhere", "socks relay", "tcp relay to b:1"])
    #expect(plans.map(\.input.maxConnections) == [2, 2, 2])
    #expect(try ConnectorPlan.parse([["tcp:0", "dummy"], ["socks:0"]]).count == 2)
    #expect(throws: UsageProblem.self) { try ConnectorPlan.parse([["tcp:0", "dummy"], []]) }
  }

  @Test func `a bare port is on the loopback address, a star everywhere`() throws {
    #expect(try order("tcp:80", "dummy").listen.host == "127.0.0.1")
    #expect(try order("tcp:*:80", "dummy").listen.host == "::")
    #expect(try order("tcp:*:80", "dummy").listen.dualStack)
    #expect(try order("tcp:0", "dummy").listen.preferredPort == nil)
    #expect(try order("tcp:[::1]:80", "dummy").listen.host == "::1")
    #expect(try !order("tcp:80", "dummy").listen.fallsBack)
  }
}
