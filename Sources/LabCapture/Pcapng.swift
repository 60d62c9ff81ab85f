/// Writes the blocks of a pcapng file (draft-ietf-opsawg-pcapng), little-endian.
struct Pcapng {
  private(set) var bytes: [UInt8] = []

  /// LINKTYPE_RAW: a packet begins with its IPv4 or IPv6 header.
  private static let rawIP: UInt16 = 101
  /// `TLSK`: lines in NSS key log format.
  private static let keyLogSecrets: UInt32 = 0x544c_534b

  /// The section header, with the program's name and a remark.
  mutating func section(program: String, comment: String) {
    var body: [UInt8] = []
    body.little(UInt32(0x1a2b_3c4d))
    body.little(UInt16(1))
    body.little(UInt16(0))
    // The section's length is not told: a reader goes on to the end of the file.
    body.little(UInt64.max)
    body.option(1, text: comment)
    body.option(4, text: program)
    body.endOptions()
    block(0x0a0d_0d0a, body)
  }

  /// The only interface: packets of any length, times in microseconds.
  mutating func interface(name: String, description: String) {
    var body: [UInt8] = []
    body.little(Pcapng.rawIP)
    body.little(UInt16(0))
    body.little(UInt32(0))
    body.option(2, text: name)
    body.option(3, text: description)
    body.option(9, [6])
    body.endOptions()
    block(1, body)
  }

  /// What decrypts the packets that follow.
  mutating func secrets(_ lines: [String]) {
    guard !lines.isEmpty else { return }
    let log = Array(lines.map { $0 + "\n" }.joined().utf8)
    var body: [UInt8] = []
    body.little(Pcapng.keyLogSecrets)
    body.little(UInt32(log.count))
    body.padded(log)
    block(0x0a, body)
  }

  /// A packet, perhaps cut: `length` says how long it was.
  mutating func packet(_ captured: [UInt8], length: Int, microseconds: Int, comment: String?) {
    let time = UInt64(max(0, microseconds))
    var body: [UInt8] = []
    body.little(UInt32(0))
    body.little(UInt32(truncatingIfNeeded: time >> 32))
    body.little(UInt32(truncatingIfNeeded: time))
    body.little(UInt32(captured.count))
    body.little(UInt32(length))
    body.padded(captured)
    if let comment {
      body.option(1, text: comment)
      body.endOptions()
    }
    block(6, body)
  }

  private mutating func block(_ type: UInt32, _ body: [UInt8]) {
    let length = UInt32(body.count + 12)
    bytes.little(type)
    bytes.little(length)
    bytes += body
    bytes.little(length)
  }
}

extension [UInt8] {
  fileprivate mutating func little(_ value: some FixedWidthInteger) {
    Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
  }

  /// In network order.
  mutating func big(_ value: some FixedWidthInteger) {
    Swift.withUnsafeBytes(of: value.bigEndian) { append(contentsOf: $0) }
  }

  /// Filled up to a multiple of four bytes.
  fileprivate mutating func padded(_ bytes: [UInt8]) {
    self += bytes
    self += [UInt8](repeating: 0, count: (4 - bytes.count % 4) % 4)
  }

  fileprivate mutating func option(_ code: UInt16, _ value: [UInt8]) {
    little(code)
    little(UInt16(clamping: value.count))
    padded(Array(value.prefix(Int(UInt16.max))))
  }

  fileprivate mutating func option(_ code: UInt16, text: String) { option(code, Array(text.utf8)) }

  fileprivate mutating func endOptions() { little(UInt32(0)) }
}
