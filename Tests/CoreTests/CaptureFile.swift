/// The blocks of a pcapng file, as far as the tests need them.
struct CaptureFile {
  struct Packet {
    let microseconds: UInt64
    /// As it is in the file, and how long it was.
    let bytes: [UInt8]
    let length: Int
    let comment: String

    /// IPv4 alone; the tests' story has nothing else.
    var sourcePort: Int { big(20) }
    var targetPort: Int { big(22) }
    var sequence: UInt32 { UInt32(big(24)) << 16 | UInt32(big(26)) }
    var acknowledged: UInt32 { UInt32(big(28)) << 16 | UInt32(big(30)) }
    var flags: UInt8 { bytes[33] }
    var headerLength: Int { 20 + Int(bytes[32] >> 4) * 4 }
    var payload: [UInt8] { Array(bytes.dropFirst(headerLength)) }
    /// How many bytes it carried, kept or not.
    var carried: Int { length - headerLength }

    func big(_ place: Int) -> Int { Int(bytes[place]) << 8 | Int(bytes[place + 1]) }

    /// The sum of a header and its checksum is zero, RFC 1071.
    var ipSum: UInt16 { CaptureFile.sum(Array(bytes.prefix(20))) }
    var tcpSum: UInt16 {
      let segment = Array(bytes.dropFirst(20))
      let pseudo = Array(bytes[12..<20]) + [0, 6, UInt8(segment.count >> 8), UInt8(segment.count & 0xff)]
      return CaptureFile.sum(pseudo + segment)
    }
  }

  private(set) var types: [UInt32] = []
  private(set) var packets: [Packet] = []
  private(set) var secrets = ""
  private(set) var comment = ""
  /// Every block says its length twice, and nothing is left over.
  private(set) var isWhole = true

  init(_ bytes: [UInt8]) {
    var at = 0
    while at + 12 <= bytes.count {
      let length = Int(CaptureFile.little(bytes, at + 4))
      guard length >= 12, length % 4 == 0, at + length <= bytes.count,
        Int(CaptureFile.little(bytes, at + length - 4)) == length
      else {
        isWhole = false
        return
      }
      take(CaptureFile.little(bytes, at), Array(bytes[(at + 8)..<(at + length - 4)]))
      at += length
    }
    isWhole = isWhole && at == bytes.count
  }

  private mutating func take(_ type: UInt32, _ body: [UInt8]) {
    types.append(type)
    switch type {
    case 0x0a0d_0d0a: comment = CaptureFile.option(1, Array(body.dropFirst(16)))
    case 0x0a:
      let count = Int(CaptureFile.little(body, 4))
      secrets = String(decoding: body[8..<(8 + count)], as: UTF8.self)
    case 6:
      let time = UInt64(CaptureFile.little(body, 4)) << 32 | UInt64(CaptureFile.little(body, 8))
      let kept = Int(CaptureFile.little(body, 12))
      let end = 20 + (kept + 3) / 4 * 4
      packets.append(
        Packet(
          microseconds: time, bytes: Array(body[20..<(20 + kept)]),
          length: Int(CaptureFile.little(body, 16)),
          comment: CaptureFile.option(1, Array(body.dropFirst(end)))))
    default: break  // the interface
    }
  }

  private static func option(_ wanted: UInt16, _ bytes: [UInt8]) -> String {
    var at = 0
    while at + 4 <= bytes.count {
      let code = UInt16(bytes[at]) | UInt16(bytes[at + 1]) << 8
      let count = Int(bytes[at + 2]) | Int(bytes[at + 3]) << 8
      if code == wanted { return String(decoding: bytes[(at + 4)..<(at + 4 + count)], as: UTF8.self) }
      at += 4 + (count + 3) / 4 * 4
    }
    return ""
  }

  private static func little(_ bytes: [UInt8], _ at: Int) -> UInt32 {
    (0..<4).reduce(0) { $0 | UInt32(bytes[at + $1]) << (8 * UInt32($1)) }
  }

  static func sum(_ bytes: [UInt8]) -> UInt16 {
    var total = 0
    for index in stride(from: 0, to: bytes.count, by: 2) {
      total += Int(bytes[index]) << 8 + (index + 1 < bytes.count ? Int(bytes[index + 1]) : 0)
    }
    while total > 0xffff { total = (total & 0xffff) + (total >> 16) }
    return ~UInt16(total)
  }
}
