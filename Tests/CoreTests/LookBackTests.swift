import LabCore
import LabFacts
import Testing

/// A cursor in a log that goes on while it is looked at.
struct LookBackTests {
  /// So many more events, numbered on.
  private func tell(_ count: Int, to log: inout FactLog) {
    let first = (log.facts.last?.number ?? 0) + 1
    for number in first..<first + count {
      let fact = Fact.data(EndID("cli", 1), .sent, Bytes(text: "x"))
      log.append(StampedFact(number: number, microseconds: number, fact: fact))
    }
  }

  /// The number of the event that is shown, its place, and the count.
  private func seen(_ look: LookBack, _ log: FactLog) -> [Int?] {
    let place = look.place(in: log)
    return [look.event?.number, place?.event, place?.count]
  }

  @Test func `the count is that of now, and forward is the event after the one shown`() {
    var log = FactLog()
    tell(10, to: &log)
    var look = LookBack()
    #expect(seen(look, log) == [nil, nil, nil])
    look.move(by: -1, in: log)
    #expect(seen(look, log) == [9, 9, 10])
    tell(5, to: &log)
    #expect(seen(look, log) == [9, 9, 15])
    let isBeyond = look.move(by: 1, in: log)
    #expect(!isBeyond)
    #expect(seen(look, log) == [10, 10, 15])
    look.look(.last, in: log, [])
    let isNowBeyond = look.move(by: 1, in: log)
    #expect(isNowBeyond)
  }

  @Test func `where the log forgets its beginning, the event stays and its place moves`() {
    var log = FactLog()
    tell(FactLog.limit + FactLog.limit / 4, to: &log)
    var (look, old) = (LookBack(), LookBack())
    look.look(.event(5000), in: log, [])
    old.look(.first, in: log, [])
    tell(1, to: &log)
    let forgotten = FactLog.limit / 4 + 1
    #expect(log.facts.first?.number == forgotten + 1)
    #expect(seen(look, log) == [5000, 5000 - forgotten, FactLog.limit])
    look.move(by: 1, in: log)
    #expect(seen(look, log) == [5001, 5001 - forgotten, FactLog.limit])
    look.look(.stepBefore, in: log, [StepMark(after: 4000, step: 2, phase: "RUN")])
    #expect(seen(look, log) == [4001, 4001 - forgotten, FactLog.limit])
    // What is forgotten is still shown, and forward from it is the oldest that is left.
    #expect(seen(old, log) == [1, 0, FactLog.limit])
    old.move(by: 1, in: log)
    #expect(seen(old, log) == [forgotten + 1, 1, FactLog.limit])
  }
}
