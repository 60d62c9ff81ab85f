import LabCore
import LabFacts
import LabTesting
import Testing

private let cli = EndID("cli", 1)
private let srv = EndID("srv", 1)

/// Rows as text: owner, ports, state, who chose, `*` for new.
private func picture(_ story: FactStory, now: Int? = nil) -> [String] {
  KernelTable(story.state, now: now).rows.map { row in
    let chosen = [row.localChosenBy, row.peerChosenBy].map { $0?.rawValue ?? "-" }.joined(separator: "/")
    return
      "\(row.owner ?? "nobody") \(row.socket.local.port) \(row.socket.peer.port) \(row.socket.state.name) "
      + "\(chosen)\(row.isNew ? " *" : "")"
  }
}

private var connected: FactStory {
  var story = FactStory()
  story.listen("srv", 7777)
  story.open(cli, from: 43788, to: 7777)
  story.accept(srv, at: 7777, from: 43788)
  return story
}

@Test func `each row has its owner, servers first, and who chose its ports`() {
  var story = connected
  story.kernel([(.established, 43788, 7777), (.established, 7777, 43788), (.listen, 7777, 0)])
  #expect(
    picture(story) == [
      "srv listen 7777 0 LISTEN configured/-", "srv conn 1 7777 43788 ESTAB configured/kernel",
      "cli 43788 7777 ESTAB kernel/configured",
    ])
}

@Test func `a client in SYN-SENT is known by its target`() {
  var story = FactStory()
  for ordinal in 1...2 {
    story.tell(
      .connecting(EndID("cli", ordinal), Fact.Connecting(to: Endpoint("127.0.0.1", 7777), transport: .plain)))
  }
  story.kernel([(.synSent, 50001, 7777), (.synSent, 50002, 7777)])
  #expect(picture(story) == ["cli 50001 7777 SYN-SENT -/-", "cli (2) 50002 7777 SYN-SENT -/-"])
}

@Test func `a connection nobody accepted yet waits in the server's queue`() {
  var story = FactStory()
  story.listen("srv", 7777)
  story.open(cli, from: 43788, to: 7777)
  story.kernel([(.listen, 7777, 0), (.established, 7777, 43788), (.established, 43788, 7777)])
  #expect(
    picture(story) == [
      "srv listen 7777 0 LISTEN configured/-", "srv queue 7777 43788 ESTAB configured/-",
      "cli 43788 7777 ESTAB kernel/configured",
    ])
}

@Test func `a socket in TIME-WAIT belongs to no program, and the path still finds its state`() {
  var story = connected
  for end in [cli, srv] {
    story.tell(.closed(end, Fact.Closing(manner: .clean, by: .here, traffic: Fact.Traffic())))
  }
  story.kernel([(.listen, 7777, 0), (.timeWait, 43788, 7777)])
  #expect(picture(story).last == "nobody 43788 7777 TIME-WAIT kernel/configured")
  #expect(story.state.value(of: "cli.kernel.state") == .text("TIME-WAIT"))
}

@Test func `a socket the lab never heard of is nobody's`() {
  var story = FactStory()
  story.kernel([(.listen, 9999, 0), (.timeWait, 50000, 9999)])
  #expect(picture(story) == ["nobody 9999 0 LISTEN -/-", "earlier 50000 9999 TIME-WAIT -/-"])
}

@Test func `TIME-WAIT of a browser is nobody's, that of a run before is told as earlier`() {
  var story = FactStory()
  story.listen("srv", 7777)
  story.accept(srv, at: 7777, from: 43788)
  story.kernel([(.listen, 7777, 0)])
  story.kernel([(.listen, 7777, 0), (.timeWait, 43788, 7777), (.timeWait, 7777, 43000)])
  #expect(
    picture(story) == [
      "srv listen 7777 0 LISTEN configured/-", "nobody 43788 7777 TIME-WAIT -/configured *",
      "earlier 7777 43000 TIME-WAIT -/-",
    ])
}

@Test func `a row is new for two seconds after it came or changed, but not in the first sample`() {
  var story = connected
  story.kernel([(.listen, 7777, 0)])
  #expect(picture(story) == ["srv listen 7777 0 LISTEN configured/-"])
  story.kernel([(.listen, 7777, 0), (.established, 43788, 7777)])
  let seen = story.facts.last?.microseconds ?? 0
  #expect(picture(story).last == "cli 43788 7777 ESTAB kernel/configured *")
  story.kernel([(.listen, 7777, 0), (.established, 43788, 7777), (.established, 7777, 43788)])
  #expect(picture(story).last == "cli 43788 7777 ESTAB kernel/configured *")
  #expect(picture(story, now: seen + 1_999_999).last == "cli 43788 7777 ESTAB kernel/configured *")
  #expect(picture(story, now: seen + 2_000_000).last == "cli 43788 7777 ESTAB kernel/configured")
  story.kernel([(.listen, 7777, 0), (.finWait2, 43788, 7777)], after: 5_000_000)
  #expect(picture(story).last == "cli 43788 7777 FIN-WAIT-2 kernel/configured *")
}

@Test func `each row of a connection finds its mirror, and a listener has none`() {
  var story = connected
  story.kernel([(.listen, 7777, 0), (.established, 7777, 43788), (.established, 43788, 7777)])
  let table = KernelTable(story.state)
  #expect(table.rows.map { table.mirror(of: $0) } == [nil, 2, 1])
}

@Test func `names alike go by the number at their end`() {
  let names: [ActorID] = ["s10", "s2", "srv", "s1", "s01", "s", "t1"]
  #expect(names.sorted().map(\.rawValue) == ["s", "s01", "s1", "s2", "s10", "srv", "t1"])
}
