import LabFacts

/// Bytes for people to read: with colons between them, or in rows with their offset and their text.
package enum ByteText {
  /// `74:65:73:74`.
  package static func colons(_ bytes: some Collection<UInt8>) -> String {
    Notation.hex(bytes, separator: ":")
  }

  /// Rows of 16 bytes: where they stand, the bytes, and the text they may be. `offset` counts from there.
  package static func rows(_ bytes: [UInt8], offset: Int = 0) -> [String] {
    stride(from: 0, to: bytes.count, by: width).map { start in
      row(bytes[start..<min(start + width, bytes.count)], at: offset + start)
    }
  }

  private static let width = 16

  private static func row(_ bytes: ArraySlice<UInt8>, at offset: Int) -> String {
    let halves = [bytes.prefix(width / 2), bytes.dropFirst(width / 2)].map { Notation.hex($0) }
    let hex = halves[0] + (halves[1].isEmpty ? "" : "  " + halves[1])
    let text = bytes.map { (0x20...0x7e).contains($0) ? String(UnicodeScalar($0)) : "." }.joined()
    let room = String(repeating: " ", count: max(0, 3 * width - hex.count))
    return "\(Notation.hex(offset, digits: 8))  \(hex)\(room)  |\(text)|"
  }
}
