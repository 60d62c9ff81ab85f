/// Words for a shell.
package enum ShellWord {
  /// Safe for a shell, whatever a peer put into it.
  package static func quoted(_ text: String) -> String {
    let harmless = text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "._-/:=@+,".contains($0)) }
    if harmless, !text.isEmpty { return text }
    return "'" + text.map { $0 == "'" ? "'\\''" : String($0) }.joined() + "'"
  }

  /// The words of a command that prints these bytes.
  static func printf(_ bytes: [UInt8]) -> String {
    let body = bytes.map { byte -> String in
      switch byte {
      case UInt8(ascii: "%"): "%%"
      case UInt8(ascii: "'"), UInt8(ascii: "\\"), 0..<0x20, 0x7f...: octal(byte)
      default: String(UnicodeScalar(byte))  // the rest of ASCII
      }
    }
    return "printf '\(body.joined())'"
  }

  private static func octal(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 8)
    return "\\" + String(repeating: "0", count: 3 - digits.count) + digits
  }
}
