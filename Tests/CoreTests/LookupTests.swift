import LabCore
import LabFacts
import LabTesting
import Testing

private let tcli = EndID("tcli", 1)
private let tsrv = EndID("tsrv", 1)

private let lab: LabState = {
  var story = FactStory()
  story.tell(.portRange(PortRange(first: 32768, last: 60999)))
  story.listen("srv", 40123, chosenBy: .fallback, preferred: 7777)
  story.listen("tsrv", 7443, .tls)
  story.open(tcli, from: 51572, to: 7443, .tls)
  story.accept(tsrv, at: 7443, from: 51572, .tls)
  story.handshake(tcli, tsrv)
  story.talk(tcli, tsrv, "Sabine\n", "Hey Sabine!")
  story.open(EndID("tcli", 2), from: 51573, to: 7443, .tls)
  story.accept(EndID("tsrv", 2), at: 7443, from: 51573, .tls)
  story.tell(.held(EndID("tsrv", 2), title: "ServerHello", waiting: 0))
  story.tell(.failed(EndID("tcli", 2), FactStory.unknownCA))
  story.kernel([(.listen, 7443, 0), (.established, 51572, 7443)], queues: [7443: 2])
  return story.state
}()

@Test(arguments: [
  ("srv.port", "40123"), ("srv.address", "127.0.0.1:40123"), ("srv.preferred_port", "7777"),
  ("srv.backlog", "5"), ("srv.listening", "yes"), ("srv.accepting", "yes"), ("tsrv.conn.count", "2"),
  ("tsrv.kernel.queue", "2"), ("tsrv.kernel.state", "LISTEN"), ("tsrv.kernel.backlog", "5"),
  ("tcli.port", "51573"), ("tcli.conn(1).port", "51572"), ("tcli.conn(last).port", "51573"),
  ("tsrv.conn(1).peer_port", "51572"), ("tsrv.conn(*).peer_port", "51572, 51573"),
  ("tcli.conn(1).role", "client"), ("tcli.conn(1).transport", "tls"), ("tcli.conn(1).conn.state", "open"),
  ("tcli.conn(1).conn.established", "yes"), ("tcli.conn(1).kernel.state", "ESTAB"),
  ("tcli.conn(1).app.sent", "Sabine\\n"), ("tcli.conn(1).app.received", "Hey Sabine!"),
  ("tcli.conn(1).app.sent_bytes", "7"), ("tcli.conn(1).tls.version", "TLS 1.3"),
  ("tcli.conn(1).tls.suite", "TLS_AES_256_GCM_SHA384"), ("tcli.conn(1).tls.group", "X25519"),
  ("tcli.conn(1).tls.bits", "256"), ("tcli.conn(1).tls.verify", "0"),
  ("tcli.conn(1).tls.verify_enforced", "yes"),
  ("tcli.conn(1).tls.handshake_done", "yes"), ("tcli.conn(2).tls.handshake_done", "no"),
  ("tcli.conn(1).tls.messages_sent", "ClientHello, Finished"), ("tcli.conn(1).tls.hello_sni", "netlab.test"),
  ("tcli.conn(1).tls.hello_versions", "TLS 1.3, TLS 1.2"), ("tsrv.conn(2).tls.held", "1"),
  ("tcli.conn(1).cert.subject", "CN=netlab.test"), ("tcli.conn(1).cert.count", "1"),
  ("tcli.error.key", "unknown-ca"), ("tcli.error.phase", "handshake-after-certificate"),
  ("tcli.error.decided_by", "here"), ("tcli.error.verify", "20"), ("tcli.error.count", "1"),
  ("kernel.ephemeral_range", "32768-60999"),
])
func `a path names a value`(_ path: String, _ text: String) {
  #expect(lab.value(of: path)?.description == text)
}

@Test(arguments: [
  "srv", "nobody.port", "srv.colour", "tcli.conn(9).port", "tcli.conn(0).port", "tcli.conn(x).port",
  "tcli.conn(1)",
  "tcli.conn(1).tls.alert_sent", "tcli.conn(1).conn.closed", "tcli.conn(1).error.key",
  "tsrv.conn(2).cert.subject",
  "tcli..port", ".port", "",
])
func `a path that names nothing has no value`(_ path: String) {
  #expect(lab.value(of: path) == nil)
}

@Test func `a server's failures are those of all its ends`() throws {
  var story = FactStory()
  story.listen("tsrv", 7443, .tls)
  for ordinal in 1...2 {
    story.accept(EndID("tsrv", ordinal), at: 7443, from: 50000 + ordinal, .tls)
    story.tell(.failed(EndID("tsrv", ordinal), FactStory.peerUnknownCA))
  }
  let subject = try #require(Subject("tsrv"))
  #expect(story.state.failures(of: subject).map(\.code) == [.peerUnknownCa, .peerUnknownCa])
  let second = try #require(Subject("tsrv.conn(2)"))
  #expect(story.state.failures(of: second).count == 1)
}

@Suite struct FailedClientTests {
  private let subject = Subject("cli")

  private func failed(_ code: FailureCode) -> Fact {
    .actorFailed("cli", Failure(layer: .tls, code: code, phase: .setup, decidedBy: .here))
  }

  @Test func `a client that failed before it connected is a client once it connects`() throws {
    var story = FactStory()
    story.tell(failed(.badPem))
    #expect(story.state.value(of: "cli.error.key") == .text("bad-pem"))
    story.open(EndID("cli", 1), from: 50001, to: 7777)
    #expect(story.state.servers["cli"] == nil)
    #expect(story.state.value(of: "cli.port") == .number(50001))
    #expect(story.state.end(of: "cli") == EndID("cli", 1))
    #expect(story.state.failures(of: try #require(subject)).map(\.code) == [.badPem])
  }

  @Test func `a client that fails after it connected stays a client`() throws {
    var story = FactStory()
    story.open(EndID("cli", 1), from: 50001, to: 7777)
    story.tell(failed(.trustStoreMissing))
    #expect(story.state.servers["cli"] == nil)
    #expect(story.state.value(of: "cli.peer_port") == .number(7777))
    #expect(story.state.failures(of: try #require(subject)).map(\.code) == [.trustStoreMissing])
  }

  @Test func `a server that failed to listen stays a server`() {
    var story = FactStory()
    story.tell(
      .actorFailed("srv", Failure(layer: .socket, code: .addrInUse, phase: .bind, decidedBy: .kernel)))
    #expect(story.state.value(of: "srv.listening") == .bool(false))
    #expect(story.state.end(of: "srv") == nil)
  }
}
