package import LabFacts

/// What faults make of the bytes one end sends. Pure: bytes go in, pieces with their pauses and an end come out.
package struct FaultLine: Sendable {
  /// How sending ends before its time.
  package enum End: Equatable, Sendable {
    /// Our direction only.
    case fin
    case reset
    /// Without a word to anybody.
    case silence
  }

  /// Bytes that go out together, after a pause.
  package struct Piece: Equatable, Sendable {
    package var bytes: [UInt8]
    package var pauseMilliseconds: Int

    package init(_ bytes: [UInt8], pauseMilliseconds: Int = 0) {
      self.bytes = bytes
      self.pauseMilliseconds = pauseMilliseconds
    }
  }

  package struct Outcome: Equatable, Sendable {
    package var pieces: [Piece] = []
    package var end: End?
    /// Faults that did something for the first time.
    package var struck: [WireFault] = []

    package init() {}
  }

  /// How many bytes a slow program sends one by one.
  package static let slowBytes = 64

  private let faults: [WireFault]
  private var offset = 0
  private var handshakeEnd: Int?
  private var struck: Set<WireFault> = []
  private var isOver = false

  /// Where TLS is up already, all offsets count from here.
  package init(_ faults: [WireFault], isUp: Bool = false) {
    self.faults = faults
    handshakeEnd = isUp ? 0 : nil
  }

  package mutating func handshakeDone() { if handshakeEnd == nil { handshakeEnd = offset } }

  package mutating func pass(_ bytes: [UInt8]) -> Outcome {
    var outcome = Outcome()
    guard !isOver, !bytes.isEmpty else { return outcome }
    var bytes = bytes
    let limit = nearestLimit(in: bytes.count)
    for fault in faults {
      guard case .flipBit(let target) = fault.action,
        let index = start(of: fault).map({ $0 + target - offset }),
        bytes.indices.contains(index), index < limit?.index ?? .max
      else { continue }
      bytes[index] ^= 1
      strike(fault, &outcome)
    }
    if let limit {
      bytes = Array(bytes.prefix(limit.index))
      strike(limit.fault, &outcome)
      outcome.end = limit.end
      isOver = true
    }
    outcome.pieces = pieces(of: bytes, &outcome)
    offset += bytes.count
    return outcome
  }

  /// Where a fault's own counting begins in the stream.
  private func start(of fault: WireFault) -> Int? { fault.afterHandshake ? handshakeEnd : 0 }

  private func nearestLimit(in count: Int) -> (index: Int, fault: WireFault, end: End)? {
    faults.compactMap { fault -> (index: Int, fault: WireFault, end: End)? in
      guard let (limit, end) = fault.action.limit, let start = start(of: fault) else { return nil }
      let index = max(0, start + limit - offset)
      return index <= count ? (index, fault, end) : nil
    }.min { $0.index < $1.index }
  }

  private mutating func pieces(of bytes: [UInt8], _ outcome: inout Outcome) -> [Piece] {
    for fault in faults {
      guard case .slow(let milliseconds) = fault.action, let start = start(of: fault) else { continue }
      let slow = min(bytes.count, max(0, start + FaultLine.slowBytes - offset))
      guard slow > 0 else { continue }
      strike(fault, &outcome)
      let single = bytes.prefix(slow).enumerated().map { index, byte in
        Piece([byte], pauseMilliseconds: offset + index == start ? 0 : milliseconds)
      }
      let rest = Array(bytes.dropFirst(slow))
      return single + (rest.isEmpty ? [] : [Piece(rest)])
    }
    return bytes.isEmpty ? [] : [Piece(bytes)]
  }

  private mutating func strike(_ fault: WireFault, _ outcome: inout Outcome) {
    if struck.insert(fault).inserted { outcome.struck.append(fault) }
  }
}

extension WireFault.Action {
  /// After how many bytes sending ends, and how.
  fileprivate var limit: (count: Int, end: FaultLine.End)? {
    switch self {
    case .truncate(let count): (count, .fin)
    case .stall(let count): (count, .silence)
    case .reset(let count): (count, .reset)
    case .slow, .flipBit, .stallBefore: nil
    }
  }
}
