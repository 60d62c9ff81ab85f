import LabCore
import LabFacts
import LabTesting
import Testing

private let cli = EndID("cli", 1)
private let srv = EndID("srv", 1)

private var story: FactStory {
  var story = FactStory()
  story.listen("srv", 7777)
  story.open(cli, from: 43788, to: 7777)
  story.accept(srv, at: 7777, from: 43788)
  story.talk(cli, srv, "Herbert", "Hey Herbert!")
  story.kernel([(.listen, 7777, 0), (.established, 7777, 43788), (.established, 43788, 7777)])
  return story
}

@Test func `the state after any fact is what the facts up to it add up to`() {
  var log = FactLog()
  for fact in story.facts { log.append(fact) }
  var expected = LabState()
  #expect(log.state(after: 0) == expected)
  for fact in story.facts {
    Lab.reduce(&expected, fact)
    #expect(log.state(after: fact.number) == expected)
  }
  #expect(log.state(after: .max) == story.state)
}

@Test func `a long log forgets its beginning and still knows every moment it kept`() {
  var log = FactLog()
  var state = LabState()
  let count = FactLog.limit * 2
  var number = 0
  func tell(_ fact: Fact) {
    number += 1
    let stamped = StampedFact(number: number, microseconds: number, fact: fact)
    log.append(stamped)
    Lab.reduce(&state, stamped)
  }
  for fact in story.facts { tell(fact.fact) }
  while number < count { tell(.data(cli, .sent, Bytes(text: "x"))) }
  #expect(log.facts.count <= FactLog.limit + FactLog.limit / 4)
  #expect(log.facts.count >= FactLog.limit)
  #expect(log.state(after: count) == state)
  let first = log.facts.first?.number ?? 0
  #expect(first > 1)
  #expect(log.state(after: first - 1) == log.base)
}

@Test func `steps are what happened, not what was counted or sampled`() {
  var log = FactLog()
  for fact in story.facts { log.append(fact) }
  #expect(log.steps.allSatisfy { $0.fact.isStep })
  #expect(log.steps.count == 8)
  #expect(log.facts.count == 13)
}
