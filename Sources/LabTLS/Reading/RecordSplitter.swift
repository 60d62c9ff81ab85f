import LabFacts

/// Cuts a received stream into TLS records by their headers alone (RFC 8446 section 5.1).
///
/// It runs ahead of OpenSSL and knows no keys. Where the stream can't be TLS it gives up and keeps the
/// bytes as clear ones.
struct RecordSplitter {
  /// A record that is complete. `kept` is empty where nobody will look at it.
  struct Record {
    let type: Int
    let kept: [UInt8]
    let total: Int
    let offset: Int
  }

  static let headerLength = 5
  /// Longest ciphertext any version allows.
  private static let longestPayload = 16_384 + 2048
  /// A whole record: what is cut can't be decrypted by anybody who looks at the bytes later.
  static let keptLimit = longestPayload + headerLength
  /// An encrypted alert and the like are kept even where application data is not.
  private static let smallPayload = 48

  private(set) var records = Queue<Record>()
  private(set) var isClear = false
  /// Bytes of a stream that is not TLS, not yet reported.
  private(set) var clear: [UInt8] = []
  private(set) var clearTotal = 0
  private(set) var clearOffset = 0
  /// Off after enough records of application data were kept.
  var keepsApplicationData = true

  private var kept: [UInt8] = []
  private var isKeeping = true
  private var received = 0
  private var missing = 0
  private var total = 0
  private var offset: Int

  /// `offset` is where in the stream the first byte lies.
  init(offset: Int) { self.offset = offset }

  mutating func feed(_ bytes: UnsafeRawBufferPointer) {
    var rest = bytes[...]
    while !rest.isEmpty {
      if isClear { return feedClear(rest) }
      if received < RecordSplitter.headerLength {
        feedHeader(rest.removeFirst())
      } else {
        let count = min(missing, rest.count)
        feedPayload(rest.prefix(count))
        rest = rest.dropFirst(count)
      }
    }
  }

  mutating func popRecord() -> Record? { records.popFirst() }

  /// The clear bytes so far, once.
  mutating func takeClear() -> (bytes: Bytes, offset: Int)? {
    guard clearTotal > 0 else { return nil }
    defer {
      clearOffset += clearTotal
      clear = []
      clearTotal = 0
    }
    return (Bytes(kept: clear, total: clearTotal), clearOffset)
  }

  /// What there is of a record that never got complete, as clear bytes.
  mutating func giveUp() {
    guard !isClear, received > 0 else { return }
    becomeClear()
  }

  private mutating func feedHeader(_ byte: UInt8) {
    kept.append(byte)
    received += 1
    guard isPlausible(kept) else { return becomeClear() }
    guard received == RecordSplitter.headerLength else { return }
    missing = Int(kept[3]) << 8 | Int(kept[4])
    total = RecordSplitter.headerLength + missing
    isKeeping = kept[0] != 23 || keepsApplicationData || missing <= RecordSplitter.smallPayload
    if missing == 0 { finish() }
  }

  private mutating func feedPayload(_ bytes: Slice<UnsafeRawBufferPointer>) {
    if isKeeping {
      kept.append(contentsOf: bytes.prefix(max(0, RecordSplitter.keptLimit - kept.count)))
    }
    received += bytes.count
    missing -= bytes.count
    if missing == 0 { finish() }
  }

  private mutating func finish() {
    let type = Int(kept[0])
    records.append(Record(type: type, kept: isKeeping ? kept : [], total: total, offset: offset))
    offset += total
    received = 0
    kept.removeAll(keepingCapacity: !isKeeping)
  }

  private mutating func becomeClear() {
    isClear = true
    clearOffset = offset
    clear = kept
    clearTotal = received
    kept = []
  }

  private mutating func feedClear(_ bytes: Slice<UnsafeRawBufferPointer>) {
    clear.append(contentsOf: bytes.prefix(max(0, RecordSplitter.keptLimit - clear.count)))
    clearTotal += bytes.count
  }

  /// Could these be the first bytes of a record header?
  private func isPlausible(_ header: [UInt8]) -> Bool {
    if let type = header.first, !(20...24).contains(type) { return false }
    if header.count > 1, header[1] != 3 { return false }
    if header.count > 2, header[2] > 4 { return false }
    guard header.count == RecordSplitter.headerLength else { return true }
    return Int(header[3]) << 8 | Int(header[4]) <= RecordSplitter.longestPayload
  }
}
