/// How netlab writes bytes and numbers. One notation for the screen, the log and the mismatch report.
package enum Notation {
  /// Bytes as text that is safe for any terminal: printable ASCII and valid printable UTF-8 as they are,
  /// everything else as `\n`, `\r`, `\t` or `\xNN`.
  package static func escaped(_ bytes: some Collection<UInt8>) -> String {
    var out = ""
    var decoder = UTF8()
    var rest = Array(bytes)[...]
    while let first = rest.first {
      if first < 0x80 {
        out += escapedASCII(first)
        rest = rest.dropFirst()
        continue
      }
      var iterator = rest.makeIterator()
      decoder = UTF8()
      if case .scalarValue(let scalar) = decoder.decode(&iterator), isPrintable(scalar) {
        out.unicodeScalars.append(scalar)
        rest = rest.dropFirst(UTF8.width(scalar))
      } else {
        out += "\\x" + hex(first)
        rest = rest.dropFirst()
      }
    }
    return out
  }

  /// Text from outside (a name in a certificate, a header) made safe to print: control characters escaped.
  package static func escaped(_ text: String) -> String { escaped(Array(text.utf8)) }

  /// Two lower-case digits.
  package static func hex(_ byte: UInt8) -> String { hex(CollectionOfOne(byte), separator: "") }

  /// `16 03 01`, one space between bytes.
  package static func hex(_ bytes: some Collection<UInt8>, separator: String = " ") -> String {
    let between = Array(separator.utf8)
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count * (2 + between.count))
    for byte in bytes {
      if !text.isEmpty { text += between }
      text.append(digit(byte >> 4))
      text.append(digit(byte & 15))
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// A number with leading zeros: `hex(0x1301, digits: 4)` is `1301`.
  package static func hex(_ value: Int, digits: Int) -> String {
    let text = String(value, radix: 16)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }

  private static func digit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
  }

  private static func escapedASCII(_ byte: UInt8) -> String {
    switch byte {
    case 0x0a: "\\n"
    case 0x0d: "\\r"
    case 0x09: "\\t"
    case 0x5c: "\\\\"
    case 0x20...0x7e: String(UnicodeScalar(byte))
    default: "\\x" + hex(byte)
    }
  }

  /// Not a control, not a format character (bidirectional overrides could rewrite a line), not unassigned.
  private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: false
    default: true
    }
  }
}

extension UTF8 {
  fileprivate static func width(_ scalar: Unicode.Scalar) -> Int { scalar.utf8.count }
}
