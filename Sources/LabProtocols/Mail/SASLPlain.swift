import LabFacts

/// The PLAIN mechanism (RFC 4616): one message of three fields, in base64.
enum SASLPlain {
  /// The name and the password of a message. Nil where it is none, or asks to act for somebody else.
  static func credentials(_ base64: [UInt8]) -> Credentials? {
    guard let message = decoded(base64) else { return nil }
    let fields = message.split(separator: 0, omittingEmptySubsequences: false)
    guard fields.count == 3, let user = text(fields[1]), let password = text(fields[2]), !user.isEmpty else {
      return nil
    }
    guard fields[0].isEmpty || fields[0] == fields[1] else { return nil }
    return Credentials(user: user, password: password)
  }

  /// The bytes that a base64 text stands for (RFC 4648 section 4). Nil where it is none.
  static func decoded(_ base64: [UInt8]) -> [UInt8]? {
    guard base64.count.isMultiple(of: 4) else { return nil }
    let padding = base64.reversed().prefix { $0 == UInt8(ascii: "=") }.count
    guard padding <= 2 else { return nil }
    var bytes: [UInt8] = []
    var bits: UInt32 = 0
    for (place, letter) in base64.dropLast(padding).enumerated() {
      guard let six = value(letter) else { return nil }
      bits = bits << 6 | six
      // Three bytes are whole after four letters; two letters hold one, three hold two.
      if place % 4 > 0 { bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(6 - place % 4 * 2))) }
    }
    return bytes
  }

  /// Text of a peer, where it is UTF-8.
  static func text(_ bytes: some Collection<UInt8>) -> String? { String(validating: bytes, as: UTF8.self) }

  private static func value(_ letter: UInt8) -> UInt32? {
    switch letter {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(letter - UInt8(ascii: "A"))
    case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(letter - UInt8(ascii: "a")) + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(letter - UInt8(ascii: "0")) + 52
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
  }
}
