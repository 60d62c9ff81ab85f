import CNCurses

extension Screen {
  /// What every terminal that knows the sequence accepts; several drop longer ones in silence.
  package static let longestCopy = 50_000

  /// Asks the terminal to put a text on the clipboard of the person's own machine (OSC 52), over SSH too.
  /// No terminal answers, so nobody knows whether it did. False where the text is too long to ask.
  @discardableResult
  package func copy(_ text: String) -> Bool {
    guard text.utf8.count <= Self.longestCopy else { return false }
    lab_send("\u{1b}]52;c;\(Base64.encode(Array(text.utf8)))\u{7}")
    return true
  }
}

/// RFC 4648, section 4.
enum Base64 {
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  static func encode(_ bytes: [UInt8]) -> String {
    var result: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
      for index in 0..<4 {
        result.append(index <= group.count ? alphabet[bits >> (18 - 6 * index) & 63] : UInt8(ascii: "="))
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
