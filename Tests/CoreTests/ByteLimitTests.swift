import LabCore
import LabFacts
import Testing

/// However much a peer sends, what is kept of it stays small.
struct ByteLimitTests {
  private let end = EndID("cli", 1)

  private func chunk(_ number: Int) -> StampedFact {
    let bytes = Bytes([UInt8](repeating: UInt8(number % 251), count: 16 * 1024))
    return StampedFact(
      number: number, microseconds: number,
      fact: .wire(end, .received, WireSegment(kind: .clear, offset: 0, bytes: bytes)))
  }

  @Test func `an end keeps the newest wire segments up to its limit`() {
    var state = LabState()
    for number in 1...200 { Lab.reduce(&state, chunk(number)) }
    let kept = state.ends[end]?.wire.elements ?? []
    #expect(kept.reduce(0) { $0 + $1.segment.bytes.kept.count } <= EndState.wireLimit)
    #expect(kept.last?.number == 200)
    #expect(state.ends[end]?.wire.total == 200)
    #expect(state.ends[end]?.wireReceived.total == 200 * 16 * 1024)
  }

  @Test func `the log forgets by bytes too, and what it forgot still counts`() {
    var log = FactLog()
    for number in 1...2000 { log.append(chunk(number)) }
    #expect(log.facts.count * 16 * 1024 <= FactLog.byteLimit + FactLog.byteLimit / 4)
    #expect(log.facts.last?.number == 2000)
    #expect(log.state(after: 2000).ends[end]?.wireReceived.total == 2000 * 16 * 1024)
  }

  @Test func `one segment larger than the limit is kept all the same`() {
    var recent = Recent<Int>(limit: 8)
    recent.append(100)
    recent.keepNewest(within: 10) { $0 }
    #expect(recent.elements == [100])
  }
}
