/// What a party has said and nobody has read yet, and how its stream began.
///
/// A relay's dialogue drops nothing of it: what a client sends early is for the backend. So whoever feeds
/// the dialogue bounds it, by reading no more from a client that waits for its backend.
struct HeardBytes: Sendable {
  /// Enough of the beginning to recognise a protocol by, and to show.
  private static let evidenceLimit = 64

  private(set) var unread: [UInt8] = []
  /// The first bytes of the stream, read or not.
  private(set) var first: [UInt8] = []
  /// The party has said that it says no more.
  var ended = false

  /// Adds bytes to the end.
  mutating func add(_ bytes: [UInt8]) {
    unread += bytes
    if first.count < HeardBytes.evidenceLimit {
      first += bytes.prefix(HeardBytes.evidenceLimit - first.count)
    }
  }

  /// Reads so many bytes, if they are there.
  mutating func take(_ count: Int) -> [UInt8]? {
    guard unread.count >= count else { return nil }
    let taken = Array(unread.prefix(count))
    unread.removeFirst(count)
    return taken
  }

  /// Reads everything that is there.
  mutating func takeAll() -> [UInt8] {
    defer { unread = [] }
    return unread
  }

  /// Unreads bytes that came from here.
  mutating func putBack(_ bytes: [UInt8]) { unread = bytes + unread }

  /// What a relay does with a client's early bytes when the backend is up: passes them on, then stands aside. The
  /// end of the stream, too, comes to the backend after them: whoever relays bytes relays ends.
  mutating func handOver() -> [RelayAction] {
    let early = takeAll()
    return early.isEmpty ? [.relay] : [.pass(from: .client, early), .relay]
  }
}
