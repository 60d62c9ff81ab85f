import LabFacts
import LabTesting
import Testing

@testable import LabTLS

struct MessageReaderTests {
  @Test(arguments: 1...200)
  func `noise in any message is read as far as it makes sense`(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let types: [UInt8] = [1, 2, 4, 8, 11, 12, 13, 15, 20, 99]
    let type = types[Int.random(in: 0..<types.count, using: &random)]
    let length = Int.random(in: 0..<200, using: &random)
    let small = seed.isMultiple(of: 2)
    let body = (0..<length).map { _ in UInt8.random(in: 0...(small ? 8 : 255), using: &random) }
    let message = [type, 0, 0, UInt8(length)] + body
    for isVersion13 in [false, true] {
      let reading = MessageReader.read(message, isVersion13: isVersion13)
      for range in reading.ranges {
        #expect(range.start >= 0 && range.length >= 0)
        #expect(range.start + range.length <= message.count)
      }
    }
  }

  @Test(arguments: 0...60)
  func `a ClientHello cut anywhere is read up to the cut`(_ length: Int) {
    let reading = MessageReader.read(Array(MessageReaderTests.hello.prefix(length)), isVersion13: false)
    #expect(reading.ranges.allSatisfy { $0.start + $0.length <= length })
    #expect(reading.fields.contains { $0.name == .suites } == (length >= 45))
  }

  @Test func `a ClientHello with values that mean nothing names them as such`() {
    let reading = MessageReader.read(MessageReaderTests.hello, isVersion13: false)
    let suites = reading.fields.first { $0.name == .suites }?.values
    #expect(suites == ["GREASE", "TLS_AES_128_GCM_SHA256"])
    #expect(reading.fields.first { $0.name == .extensions }?.values == ["GREASE", "server_name"])
    #expect(reading.serverName == "a\\x1b")
  }

  /// Made by hand: two suites, one of them GREASE; two extensions; a name with a control byte.
  private static let hello: [UInt8] =
    [1, 0, 0, 62, 3, 3] + [UInt8](repeating: 9, count: 32) + [0, 0, 4, 0x0a, 0x0a, 0x13, 0x01, 1, 0]
    + [0, 15, 0x1a, 0x1a, 0, 0] + [0, 0, 0, 7, 0, 5, 0, 0, 2, 0x61, 0x1b]
}
