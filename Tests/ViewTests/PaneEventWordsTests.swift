import LabCore
import LabFacts
import LabTesting
import LabViews
import Testing

@testable import LabCatalog

private func words(_ story: FactStory) -> [String] {
  story.facts.compactMap { EventWords.line($0, in: story.state) }
}

@Test func `a plain conversation in words`() {
  var story = FactStory()
  story.listen("srv", 40123, chosenBy: .fallback, preferred: 7777)
  story.open(PaneSamples.cli1, from: 43788, to: 40123)
  story.accept(PaneSamples.srv1, at: 40123, from: 43788)
  story.talk(PaneSamples.cli1, PaneSamples.srv1, "Herbert\n", "Hey Herbert!")
  story.tell(.halfClosed(PaneSamples.cli1, .sent))
  story.tell(.closed(PaneSamples.cli1, Fact.Closing(manner: .clean, by: .here, traffic: Fact.Traffic())))
  #expect(
    words(story) == [
      "#1 srv listens on 127.0.0.1:40123 (plain), 7777 was taken", "#2 cli1 connects to 127.0.0.1:40123",
      "#3 cli1 is connected: 127.0.0.1:43788 to 127.0.0.1:40123",
      "#4 srv #1 accepted 127.0.0.1:43788 (plain)",
      #"#6 cli1 sent 8 bytes: "Herbert\n""#, #"#8 srv #1 received 8 bytes: "Herbert\n""#,
      #"#10 srv #1 sent 12 bytes: "Hey Herbert!""#, #"#12 cli1 received 12 bytes: "Hey Herbert!""#,
      "#13 cli1 closed its sending half", "#14 cli1 closed clean",
    ])
}

@Test func `a refusal in words`() {
  #expect(
    words(PaneSamples.refused).suffix(10) == [
      "#11 tsrv #1 sent CertificateVerify, 78 bytes", "#12 tcli received ServerHello, 122 bytes",
      "#13 tcli received Certificate, 512 bytes", "#14 tcli judged CN=netlab.test: verify 20: not trusted",
      "#16 tcli sent alert 48 unknown_ca", "#17 tcli failed: unknown-ca, decided here",
      "#18 tcli closed after a failure", "#20 tsrv #1 received alert 48 unknown_ca",
      "#21 tsrv #1 failed: peer-unknown-ca, decided by the peer", "#22 tsrv #1 closed after a failure",
    ])
}

@Test func `held records and accepts in words`() {
  var story = PaneSamples.held
  story.tell(.released(PaneSamples.tsrv1, title: "ServerHello", waiting: 2))
  story.tell(.acceptingChanged("tsrv", false))
  #expect(
    words(story).suffix(5) == [
      "#14 tsrv #1 holds ServerHello at its gate",
      "#15 tsrv #1 holds EncryptedExtensions at its gate, 1 more held",
      "#16 tsrv #1 holds Certificate at its gate, 2 more held",
      "#17 tsrv #1 let ServerHello go, 2 still held",
      "#18 tsrv stopped calling accept(): the kernel queues what comes",
    ])
}

@Test func `every step has words, and the newest one is found behind what is only counted`() {
  for story in [PaneSamples.paired, PaneSamples.held, PaneSamples.refused, PaneSamples.crowded] {
    for fact in story.facts {
      #expect((EventWords.line(fact, in: story.state) != nil) == fact.fact.isStep)
    }
  }
  #expect(EventWords.newest(in: PaneSamples.paired.state) == #"#43 tcli received 11 bytes: "Hey Sabine!""#)
  #expect(EventWords.newest(in: LabState()) == nil)
}
