import LabCore
import LabFacts
import LabTesting
import Testing

@testable import LabViews

@Test func `what is waited for is one sentence`() {
  #expect(WaitWords.said("page: it to run to its end") == "Waiting for page to run to its end")
  #expect(WaitWords.still("srv: it to listen") == "Still waiting for srv to listen.")
  #expect(WaitWords.said("srv: its gate to move") == "Waiting for srv: its gate to move")
  #expect(WaitWords.mended("Press Space: it to go") == "Press Space: it to go")
}

@Test(
  arguments: [
    (Array("Hey\r\n".utf8), "clear bytes"), ([0x17, 0x03, 0x03, 0x00, 0x1c], "bytes"),
  ] as [([UInt8], String)])
func `only what can be read is called clear`(bytes: [UInt8], words: String) {
  #expect(WireSegment(kind: .clear, offset: 0, bytes: Bytes(bytes)).words == words)
}

@Test(
  arguments: [
    (Failure.Layer.socket, Phase.established, "when open", "when open"),
    (.tls, .established, "after the handshake", "when up"),
    (.tls, .handshakeAfterCertificate, "after the certificate", "after cert"),
    (.tls, .handshake, "in the handshake", "in handshake"),
    (.mail, .upgrade, "before TLS", "before TLS"),
  ])
func `a failure says when it came`(layer: Failure.Layer, phase: Phase, long: String, short: String) {
  let failure = Failure(layer: layer, code: .resetByPeer, phase: phase, decidedBy: .peer)
  #expect(FailureWords.when(failure) == long)
  #expect(FailureWords.shortWhen(failure) == short)
}

@Test(
  arguments: [
    (Failure.Decider.here, nil, "reason 193"), (.peer, nil, "alert 40 handshake_failure"),
    (.here, 20, "verify 20"),
  ] as [(Failure.Decider, Int?, String)])
func `the end that decided has its library's reason, the other the alert that told it`(
  decider: Failure.Decider, verify: Int?, number: String
) {
  var evidence = Evidence()
  evidence.reason = 193
  evidence.alert = Alert(level: .fatal, number: 40)
  evidence.verify = verify
  let failure = Failure(
    layer: .tls, code: .noSharedCipher, phase: .handshakeStart, decidedBy: decider, evidence: evidence)
  #expect(FailureWords.number(failure) == number)
}

@Test func `how far something got is said in words that fit it`() throws {
  var story = FactStory()
  story.listen("srv", 7777)
  story.tell(
    .connecting(
      PaneSamples.cli1, Fact.Connecting(to: Endpoint("127.0.0.1", 7777), transport: .plain)))
  let pair = try #require(story.state.connection(of: PaneSamples.cli1))
  let syn = try #require(Ladder(of: pair, in: story.state).rungs.first)
  #expect(LadderWords.travel(syn) == ["no answer"])
}
