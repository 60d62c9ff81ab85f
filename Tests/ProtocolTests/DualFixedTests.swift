import LabFacts
import LabProtocols
import Testing

struct DualFixedTests {
  private static let dialogue = FixedDialogue(
    order: ConnectOrder(to: Endpoint("127.0.0.1", 7777), transport: .plain))
  private static let refused = RelayEvent.backendFailed(.backend(.refused, errno: 111))
  private static let words = "could not reach 127.0.0.1:7777: connection refused (errno 111, ECONNREFUSED)"
  private static let line = "netlab: \(words)\r\n"

  @Test(arguments: ["", "0", "hello"])
  func `early bytes and an early end are for the backend`(early: String) {
    for cut in Cuts.of(early) {
      let heard = cut.filter { !$0.isEmpty }.map { RelayEvent.heard(.client, $0) }
      let script = Script.play(Self.dialogue, [.opened] + heard + [.ended(.client), .backendUp])
      #expect(script.backendText == early)
      #expect(script.steps == ["connect 127.0.0.1:7777", "relay"])
      #expect(script.said == [])
    }
  }

  @Test(arguments: [
    ("GET / HTTP/1.1\r\n", "HTTP/1.1 502 Bad Gateway"), ("hello", line), ("SSH-2.0-x\r\n", line),
  ])
  func `a client that has spoken is told why in its language`(said: String, answer: String) {
    for cut in Cuts.of(said) {
      let heard = cut.map { RelayEvent.heard(.client, $0) }
      let before = Script.play(Self.dialogue, [.opened] + heard + [Self.refused])
      #expect(before.text.hasPrefix(answer))
      #expect(before.text.contains(Self.words))
      #expect(before.steps == ["connect 127.0.0.1:7777", "close client clean"])
      let after = Script.play(Self.dialogue, [.opened, Self.refused] + heard + [.timePassed])
      #expect(after.said == before.said)
      #expect(after.steps == ["connect 127.0.0.1:7777", "wait 200", "close client clean"])
    }
  }

  @Test func `a TLS client gets an alert`() {
    for cut in Cuts.of([0x16, 0x03, 0x01]) {
      let heard = cut.map { RelayEvent.heard(.client, $0) }
      let script = Script.play(Self.dialogue, [.opened, Self.refused] + heard)
      #expect(script.said == [0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x50])
      #expect(script.notes == ["> \(Self.words)"])
    }
  }

  @Test(arguments: [RelayEvent.timePassed, .ended(.client)])
  func `a silent client gets a line of text`(last: RelayEvent) {
    let script = Script.play(Self.dialogue, [.opened, Self.refused, last, .timePassed])
    #expect(script.text == Self.line)
    #expect(script.steps == ["connect 127.0.0.1:7777", "wait 200", "close client clean"])
    #expect(script.failure == nil)
  }

  @Test func `nobody is waited for who has said all`() {
    let script = Script.play(Self.dialogue, [.opened, .ended(.client), Self.refused])
    #expect(script.text == Self.line)
    #expect(script.steps == ["connect 127.0.0.1:7777", "close client clean"])
  }

  @Test func `a name from outside cannot write over the screen`() {
    let apology = Apology(for: .backend(.timeout), target: Endpoint("a\u{1b}[2J", 1))
    #expect(apology.words == "could not reach a\\x1b[2J:1: no answer in time")
  }

  @Test func `the sink hears everything and says nothing`() {
    let script = Script.play(
      DiscardDialogue(), [.opened, .heard(.client, [1, 2]), .timePassed, .ended(.client)])
    #expect(script == Script(steps: ["close client clean"]))
  }
}
