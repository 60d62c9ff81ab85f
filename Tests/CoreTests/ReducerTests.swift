import LabCore
import LabFacts
import LabTesting
import Testing

private let cli = EndID("cli", 1)
private let srv = EndID("srv", 1)

@Test(arguments: [
  (CloseManner.clean, Fact.Closing.Manner.clean), (.reset, .reset), (.fin, .truncated),
])
func `a closed end keeps how it ended`(_ how: CloseManner, _ manner: Fact.Closing.Manner) {
  var story = FactStory()
  story.open(cli, from: 43788, to: 7777)
  story.tell(.closed(cli, Fact.Closing(manner: manner, by: .peer, traffic: Fact.Traffic())))
  #expect(story.state.ends[cli]?.phase == .closed)
  #expect(story.state.value(of: "cli.conn.closed") == .text(manner.rawValue))
  #expect(story.state.value(of: "cli.conn.closed_by") == .text("peer"))
}

@Test func `an end goes from connecting to open, half-closed and closed`() {
  var story = FactStory()
  var phases: [String] = []
  func note() { phases.append(story.state.ends[cli]?.phase.rawValue ?? "-") }
  story.tell(.connecting(cli, Fact.Connecting(to: Endpoint("127.0.0.1", 7777), transport: .plain)))
  note()
  story.open(cli, from: 43788, to: 7777)
  note()
  story.tell(.halfClosed(cli, .sent))
  note()
  story.tell(.closed(cli, Fact.Closing(manner: .clean, by: .here, traffic: Fact.Traffic())))
  note()
  #expect(phases == ["connecting", "open", "half-closed", "closed"])
}

@Test func `a failure before anything opened leaves the end failed, one afterwards leaves it open`() {
  let failure = Failure(layer: .socket, code: .refused, phase: .connect, decidedBy: .kernel)
  var story = FactStory()
  story.tell(.connecting(cli, Fact.Connecting(to: Endpoint("127.0.0.1", 7777), transport: .plain)))
  story.tell(.failed(cli, failure))
  #expect(story.state.ends[cli]?.phase == .failed)
  story.open(EndID("cli", 2), from: 43788, to: 7777)
  story.tell(.failed(EndID("cli", 2), failure))
  #expect(story.state.ends[EndID("cli", 2)]?.phase == .open)
  #expect(story.state.failures.total == 2)
}

@Test func `a server counts its connections`() {
  var story = FactStory()
  story.listen("srv", 7777)
  story.accept(srv, at: 7777, from: 1)
  story.accept(EndID("srv", 2), at: 7777, from: 2)
  story.tell(.closed(srv, Fact.Closing(manner: .clean, by: .peer, traffic: Fact.Traffic())))
  #expect(story.state.servers["srv"]?.opened == 2)
  #expect(story.state.servers["srv"]?.active == 1)
  #expect(story.state.value(of: "srv.conn.count") == .number(2))
}

@Test func `a wipe forgets everything but the machine's port range`() {
  var story = FactStory()
  story.tell(.portRange(PortRange(first: 32768, last: 60999)))
  story.listen("srv", 7777)
  story.open(cli, from: 43788, to: 7777)
  story.tell(.wiped)
  #expect(story.state.servers.isEmpty)
  #expect(story.state.ends.isEmpty)
  #expect(story.state.value(of: "kernel.ephemeral_range") == .range(PortRange(first: 32768, last: 60999)))
}

@Test func `the newest step is kept apart from what is only counted`() {
  var story = FactStory()
  story.listen("srv", 7777)
  story.kernel([(.listen, 7777, 0)])
  #expect(story.state.last?.number == 2)
  #expect(story.state.lastStep?.number == 1)
}

@Test func `ends that are over are forgotten beyond the limit, open ones never`() {
  var story = FactStory()
  story.open(cli, from: 1, to: 7777)
  for ordinal in 2...(LabState.endLimit + 10) {
    let end = EndID("cli", ordinal)
    story.open(end, from: ordinal, to: 7777)
    story.tell(.closed(end, Fact.Closing(manner: .clean, by: .here, traffic: Fact.Traffic())))
  }
  #expect(story.state.endOrder.count == LabState.endLimit)
  #expect(story.state.ends[cli] != nil)
  #expect(story.state.ends[EndID("cli", 2)] == nil)
}

@Test func `recent elements stay bounded and count what is forgotten`() {
  var recent = Recent<Int>(limit: 100)
  for number in 1...10_000 { recent.append(number) }
  #expect(recent.total == 10_000)
  #expect(recent.last == 10_000)
  #expect(recent.elements.count <= 125)
  #expect(recent.elements.count >= 100)
  #expect(recent.forgotten == 10_000 - recent.elements.count)
  #expect(recent.elements == Array((10_000 - recent.elements.count + 1)...10_000))
}

@Test func `a stream keeps its first bytes and counts the rest`() {
  var record = ByteRecord()
  for _ in 0..<3 { record.append(Bytes(Array(repeating: 0x61, count: 40_000))) }
  #expect(record.kept.count == ByteRecord.limit)
  #expect(record.total == 120_000)
  #expect(record.text.hasSuffix("a\u{2026}"))
}
