import LabCatalog
import LabFacts
import LabRuntime
import Testing

struct ListenSpecTests {
  private func plan(_ text: String, flags: [(String, String)] = [], own: [Setting] = []) throws -> ListenPlan
  {
    var sources = ListenPlan.Sources()
    sources.flags = flags.map { Setting($0.0, $0.1, .flag) }
    return try #require(try ListenPlan.make([(try ListenSpec.parse(text), own)], sources).first)
  }

  private func refusal(_ text: String, flags: [(String, String)] = []) -> String {
    do {
      _ = try plan(text, flags: flags)
      return "accepted"
    } catch { return "\(error)" }
  }

  @Test(arguments: [
    ("443", "127.0.0.1:443 tcp"), ("8443/tls", "127.0.0.1:8443 tls"), ("8080/tcp", "127.0.0.1:8080 tcp"),
    ("[::1]:9443/tls", "[::1]:9443 tls"), ("*:7777", "[::]:7777 both tcp"),
    ("*:7777,ipv=4", "0.0.0.0:7777 tcp"),
    ("*:7777,ipv=6", "[::]:7777 tcp"), ("localhost:80/tcp", "127.0.0.1:80 tcp"),
    ("9999/udp", "127.0.0.1:9999 udp"),
    ("80,ipv=6", "[::1]:80 tcp"), ("80,ipv=*", "127.0.0.1:80 tcp, [::1]:80 tcp"),
    ("unix:/tmp/a,proto=tls", "unix:/tmp/a tls"), ("unix:/tmp/a", "unix:/tmp/a tcp"),
    ("80,proto=tls", "127.0.0.1:80 tls"),
  ])
  func `an address says where and what`(text: String, wanted: String) throws {
    let plan = try plan(text)
    let found = plan.orders.map { order in
      let place =
        order.network == .unix ? Endpoint.unix(order.host) : Endpoint(order.host, order.preferredPort ?? 0)
      return "\(place)\(order.dualStack ? " both" : "") \(plan.proto.rawValue)"
    }
    #expect(found.joined(separator: ", ") == wanted)
    #expect(plan.orders.allSatisfy { !$0.fallsBack })
  }

  @Test func `port 0 leaves the choice to the kernel`() throws {
    #expect(try plan("0/tls").orders.map(\.preferredPort) == [nil])
  }

  @Test(arguments: [
    ("80/sctp", "There is no protocol \"sctp\". There are: tcp, tls, udp."),
    ("80/ssl", "Did you mean tls?"), ("80/https", "/tls,kind=http"), ("80/tsl", "Did you mean tls?"),
    ("80,kinf=echo", "Did you mean kind?"), ("80,kind=ecko", "Did you mean echo?"),
    ("80,SSL_key_file=x", "There is no option"), ("9999/udp,kind=http", "UDP answers with echo"),
    ("9999/udp,cert=a", "TLS does not run over UDP"), ("9999/udp,limit=3", "UDP has no connections"),
    ("80/tcp,cert=a", "write 80/tls"), ("80/tcp,accept=one-tls", "write /tls"),
    ("80,accept=on", "There is no accept"),
    ("80,reply=x", "kind=greet"), ("80,kind=http,banner=x", "speaks second"),
    ("80,user=x", "imap, smtp and pop3"),
    ("80,kind=imap,user=x", "add password=WORD"), ("80/tls,key=a", "add cert=FILE"),
    ("80/tls,cert=a,identity=server", "Keep one"), ("80/tls,proto=tcp", "two protocols"),
    ("unix:/tmp/a,proto=udp", "it can't be UDP"), ("unix:/tmp/a,ipv=4", "no version of IP"),
    ("x/tls", "names no port"), ("70000", "0 to 65535"), ("::1:80", "in brackets"),
    ("127.0.0.1:80,ipv=6", "ipv is 6"), ("80/tls,deadline=soon", "number of seconds"),
    ("80/tls,starttls=yes", "imap, smtp and pop3"), ("80/tls,sni=x", "There is no option"),
    ("80,kind", "option=value"),
  ])
  func `what can't be is refused with a way out`(text: String, words: String) {
    #expect(refusal(text).contains(words), "\(refusal(text))")
  }

  @Test func `a flag that fits no listener is refused, one that fits some is not`() throws {
    #expect(refusal("80", flags: [("cert", "a")]).contains("write 80/tls"))
    var sources = ListenPlan.Sources()
    sources.flags = [Setting("cert", "a.pem", .flag), Setting("kind", "http", .flag)]
    let specs = try ["80/tcp", "81/tls", "82/udp"].map { (spec: try ListenSpec.parse($0), own: [Setting]()) }
    let plans = try ListenPlan.make(specs, sources)
    #expect(plans.map { $0.tls?.certificate } == [nil, .file("a.pem"), nil])
    #expect(plans.map { $0.orders[0].kind } == [.http, .http, .echo])
  }

  @Test func `the nearer word wins: spec, file, flag, default`() throws {
    let file = Setting.Origin.file("s.yaml:3:7")
    let plan = try plan(
      "80/tls,deadline=1,kind=greet",
      flags: [("deadline", "3"), ("backlog", "7"), ("identity", "other"), ("kind", "http")],
      own: [Setting("deadline", "2", file), Setting("cert", "a.pem", file)])
    let origins = Dictionary(plan.settings.map { ($0.word, "\($0.value) \($0.origin)") }) { $1 }
    #expect(origins["deadline"] == "1 spec")
    #expect(origins["cert"] == "a.pem s.yaml:3:7")
    #expect(origins["backlog"] == "7 flag")
    #expect(origins["accept"] == "deferred default")
    #expect(origins["identity"] == nil)
    #expect(plan.orders[0].handshakeDeadlineMilliseconds == 1000)
    #expect(plan.orders[0].kind == .greet)
  }

  @Test func `without a certificate the lab's own is shown, and its CA judges clients`() throws {
    let plan = try plan("80/tls,client-cert=require")
    #expect(plan.tls?.options.identity == "server")
    #expect(plan.tls?.options.trust == ["lab-ca"])
    #expect(plan.tls?.options.verify == true)
  }

  @Test(arguments: [("80,kind=imap", true), ("80,kind=imap,starttls=no", false), ("80", false)])
  func `a mail server in clear offers STARTTLS unless told not to`(text: String, offers: Bool) throws {
    let plan = try plan(text)
    #expect((plan.tls != nil) == offers)
    #expect(plan.orders[0].transport == .plain)
  }

  @Test func `a password is never shown`() throws {
    let plan = try plan("80/tls,cert=a,passphrase=secret")
    #expect(!plan.settings.map(\.shown).contains("secret"))
    #expect(plan.tls?.passphrase == "secret")
  }

  @Test func `texts may hold line ends and commas`() throws {
    let plan = try plan("80,kind=greet,banner=220 a\\, b\\r\\n")
    #expect(plan.orders[0].banner == "220 a, b\r\n")
  }

  @Test func `a file has the same words, with their places`() throws {
    let text = """
      defaults: { identity: server }
      listeners:
        - listen: 8443/tls
          kind: http
          ca: [a.pem, b.pem]
          server-preference: no
      """
    let read = ServeFile.read(text, file: "s.yaml", words: ListenWords.all)
    let file = try #require(read.file)
    #expect(file.defaults.map(\.word) == ["identity"])
    #expect(file.listeners[0].settings.map(\.value) == ["http", "a.pem", "b.pem", "no"])
    #expect(file.listeners[0].settings[0].place == Place(line: 4, column: 11))
  }

  @Test func `an unknown key of a file is told with its place and the right one`() {
    let read = ServeFile.read(
      "listeners:\n  - listen: 80\n    knid: http\n", file: "s.yaml", words: ListenWords.all)
    #expect(read.file == nil)
    let problem = read.problems.first?.description ?? ""
    #expect(problem.hasPrefix("s.yaml:3:5: error") && problem.contains("kind"), "\(problem)")
  }

  @Test(arguments: [
    (FailureCode.addrInUse, 98, "ss -ltnp 'sport = :80'"),
    (.portPrivilege, 13, "ip_unprivileged_port_start=80"),
    (.addrNotAvail, 99, "no address of this machine"), (.badAddress, 97, "--ipv 4"),
  ])
  func `a server that can't start says what to do`(code: FailureCode, errno: Int, advice: String) {
    var evidence = Evidence()
    evidence.errno = errno
    let failure = Failure(
      layer: .socket, code: code, phase: .bind, decidedBy: .kernel, evidence: evidence,
      verbatim: ["errno \(errno)  words"])
    let words = StartTrouble.words(failure, ListenOrder(preferredPort: 80, transport: .plain, kind: .echo))
    #expect(words.contains(advice) && words.contains("errno \(errno)") && words.contains("127.0.0.1:80"))
  }
}
