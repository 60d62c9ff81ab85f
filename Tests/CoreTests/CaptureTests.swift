import LabCapture
import LabFacts
import LabTesting
import Testing

/// What is in a capture, byte for byte.
@Suite struct CaptureTests {
  private static let (client, server): (EndID, EndID) = (EndID("cli", 1), EndID("srv", 1))
  private static let about = Capture.About(program: "netlab 0", title: "a story", began: 1_000_000)
  private static let (fin, syn, rst, psh, ack): (UInt8, UInt8, UInt8, UInt8, UInt8) = (1, 2, 4, 8, 16)

  private static func met(_ transport: Transport = .plain) -> FactStory {
    var story = FactStory()
    story.listen("srv", 7777, transport)
    story.open(client, from: 43788, to: 7777, transport)
    story.accept(server, at: 7777, from: 43788, transport)
    return story
  }

  private static func clear(_ text: String, at offset: Int = 0) -> WireSegment {
    WireSegment(kind: .clear, offset: offset, bytes: Bytes(text: text))
  }

  private func file(_ story: FactStory) -> CaptureFile {
    let file = CaptureFile(Capture(story.facts, CaptureTests.about).bytes)
    #expect(file.isWhole)
    return file
  }

  private func both(_ story: inout FactStory, _ from: EndID, _ to: EndID, _ segment: WireSegment) {
    story.tell(.wire(from, .sent, segment))
    story.tell(.wire(to, .received, segment))
  }

  @Test func `three segments open it, data follow, and every number counts`() throws {
    var story = CaptureTests.met()
    both(&story, CaptureTests.client, CaptureTests.server, CaptureTests.clear("Herbert"))
    both(&story, CaptureTests.server, CaptureTests.client, CaptureTests.clear("Hey Herbert!"))
    let file = file(story)
    #expect(file.types == [0x0a0d_0d0a, 1, 6, 6, 6, 6, 6])
    #expect(file.comment.contains("a story.") && file.comment.contains("headers are reconstructed"))
    let packets = file.packets
    #expect(
      packets.map(\.flags) == [
        CaptureTests.syn, CaptureTests.syn | CaptureTests.ack, CaptureTests.ack,
        CaptureTests.psh | CaptureTests.ack, CaptureTests.psh | CaptureTests.ack,
      ])
    #expect(packets.map(\.sourcePort) == [43788, 7777, 43788, 43788, 7777])
    #expect(packets.map(\.targetPort) == [7777, 43788, 7777, 7777, 43788])
    #expect(packets.map(\.payload).suffix(2) == [Array("Herbert".utf8), Array("Hey Herbert!".utf8)])
    let first = packets[0].sequence
    #expect(packets.map { $0.sequence &- first } == [0, 0, 1, 1, 1])
    #expect(packets.dropFirst().map { $0.acknowledged &- first } == [1, 1, 1, 8])
    #expect(packets.allSatisfy { $0.ipSum == 0 && $0.tcpSum == 0 })
    #expect(packets.map(\.microseconds) == packets.map(\.microseconds).sorted())
    #expect(packets[0].comment == "SYN: inferred, not captured")
    #expect(packets[3].comment == "cli#1: clear bytes" || packets[3].comment.hasSuffix(": clear bytes"))
  }

  @Test func `each end says goodbye once, one after the other`() {
    var story = CaptureTests.met()
    story.tell(.halfClosed(CaptureTests.client, .sent))
    story.tell(.halfClosed(CaptureTests.server, .received))
    both(&story, CaptureTests.server, CaptureTests.client, CaptureTests.clear("late"))
    story.tell(.halfClosed(CaptureTests.server, .sent))
    story.tell(.halfClosed(CaptureTests.client, .received))
    for end in [CaptureTests.server, CaptureTests.client] {
      story.tell(.closed(end, .init(manner: .clean, by: .peer, traffic: .init())))
    }
    let packets = file(story).packets.dropFirst(3)
    #expect(
      packets.map(\.flags) == [
        CaptureTests.fin | CaptureTests.ack, CaptureTests.psh | CaptureTests.ack,
        CaptureTests.fin | CaptureTests.ack, CaptureTests.ack,
      ])
    #expect(packets.map(\.sourcePort) == [43788, 7777, 7777, 43788])
  }

  @Test func `bytes that were not kept are there by their number`() {
    var story = CaptureTests.met()
    let cut = WireSegment(
      kind: .clear, offset: 0, bytes: Bytes(kept: Array(repeating: 7, count: 100), total: 5000))
    both(&story, CaptureTests.client, CaptureTests.server, cut)
    both(&story, CaptureTests.client, CaptureTests.server, CaptureTests.clear("end", at: 70_000))
    let packets = Array(file(story).packets.dropFirst(3))
    #expect(packets.map(\.carried) == [5000, 65_000, 3])
    #expect(packets.map(\.payload.count) == [100, 0, 3])
    #expect(packets[0].comment.contains("netlab kept 100 of 5000 bytes"))
    #expect(packets[1].comment == "netlab did not keep these bytes")
    #expect(packets[2].sequence &- packets[0].sequence == 70_000)
  }

  @Test func `the secrets come before the packets, each line once, and only where there are some`() {
    var story = CaptureTests.met(.tls)
    #expect(file(story).secrets == "")
    for end in [CaptureTests.client, CaptureTests.server] {
      story.tell(.keyLogged(end, "CLIENT_RANDOM 00 11"))
    }
    let file = file(story)
    #expect(file.secrets == "CLIENT_RANDOM 00 11\n")
    #expect(file.types.prefix(3) == [0x0a0d_0d0a, 1, 0x0a])
  }

  @Test func `where a fault struck, what crossed is in it and not what was meant`() {
    var story = CaptureTests.met()
    let fault = WireFault(.flipBit(at: 0))
    story.tell(.faultsChanged(CaptureTests.client, [fault]))
    story.tell(.wire(CaptureTests.client, .sent, CaptureTests.clear("Herbert")))
    story.tell(.faultStruck(CaptureTests.client, fault))
    story.tell(.wire(CaptureTests.server, .received, CaptureTests.clear("Ierbert")))
    both(&story, CaptureTests.server, CaptureTests.client, CaptureTests.clear("Hey!"))
    let payloads = file(story).packets.dropFirst(3).map { String(decoding: $0.payload, as: UTF8.self) }
    #expect(payloads == ["Ierbert", "Hey!"])
  }

  @Test func `what a fault held back is not in it, and its FIN is told by who got it`() {
    var story = CaptureTests.met()
    let fault = WireFault(.truncate(after: 3))
    story.tell(.faultsChanged(CaptureTests.client, [fault]))
    story.tell(.wire(CaptureTests.client, .sent, CaptureTests.clear("Herbert")))
    story.tell(.faultStruck(CaptureTests.client, fault))
    story.tell(.halfClosed(CaptureTests.client, .sent))
    story.tell(.wire(CaptureTests.server, .received, CaptureTests.clear("Her")))
    story.tell(.halfClosed(CaptureTests.server, .received))
    let packets = file(story).packets.dropFirst(3)
    #expect(packets.map(\.payload.count) == [3, 0])
    #expect(packets.map { $0.flags & CaptureTests.fin } == [0, CaptureTests.fin])
  }

  @Test func `a relay is two connections`() {
    var story = CaptureTests.met()
    let (inner, backend): (EndID, EndID) = (EndID("back", 1), EndID("far", 1))
    story.listen("far", 9999)
    story.open(inner, from: 50_000, to: 9999)
    story.accept(backend, at: 9999, from: 50_000)
    story.tell(.relayed(CaptureTests.server, inner))
    both(&story, CaptureTests.client, CaptureTests.server, CaptureTests.clear("Herbert"))
    both(&story, inner, backend, CaptureTests.clear("Herbert"))
    let data = file(story).packets.filter { !$0.payload.isEmpty }
    #expect(data.map(\.sourcePort) == [43788, 50_000])
    #expect(data.map(\.targetPort) == [7777, 9999])
  }

  @Test func `a reset ends it at once`() {
    var story = CaptureTests.met()
    story.tell(
      .failed(
        CaptureTests.server,
        Failure(layer: .socket, code: .resetByPeer, phase: .established, decidedBy: .peer)))
    story.tell(.closed(CaptureTests.client, .init(manner: .reset, by: .here, traffic: .init())))
    story.tell(.closed(CaptureTests.server, .init(manner: .reset, by: .peer, traffic: .init())))
    let packets = file(story).packets.dropFirst(3)
    #expect(packets.map(\.flags) == [CaptureTests.rst | CaptureTests.ack])
    #expect(packets.first?.sourcePort == 43788)
  }
}
