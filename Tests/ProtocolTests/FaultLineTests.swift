import LabFacts
import LabProtocols
import Testing

struct FaultLineTests {
  private static let text = Array("abcdefgh".utf8)

  private static func sent(_ faults: [WireFault], size: Int, upAt: Int? = nil) -> (String, FaultLine.End?) {
    var line = FaultLine(faults)
    var out: [UInt8] = []
    var end: FaultLine.End?
    for start in stride(from: 0, to: text.count, by: size) {
      if start == upAt { line.handshakeDone() }
      let outcome = line.pass(Array(text[start..<min(text.count, start + size)]))
      out += outcome.pieces.flatMap(\.bytes)
      end = end ?? outcome.end
    }
    return (out.map { String(UnicodeScalar($0)) }.joined(), end)
  }

  @Test(arguments: 1...8)
  func `a fault strikes at its byte of the stream, wherever that is cut`(size: Int) {
    let cases: [(WireFault.Action, String, FaultLine.End?)] = [
      (.flipBit(at: 0), "`bcdefgh", nil), (.flipBit(at: 7), "abcdefgi", nil),
      (.truncate(after: 3), "abc", .fin), (.stall(after: 5), "abcde", .silence),
      (.reset(after: 8), "abcdefgh", .reset),
      (.slow(milliseconds: 3), "abcdefgh", nil), (.stallBefore(message: "ServerHello"), "abcdefgh", nil),
    ]
    for (action, expected, end) in cases {
      let (out, ended) = Self.sent([WireFault(action)], size: size)
      #expect(out == expected)
      #expect(ended == end)
    }
  }

  @Test func `after the handshake, bytes count from there, and before it nothing happens`() {
    let (out, end) = Self.sent([WireFault(.truncate(after: 3), afterHandshake: true)], size: 2, upAt: 4)
    #expect(out == "abcdefg")
    #expect(end == .fin)
    #expect(Self.sent([WireFault(.truncate(after: 0), afterHandshake: true)], size: 2) == ("abcdefgh", nil))
  }

  @Test func `two faults both strike, and what lies behind an end is not touched`() {
    var line = FaultLine([
      WireFault(.flipBit(at: 1)), WireFault(.flipBit(at: 6)), WireFault(.truncate(after: 4)),
    ])
    let outcome = line.pass(Self.text)
    #expect(outcome.pieces == [.init(Array("accd".utf8))])
    #expect(outcome.struck == [WireFault(.flipBit(at: 1)), WireFault(.truncate(after: 4))])
    #expect(line.pass(Self.text) == FaultLine.Outcome())
  }

  @Test func `a slow program sends its first 64 bytes one by one`() {
    var line = FaultLine([WireFault(.slow(milliseconds: 7))])
    let outcome = line.pass([UInt8](repeating: 1, count: 70))
    #expect(outcome.pieces.count == 65)
    #expect(outcome.pieces.map(\.pauseMilliseconds).prefix(2) == [0, 7])
    #expect(outcome.pieces.last == .init([UInt8](repeating: 1, count: 6)))
  }
}
