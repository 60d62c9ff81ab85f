import Foundation
import LabFacts

/// JSON of a stranger: what could harm a terminal or overflow a sum is found before it is read.
enum JSONText {
  /// No number of a run has more digits: its time in microseconds for a year, bytes by the terabyte.
  private static let mostDigits = 14

  static func isWhole(_ line: Data) -> Bool {
    (try? JSONSerialization.jsonObject(with: line, options: .fragmentsAllowed)) != nil
  }

  /// The same with all texts safe to print. Texts that netlab wrote seldom need it, so it is looked for first.
  /// Nothing where it can't be had: the decoder forgives more than this reader, so the line must not go on as it is.
  static func escaped(_ line: Data) -> Data? {
    guard line.contains(where: { $0 == UInt8(ascii: "\\") || $0 >= 0x7f || $0 < 0x20 }) else { return line }
    guard let value = try? JSONSerialization.jsonObject(with: line) else { return nil }
    return try? JSONSerialization.data(withJSONObject: escaped(value))
  }

  private static func escaped(_ value: Any) -> Any {
    if let text = value as? String { return escaped(text) }
    if let list = value as? [Any] { return list.map { escaped($0) } }
    if let map = value as? [String: Any] { return map.mapValues { escaped($0) } }
    return value
  }

  /// A line of a library's own words may have been escaped already: its backslashes stay.
  private static func escaped(_ text: String) -> String {
    text.split(separator: "\\", omittingEmptySubsequences: false).map { Notation.escaped(String($0)) }
      .joined(separator: "\\")
  }

  /// A number outside of texts that is too long, or has an exponent.
  static func hasHugeNumber(_ line: Data) -> Bool {
    var (isText, isEscape, digits) = (false, false, 0)
    for byte in line {
      if isText {
        if isEscape {
          isEscape = false
        } else if byte == UInt8(ascii: "\\") {
          isEscape = true
        } else if byte
          == UInt8(ascii: "\"")
        {
          isText = false
        }
        continue
      }
      switch byte {
      case UInt8(ascii: "\""): (isText, digits) = (true, 0)
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        digits += 1
        if digits > mostDigits { return true }
      case UInt8(ascii: "e"), UInt8(ascii: "E"): if digits > 0 { return true }
      default: digits = 0  // any other byte ends a number
      }
    }
    return false
  }
}
