import LabCore
import LabFacts
import LabTesting
import LabTLS
import Testing

/// Runs a body with a bench that has the identities of every kind, judged at their own date.
func withIdentities(_ body: (BenchHarness) async throws -> Void) async throws {
  try await withBench(pki: try TLSIdentities.store(), now: { TLSIdentities.now }, body)
}

extension BenchHarness {
  /// Starts a server; answers where it listens.
  func listening(_ actor: ActorID = "srv", _ order: ListenOrder) async throws -> Endpoint {
    await perform(.listen(actor, order))
    let state = try await wait("\(actor) listens") { $0.servers[actor]?.listening != nil }
    return try #require(state.servers[actor]?.listening?.endpoint)
  }

  /// Waits until this end is closed, or never opened; answers how it stands then.
  @discardableResult
  func over(_ end: EndID) async throws -> EndState {
    let state = try await wait("\(end) is over") { $0.ends[end]?.isOver == true }
    return try #require(state.ends[end])
  }

  /// Waits for the first failure of this end.
  func failure(_ end: EndID) async throws -> Failure {
    let state = try await wait("\(end) fails") { $0.ends[end]?.failures.isEmpty == false }
    return try #require(state.ends[end]?.failures.first)
  }
}

/// Bytes that are everywhere different: the byte at each place of a long stream is known.
enum Pattern {
  /// A prime, so that no block size of anybody fits into it.
  static let period = 65_521
  private static let twice: [UInt8] = {
    var random = SeededGenerator(seed: 7)
    let once = (0..<period).map { _ in UInt8.random(in: 0...255, using: &random) }
    return once + once + once
  }()

  static func bytes(at offset: Int, count: Int) -> [UInt8] {
    precondition(count <= 2 * period, "a longer piece than there are bytes")
    return Array(twice[(offset % period)...].prefix(count))
  }

  /// Are these the bytes of the stream from this place on?
  static func matches(_ bytes: [UInt8], at offset: Int) -> Bool {
    bytes == self.bytes(at: offset, count: bytes.count)
  }

  static func stream(_ count: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count)
    while bytes.count < count {
      bytes += self.bytes(at: bytes.count, count: min(65_536, count - bytes.count))
    }
    return bytes
  }
}
