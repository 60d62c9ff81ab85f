import LabFacts
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
  ])
func `a failure says when it came`(layer: Failure.Layer, phase: Phase, long: String, short: String) {
  let failure = Failure(layer: layer, code: .resetByPeer, phase: phase, decidedBy: .peer)
  #expect(FailureWords.when(failure) == long)
  #expect(FailureWords.shortWhen(failure) == short)
}
