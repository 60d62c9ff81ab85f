import LabFacts
import LabTLS
import LabTesting
import Testing

/// What crosses the wire, cut into records and labelled.
struct RecordTests {
  @Test(arguments: [TLSVersion.tls12, .tls13])
  func `every byte of every record has exactly one label at depth 0`(_ version: TLSVersion) throws {
    let talk = try talk(version)
    for side in Side.allCases {
      let segments = segments(talk.facts(side))
      #expect(segments.count > 10)
      for (_, segment) in segments {
        var next = 0
        for range in segment.ranges where range.depth == 0 {
          #expect(range.start == next, "\(segment.title): \(range.label)")
          next = range.start + range.length
        }
        #expect(next == segment.bytes.total)
      }
    }
  }

  @Test(arguments: [TLSVersion.tls12, .tls13])
  func `inner parts lie inside the part that holds them`(_ version: TLSVersion) throws {
    let talk = try talk(version)
    for side in Side.allCases {
      for (_, segment) in segments(talk.facts(side)) {
        for (index, range) in segment.ranges.enumerated() where range.depth > 0 {
          let holder = segment.ranges[..<index].last { $0.depth == range.depth - 1 }
          let outer = try #require(holder)
          #expect(outer.start <= range.start)
          #expect(
            range.start + range.length <= outer.start + outer.length, "\(segment.title): \(range.label)")
        }
      }
    }
  }

  @Test func `clear hellos are labelled to the last byte`() throws {
    let talk = try talk(.tls13)
    for title in ["ClientHello", "ServerHello"] {
      let (_, hello) = try #require(segments(talk.clientFacts).first { $0.1.title == title })
      var next = RecordHeader.length
      for range in hello.ranges where range.depth == 1 {
        #expect(range.start == next, "\(range.label)")
        next = range.start + range.length
      }
      #expect(next == hello.bytes.total)
    }
  }

  @Test func `a ClientHello shows its parts`() throws {
    let talk = try talk(.tls13)
    let (_, hello) = try #require(segments(talk.clientFacts).first)
    let parts = hello.ranges.filter { $0.depth < 2 }.map { "\($0.depth) \($0.label)" }
    #expect(
      parts.prefix(12) == [
        "0 type", "0 version", "0 length", "0 ClientHello", "1 message type", "1 message length", "1 version",
        "1 random", "1 session id", "1 cipher suites", "1 compression methods", "1 extensions length",
      ])
    #expect(hello.ranges.first { $0.label == "server_name" }?.value == "netlab.test")
  }

  @Test func `an encrypted record says what was inside, to the end that holds the keys`() throws {
    let talk = try talk(.tls13)
    let finished = try #require(
      segments(talk.clientFacts).first { $0.0 == .sent && $0.1.title == "Finished" })
    #expect(finished.1.kind == .record(type: 23, names: ["Finished"], encrypted: true))
    #expect(finished.1.ranges.last?.label == "encrypted payload")
    #expect(finished.1.ranges.last?.value?.hasSuffix(" bytes (inner: Finished)") == true)
  }

  @Test func `the records of one end are those of the other`() throws {
    let talk = try talk(.tls13)
    for side in Side.allCases {
      let sent = segments(talk.facts(side)).filter { $0.0 == .sent }.map(\.1)
      let received = segments(talk.facts(side.other)).filter { $0.0 == .received }.map(\.1)
      #expect(sent.map(\.offset) == received.map(\.offset))
      #expect(sent.map(\.bytes) == received.map(\.bytes))
      #expect(sent.map(\.title) == received.map(\.title))
    }
  }

  @Test func `a record is told before what it carried`() throws {
    let talk = try talk(.tls13)
    for side in Side.allCases {
      var open: [Direction: [String]] = [:]
      for fact in talk.facts(side) {
        switch fact {
        case .wire(_, let direction, let segment): open[direction] = segment.title.split(", ")
        case .message(_, let direction, let message):
          #expect(open[direction]?.contains(message.name) == true, "\(side) \(message.name)")
        case .alert(_, let direction, let alert):
          #expect(open[direction] == ["alert \(alert.name)"])
        default: break
        }
      }
    }
  }

  @Test(arguments: [TLSVersion.tls12, .tls13])
  func `a record that this end could not open says nothing of what was inside`(_ version: TLSVersion) throws {
    let talk = try TLSConversation(client: Setups.client { $0.maxVersion = version }, server: Setups.server())
    talk.carryAll()
    talk.write([1, 2, 3], from: .client)
    talk.carryAll()
    talk.tamper = { _, record in record.bytes.dropLast() + [record.bytes[record.bytes.count - 1] ^ 1] }
    talk.write([4, 5, 6], from: .client)
    talk.carry(from: .client)
    #expect(talk.failure(.server)?.code == .decryptError)
    let received = segments(talk.serverFacts).filter { $0.0 == .received }.map(\.1).suffix(2)
    #expect(received.map(\.isUnopened) == [false, true])
    #expect(received.first?.title == "application data")
    #expect(received.last?.kind == .record(type: 23, names: [], encrypted: true))
  }

  @Test func `an alert is told also after much data`() throws {
    let talk = try TLSConversation(client: Setups.client(), server: Setups.server())
    talk.carryAll()
    for _ in 0..<100 { talk.write([1], from: .client) }
    talk.carryAll()
    talk.closeNotify(from: .client)
    talk.carryAll()
    for side in Side.allCases {
      let last = try #require(segments(talk.facts(side)).last { $0.1.title == "alert close_notify" })
      #expect(last.1.bytes.kept.count == last.1.bytes.total)
      let data = segments(talk.facts(side)).filter { $0.1.title == "application data" }
      #expect(data.count == 64)
    }
  }

  @Test(arguments: 1...40)
  func `random changes of any record never trap, and never pass`(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let version: TLSVersion = seed.isMultiple(of: 2) ? .tls12 : .tls13
    let talk = try TLSConversation(client: Setups.client { $0.maxVersion = version }, server: Setups.server())
    let victim = Int.random(in: 0..<8, using: &random)
    var number = 0
    talk.tamper = { _, record in
      defer { number += 1 }
      guard number == victim else { return record.bytes }
      var bytes = record.bytes
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      return bytes
    }
    talk.carryAll()
    talk.end(to: .client)
    talk.end(to: .server)
    for side in Side.allCases {
      #expect(talk.failure(side) != nil)
      for (_, segment) in segments(talk.facts(side)) {
        #expect(segment.ranges.filter { $0.depth == 0 }.map(\.length).reduce(0, +) == segment.bytes.total)
      }
    }
  }

  @Test(arguments: 1...40)
  func `random bytes at any engine never trap`(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let talk = try TLSConversation(client: Setups.client(), server: Setups.server())
    if seed.isMultiple(of: 3) { talk.carryAll() }
    for side in Side.allCases {
      for _ in 0..<4 {
        let header: [UInt8] =
          seed.isMultiple(of: 2) ? [UInt8.random(in: 20...24, using: &random), 3, 3, 0, 40] : []
        let noise = (0..<Int.random(in: 0..<60, using: &random)).map { _ in
          UInt8.random(in: 0...255, using: &random)
        }
        talk.deliver(header + noise, to: side)
      }
      talk.end(to: side)
      #expect(talk.failure(side) != nil)
    }
  }

  // MARK: Helpers

  private enum RecordHeader { static let length = 5 }

  private func talk(_ version: TLSVersion) throws -> TLSConversation {
    let talk = try TLSConversation(client: Setups.client { $0.maxVersion = version }, server: Setups.server())
    talk.carryAll()
    talk.write(Array("hello".utf8), from: .client)
    talk.carryAll()
    talk.closeNotify(from: .client)
    talk.carryAll()
    talk.closeNotify(from: .server)
    talk.carryAll()
    return talk
  }

  private func segments(_ facts: [Fact]) -> [(Direction, WireSegment)] {
    facts.compactMap { fact in
      if case .wire(_, let direction, let segment) = fact { (direction, segment) } else { nil }
    }
  }
}

extension String {
  fileprivate func split(_ separator: String) -> [String] {
    var parts: [String] = []
    var rest = self[...]
    while let range = rest.firstRange(of: separator) {
      parts.append(String(rest[..<range.lowerBound]))
      rest = rest[range.upperBound...]
    }
    return parts + [String(rest)]
  }
}
