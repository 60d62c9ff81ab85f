import LabCore
import LabFacts
import LabTesting
import Testing

private let cli = EndID("cli", 1)
private let srv = EndID("srv", 1)

private func pairs(_ story: FactStory) -> [String] {
  story.state.connections.map { "\($0.client?.description ?? "-") \($0.server?.description ?? "-")" }
}

@Test func `two ends with mirrored endpoints are one connection`() {
  var story = FactStory()
  story.open(cli, from: 43788, to: 7777)
  story.accept(srv, at: 7777, from: 43788)
  #expect(pairs(story) == ["cli#1 srv#1"])
  #expect(story.state.other(of: cli)?.id == srv)
  #expect(story.state.other(of: srv)?.id == cli)
}

@Test func `an IPv4 client of an IPv6 socket is paired in spite of its mapped address`() {
  var story = FactStory()
  story.open(cli, from: 43788, to: 7777)
  story.accept(srv, at: 7777, from: 43788, mapped: true)
  #expect(pairs(story) == ["cli#1 srv#1"])
}

@Test func `the order in which the ends report does not matter`() {
  var story = FactStory()
  story.accept(srv, at: 7777, from: 43788)
  story.open(cli, from: 43788, to: 7777)
  #expect(pairs(story) == ["cli#1 srv#1"])
}

@Test func `a port that is used again belongs to the newest ends`() {
  var story = FactStory()
  story.open(cli, from: 45000, to: 7777)
  story.accept(srv, at: 7777, from: 45000)
  story.open(EndID("cli", 2), from: 45000, to: 7777)
  story.accept(EndID("srv", 2), at: 7777, from: 45000)
  #expect(story.state.other(of: EndID("cli", 2))?.id == EndID("srv", 2))
  #expect(story.state.other(of: EndID("srv", 2))?.id == EndID("cli", 2))
}

@Test func `a reused port does not take the old pair apart`() {
  var story = FactStory()
  story.open(cli, from: 45000, to: 7777)
  story.accept(srv, at: 7777, from: 45000)
  story.open(EndID("cli", 2), from: 45000, to: 7777)
  story.accept(EndID("srv", 2), at: 7777, from: 45000)
  #expect(pairs(story) == ["cli#1 srv#1", "cli#2 srv#2"])
}

@Test func `a browser's connection has one end here`() {
  var story = FactStory()
  story.accept(srv, at: 8443, from: 40028, .tls)
  #expect(pairs(story) == ["- srv#1"])
  #expect(story.state.other(of: srv) == nil)
}
