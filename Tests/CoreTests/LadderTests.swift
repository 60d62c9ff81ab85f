import LabCore
import LabFacts
import LabTesting
import Testing

private let tcli = EndID("tcli", 1)
private let tsrv = EndID("tsrv", 1)

/// A ladder as lines: who sent what, and how far it got.
private func picture(_ story: FactStory, of end: EndID = tcli) -> [String] {
  guard let connection = story.state.connection(of: end) else { return [] }
  return Ladder(of: connection, in: story.state).rungs.map { rung in
    let what =
      switch rung.kind {
      case .inferred(let name): "(\(name))"
      case .message(let message): message.name
      case .alert(let alert): "alert \(alert.number)"
      case .data(let count): "data \(count)"
      case .unopened(let count, let isRecord): "\(isRecord ? "record" : "no record") \(count)"
      case .http(let exchange): exchange.target
      case .connected(let network): "\(network == .tcp ? "plain" : network.rawValue) up"
      case .secured: "tls up"
      case .failed(let failure): "! \(failure.code.rawValue)"
      case .closed(let closing): "closed \(closing.manner.rawValue)"
      }
    return "\(rung.side) \(what)\(rung.encrypted ? " encrypted" : "")\(rung.crosses ? " \(rung.travel)" : "")"
  }
}

private var opened: FactStory {
  var story = FactStory()
  story.listen("tsrv", 7443, .tls)
  story.open(tcli, from: 51572, to: 7443, .tls)
  story.accept(tsrv, at: 7443, from: 51572, .tls)
  return story
}

private let tcp = [
  "client (SYN) arrived", "server (SYN+ACK) arrived", "client (ACK) arrived", "client plain up",
  "server plain up",
]

@Test func `a connection opens with three inferred segments and a mark at each side`() {
  #expect(picture(opened) == tcp)
}

@Test func `a connection that is being made shows only its SYN on the way`() {
  var story = FactStory()
  story.tell(.connecting(tcli, Fact.Connecting(to: Endpoint("127.0.0.1", 9), transport: .plain)))
  #expect(picture(story) == ["client (SYN) sent"])
}

@Test func `nobody has read what waits in the accept queue of a server of the lab`() {
  var story = FactStory()
  story.listen("srv", 7777)
  story.open(tcli, from: 51572, to: 7777, .tls)
  story.tell(.message(tcli, .sent, FactStory.clientHello))
  #expect(picture(story).last == "client ClientHello sent")
}

@Test func `a server that listens elsewhere on that port does not hold a connection in its queue`() {
  var story = FactStory()
  story.listen("srv", 7777)
  let there = Endpoint("127.0.0.2", 7777)
  story.tell(.connecting(tcli, Fact.Connecting(to: there, transport: .tls)))
  story.tell(
    .opened(
      tcli,
      Fact.Opening(
        side: .client, transport: .tls, local: Endpoint("127.0.0.1", 51572), peer: there,
        localPortChosenBy: .kernel)))
  story.tell(.message(tcli, .sent, FactStory.clientHello))
  #expect(picture(story).last == "client ClientHello arrived")
}

/// A record as the wire has it.
private func record(_ total: Int, at offset: Int, _ names: [String] = ["application data"]) -> WireSegment {
  WireSegment(
    kind: .record(type: 23, names: names, encrypted: true), offset: offset,
    bytes: Bytes(kept: [], total: total))
}

/// A client that was sent a record of 33 bytes with 11 bytes of text, and failed.
private func unread(_ came: WireSegment?) -> FactStory {
  var story = opened
  story.tell(.data(tsrv, .sent, Bytes(kept: [], total: 11)))
  story.tell(.wire(tsrv, .sent, record(33, at: 0)))
  if let came { story.tell(.wire(tcli, .received, came)) }
  story.tell(.failed(tcli, FactStory.unknownCA))
  return story
}

@Test func `what was never read is told apart by how much of its record came`() {
  func last(_ came: WireSegment?) -> String? { picture(unread(came)).last { $0.contains("data") } }
  #expect(last(nil) == "server data 11 unread")
  #expect(
    last(WireSegment(kind: .clear, offset: 0, bytes: Bytes(kept: [], total: 12)))
      == "server data 11 cut(came: 12, of: 33)")
  #expect(last(record(33, at: 0, [])) == "server data 11 unopened")
}

@Test func `of a client outside the lab, what a TLS server never opened is drawn`() {
  var story = FactStory()
  story.listen("tsrv", 7443, .tls)
  story.accept(tsrv, at: 7443, from: 51572, .tls)
  story.tell(.tlsStarted(tsrv, .server))
  story.tell(
    .wire(tsrv, .received, WireSegment(kind: .clear, offset: 0, bytes: Bytes(text: "GET / HTTP/1.1"))))
  story.tell(.wire(tsrv, .received, record(28, at: 14, [])))
  #expect(
    picture(story, of: tsrv).suffix(2) == [
      "client no record 14 arrived", "client record 28 encrypted unopened",
    ])
}

@Test func `what a TLS server says in clear after a failure is not drawn as encrypted`() {
  var story = opened
  story.tell(.tlsStarted(tsrv, .server))
  story.tell(.failed(tsrv, FactStory.unknownCA))
  story.tell(.data(tsrv, .sent, Bytes(text: "HTTP/1.1 400")))
  #expect(picture(story).last == "server data 12 sent")
}

@Test func `a FIN stands below what only the other end tells of later`() {
  let relay = EndID("prx-out", 1)
  var story = FactStory()
  story.listen("tsrv", 7443, .tls)
  story.open(relay, from: 51572, to: 7443)
  story.accept(tsrv, at: 7443, from: 51572, .tls)
  story.tell(.tlsStarted(tsrv, .server))
  story.tell(.message(tsrv, .received, FactStory.clientHello))
  story.tell(.halfClosed(relay, .sent))
  story.tell(.alert(tsrv, .received, Alert(level: .fatal, number: 42)))
  #expect(picture(story, of: relay).suffix(2) == ["client alert 42 arrived", "client (FIN) arrived"])
}

@Test func `a connection with no port of its own to use sends nothing`() {
  var story = FactStory()
  story.tell(.connecting(tcli, Fact.Connecting(to: Endpoint("127.0.0.1", 9), transport: .plain)))
  story.tell(.failed(tcli, Failure(layer: .socket, code: .addrNotAvail, phase: .connect, decidedBy: .kernel)))
  #expect(picture(story) == ["client ! addr-not-avail"])
}

@Test func `a refused connection shows the reset that refused it`() {
  var story = FactStory()
  story.tell(.connecting(tcli, Fact.Connecting(to: Endpoint("127.0.0.1", 9), transport: .plain)))
  story.tell(.failed(tcli, Failure(layer: .socket, code: .refused, phase: .connect, decidedBy: .kernel)))
  #expect(picture(story) == ["client (SYN) arrived", "server (RST) arrived", "client ! refused"])
}

@Test(arguments: [Phase.setup, .resolve, .bind])
func `who failed before connect has sent no SYN`(phase: Phase) {
  var story = FactStory()
  story.tell(.connecting(tcli, Fact.Connecting(to: Endpoint("127.0.0.1", 9), transport: .tls)))
  story.tell(.failed(tcli, Failure(layer: .setup, code: .setupOther, phase: phase, decidedBy: .here)))
  #expect(picture(story) == ["client ! setup-other"])
}

@Test func `a sent message is on its way until the other end reports it`() {
  var story = opened
  story.tell(.message(tcli, .sent, FactStory.clientHello))
  #expect(picture(story) == tcp + ["client ClientHello sent"])
  story.tell(.message(tsrv, .received, FactStory.clientHello))
  #expect(picture(story) == tcp + ["client ClientHello arrived"])
}

@Test func `the newest messages are held where the gate holds them`() {
  var story = opened
  story.pass(FactStory.clientHello, from: tcli, to: tsrv)
  story.tell(.message(tsrv, .sent, FactStory.serverHello))
  story.tell(.message(tsrv, .sent, FactStory.certificate))
  story.tell(.held(tsrv, title: "ServerHello", waiting: 0))
  story.tell(.held(tsrv, title: "Certificate", waiting: 1))
  let before = tcp + ["client ClientHello arrived"]
  #expect(picture(story) == before + ["server ServerHello held", "server Certificate encrypted held"])
  story.tell(.released(tsrv, title: "ServerHello", waiting: 1))
  #expect(picture(story) == before + ["server ServerHello sent", "server Certificate encrypted held"])
  story.tell(.message(tcli, .received, FactStory.serverHello))
  #expect(picture(story) == before + ["server ServerHello arrived", "server Certificate encrypted held"])
}

@Test func `a held record with two messages holds both`() {
  var story = opened
  story.tell(.message(tsrv, .sent, FactStory.serverHello))
  story.tell(.message(tsrv, .sent, FactStory.certificate))
  story.tell(.held(tsrv, title: "ServerHello, Certificate", waiting: 0))
  #expect(picture(story) == tcp + ["server ServerHello held", "server Certificate encrypted held"])
}

@Test func `one write held in several records holds one rung`() {
  var story = opened
  story.tell(.established(tcli, FactStory.negotiated))
  story.tell(.data(tcli, .sent, Bytes(text: "one")))
  story.tell(.data(tcli, .sent, Bytes(kept: [], total: 40_000)))
  for waiting in 0..<3 { story.tell(.held(tcli, title: "application data", waiting: waiting)) }
  #expect(
    picture(story).suffix(2) == ["client data 3 encrypted sent", "client data 40000 encrypted held"])
}

@Test func `data has arrived when the other end has read that many bytes`() {
  var story = opened
  story.tell(.established(tcli, FactStory.negotiated))
  story.tell(.data(tcli, .sent, Bytes(text: "one")))
  story.tell(.data(tcli, .sent, Bytes(text: "two")))
  story.tell(.data(tsrv, .received, Bytes(text: "onet")))
  #expect(
    picture(story).suffix(2) == ["client data 3 encrypted arrived", "client data 3 encrypted partly"])
}

@Test
func `what an end never read after its failure is marked so, and its alert is encrypted as on the wire`() {
  var story = opened
  story.tell(.message(tsrv, .sent, FactStory.certificate))
  let record = WireSegment.Kind.record(type: 23, names: ["alert unknown_ca"], encrypted: true)
  story.tell(.wire(tcli, .sent, WireSegment(kind: record, offset: 0, bytes: Bytes([23, 3, 3, 0, 19]))))
  story.tell(.alert(tcli, .sent, Alert(level: .fatal, number: 48)))
  story.tell(.failed(tcli, FactStory.unknownCA))
  #expect(
    picture(story) == tcp + [
      "server Certificate encrypted unread", "client alert 48 encrypted sent", "client ! unknown-ca",
    ])
}

@Test func `an end without its partner in the lab shows both directions`() {
  var story = FactStory()
  story.accept(tsrv, at: 7443, from: 40028, .tls)
  story.tell(.message(tsrv, .received, FactStory.clientHello))
  story.tell(.message(tsrv, .sent, FactStory.serverHello))
  #expect(
    picture(story, of: tsrv) == [
      "client (SYN) arrived", "server (SYN+ACK) arrived", "client (ACK) arrived", "server plain up",
      "client ClientHello arrived", "server ServerHello arrived",
    ])
}

@Test func `TLS is up at each side at its own time`() {
  var story = opened
  story.handshake(tcli, tsrv, confirmed: false)
  #expect(picture(story).last == "client tls up")
  #expect(!picture(story).contains("server tls up"))
}

@Test func `each FIN is drawn once, and a reset comes from the other side`() {
  var story = opened
  story.tell(.halfClosed(tcli, .sent))
  story.tell(.halfClosed(tsrv, .received))
  #expect(picture(story) == tcp + ["client (FIN) arrived"])
  story.tell(.closed(tcli, Fact.Closing(manner: .reset, by: .peer, traffic: Fact.Traffic())))
  #expect(picture(story).suffix(2) == ["server (RST) arrived", "client closed reset"])
}

@Test func `a ClientHello that a plain server read as bytes has arrived`() {
  let srv = EndID("srv", 1)
  var story = FactStory()
  story.open(tcli, from: 51572, to: 7777, .tls)
  story.accept(srv, at: 7777, from: 51572)
  story.tell(.message(tcli, .sent, FactStory.clientHello))
  story.tell(.data(srv, .received, Bytes(kept: [], total: 322)))
  story.tell(.data(srv, .sent, Bytes(text: "Hey")))
  #expect(picture(story).suffix(2) == ["client ClientHello arrived", "server data 3 unrecorded"])
  story.tell(
    .wire(tcli, .received, WireSegment(kind: .clear, offset: 0, bytes: Bytes(text: "Hey"))))
  #expect(picture(story).last == "server data 3 arrived")
}

@Test func `behind a proxy the client's report has the messages, and what came before TLS is clear`() {
  var story = FactStory()
  story.listen("prx", 8080)
  let own = Endpoint("127.0.0.1", 51572)
  let proxy = Endpoint("127.0.0.1", 8080)
  story.tell(.connecting(tcli, Fact.Connecting(to: proxy, transport: .tls)))
  story.tell(
    .opened(
      tcli,
      Fact.Opening(
        side: .client, transport: .tls, local: own, peer: proxy, localPortChosenBy: .kernel)))
  story.accept(EndID("prx", 1), at: 8080, from: 51572)
  let prx = EndID("prx", 1)
  story.tell(.data(tcli, .sent, Bytes(text: "CONNECT")))
  story.tell(.data(prx, .received, Bytes(text: "CONNECT")))
  story.tell(.data(prx, .sent, Bytes(text: "200")))
  story.tell(.data(tcli, .received, Bytes(text: "200")))
  story.tell(.tlsStarted(tcli, .client))
  story.tell(.message(tcli, .sent, FactStory.clientHello))
  story.tell(.data(prx, .received, Bytes(kept: [], total: 600)))
  story.tell(.data(prx, .sent, Bytes(kept: [], total: 900)))
  story.tell(.message(tcli, .received, FactStory.serverHello))
  #expect(
    picture(story) == tcp + [
      "client data 7 arrived", "server data 3 arrived", "client ClientHello arrived",
      "server ServerHello arrived",
    ])
}

@Test func `a second handshake crosses inside the first one's data`() {
  var story = opened
  story.handshake(tcli, tsrv)
  let before = picture(story)
  story.tell(.tlsStarted(tcli, .client))
  story.tell(.message(tcli, .sent, FactStory.clientHello))
  story.tell(.data(tcli, .sent, Bytes(kept: [22, 3, 1], total: 313)))
  #expect(
    picture(story).dropFirst(before.count) == [
      "client ClientHello encrypted sent", "client data 313 encrypted sent",
    ])
  story.tell(.data(tsrv, .received, Bytes(kept: [22, 3, 1], total: 313)))
  #expect(
    picture(story).dropFirst(before.count) == [
      "client ClientHello encrypted arrived", "client data 313 encrypted arrived",
    ])
}

@Test func `two pipes have no segments`() {
  var story = FactStory()
  story.tell(.connecting(tcli, Fact.Connecting(to: .pipe("tsrv"), transport: .tls)))
  story.tell(
    .opened(
      tcli,
      Fact.Opening(
        network: .pipe, side: .client, transport: .tls, local: .pipe("tcli"), peer: .pipe("tsrv"),
        localPortChosenBy: .configured)))
  #expect(picture(story) == ["client pipe up"])
}
