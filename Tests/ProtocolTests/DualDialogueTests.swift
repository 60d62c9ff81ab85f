import LabFacts
import LabProtocols
import Testing

struct DualDialogueTests {
  private static func order(_ name: String) -> ConnectOrder {
    ConnectOrder(to: Endpoint(name, 1), transport: .plain)
  }

  private static let all = DualRoute(
    tls: order("tls"), http: order("http"), ssh: order("ssh"), clientFirst: order("first"),
    serverFirst: order("last"), timeoutMilliseconds: 700)

  private static func events(_ cut: [[UInt8]]) -> [RelayEvent] {
    [.opened] + cut.map { .heard(.client, $0) }
  }

  @Test(
    arguments: [
      ([0x16, 0x03, 0x01, 0x00], "tls"), (Array("GET / HTTP/1.1".utf8), "http"),
      (Array("CONNECT a:1".utf8), "http"), (Array("SSH-2.0-x\r\n".utf8), "ssh"),
      (Array("EHLO a".utf8), "first"), ([0x16, 0x99], "first"), ([5, 1, 0], "first"),
      (Array("SSL?".utf8), "first"),
    ] as [([UInt8], String)])
  func `a client ends in the right place, however its bytes are cut`(bytes: [UInt8], place: String) {
    for cut in Cuts.of(bytes) {
      let script = Script.play(DualDialogue(route: Self.all), Self.events(cut) + [.backendUp])
      #expect(script.steps == ["wait 700", "connect \(place):1", "relay"], "\(cut)")
      #expect(script.saidToBackend == bytes)
      #expect(script.said == [])
      #expect(script.failure == nil)
    }
  }

  @Test(
    arguments: [
      ([0x16], "tls"), (Array("G".utf8), "http"), (Array("CONNECT".utf8), "http"), (Array("SSH".utf8), "ssh"),
    ] as [([UInt8], String)], [RelayEvent.timePassed, .ended(.client)])
  func `half a word is taken for its word when no more comes`(
    half: (bytes: [UInt8], place: String), last: RelayEvent
  ) {
    for cut in Cuts.of(half.bytes) {
      let script = Script.play(DualDialogue(route: Self.all), Self.events(cut) + [last])
      #expect(script.steps == ["wait 700", "connect \(half.place):1"], "\(cut)")
    }
  }

  @Test func `a silent client is taken to a server that speaks first, and loses nothing it says later`() {
    let script = Script.play(
      DualDialogue(route: Self.all),
      [.opened, .timePassed, .heard(.client, [1]), .timePassed, .heard(.client, [2]), .backendUp])
    #expect(script.steps == ["wait 700", "connect last:1", "relay"])
    #expect(script.saidToBackend == [1, 2])
    #expect(script.notes == ["< the client waits to be spoken to"])
  }

  @Test func `where the answer changes nothing, nobody waits for it`() {
    let route = DualRoute(tls: Self.order("tls"), clientFirst: Self.order("first"))
    let script = Script.play(DualDialogue(route: route), Self.events([[UInt8(ascii: "G")]]))
    #expect(script.steps == ["wait 1000", "connect first:1"])
  }

  @Test(
    arguments: [
      ([0x16, 0x03, 0x01], [0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x50]),
      (
        Array("EHLO a".utf8),
        Array("netlab: no service here for a client that speaks another protocol\r\n".utf8)
      ),
    ] as [([UInt8], [UInt8])])
  func `a client that nothing here serves is told so`(bytes: [UInt8], said: [UInt8]) {
    let route = DualRoute(http: Self.order("http"))
    let script = Script.play(DualDialogue(route: route), Self.events([bytes]))
    #expect(script.said == said)
    #expect(script.failure?.code == .setupOther)
    #expect(script.failure?.evidence.subject?.hasPrefix("a service for clients that speak") == true)
    #expect(script.steps == ["wait 1000", "close client clean"])
  }

  @Test func `a silent client is let go where nobody speaks first`() {
    let route = DualRoute(http: Self.order("http"), timeoutMilliseconds: 50)
    let script = Script.play(DualDialogue(route: route), [.opened, .timePassed, .heard(.client, [1])])
    #expect(
      script.text == "netlab: the client said nothing for 50 ms, and no service here speaks first\r\n")
    #expect(script.failure?.code == .timeout)
    #expect(script.failure?.evidence.waitedMilliseconds == 50)
    #expect(script.steps == ["wait 50", "close client clean"])
  }

  @Test func `a client that comes and leaves is no failure`() {
    let script = Script.play(DualDialogue(route: Self.all), [.opened, .ended(.client)])
    #expect(script == Script(steps: ["wait 700", "close client clean"]))
  }

  @Test func `a failed backend is told of in the client's language`() {
    let script = Script.play(
      DualDialogue(route: Self.all),
      Self.events([Array("GET / HTTP/1.1\r\n".utf8)]) + [.backendFailed(.backend(.refused, errno: 111))])
    #expect(script.text.hasPrefix("HTTP/1.1 502 Bad Gateway\r\n"))
    #expect(script.text.contains("could not reach http:1: connection refused"))
    #expect(script.steps.last == "close client clean")
  }
}
