/// An IP address as bytes, in network order.
package enum IPAddress: Hashable, Sendable {
  case v4([UInt8])
  case v6([UInt8])

  /// Reads `127.0.0.1` or `::1`, complete and without brackets, port or zone (RFC 4291 section 2.2).
  package init?(_ text: String) {
    guard let bytes = text.contains(":") ? IPAddress.version6(text[...]) : IPAddress.version4(text[...])
    else {
      return nil
    }
    self.init(bytes)
  }

  /// An address of 4 or 16 bytes.
  package init?(_ bytes: [UInt8]) {
    switch bytes.count {
    case 4: self = .v4(bytes)
    case 16: self = .v6(bytes)
    default: return nil
    }
  }

  package var bytes: [UInt8] {
    switch self {
    case .v4(let bytes), .v6(let bytes): bytes
    }
  }

  package var isVersion6: Bool { bytes.count == 16 }

  /// The usual way to write it; IPv6 as RFC 5952 says.
  package var text: String {
    switch self {
    case .v4(let bytes): return IPAddress.dotted(bytes[...])
    case .v6(let bytes):
      if bytes.prefix(10).allSatisfy({ $0 == 0 }), bytes[10] == 0xFF, bytes[11] == 0xFF {
        return "::ffff:" + IPAddress.dotted(bytes[12...])
      }
      let groups = stride(from: 0, to: 16, by: 2).map { Int(bytes[$0]) << 8 | Int(bytes[$0 + 1]) }
      guard let gap = IPAddress.longestZeroRun(groups) else { return IPAddress.hex(groups[...]) }
      return IPAddress.hex(groups[..<gap.lowerBound]) + "::" + IPAddress.hex(groups[gap.upperBound...])
    }
  }
}

extension IPAddress {
  private static func version4(_ text: Substring) -> [UInt8]? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    let bytes = parts.compactMap { part in
      // Digits alone, and no zero before others: some read that as octal.
      part.allSatisfy { $0.isASCII && $0.isNumber } && (part.count == 1 || part.first != "0")
        ? UInt8(part) : nil
    }
    return bytes.count == 4 ? bytes : nil
  }

  private static func version6(_ text: Substring) -> [UInt8]? {
    guard let gap = text.firstRange(of: "::") else {
      let bytes = groups(text)
      return bytes?.count == 16 ? bytes : nil
    }
    let (before, after) = (text[..<gap.lowerBound], text[gap.upperBound...])
    guard let front = before.isEmpty ? [] : groups(before, atEnd: false),
      let back = after.isEmpty ? [] : groups(after),
      front.count + back.count <= 14
    else { return nil }
    return front + [UInt8](repeating: 0, count: 16 - front.count - back.count) + back
  }

  /// `atEnd`: these are the last of the address, so four bytes may be written as IPv4 writes them.
  private static func groups(_ text: Substring, atEnd: Bool = true) -> [UInt8]? {
    var bytes: [UInt8] = []
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    for (index, part) in parts.enumerated() {
      if part.contains(".") {
        guard atEnd, index == parts.count - 1, let tail = version4(part) else { return nil }
        bytes += tail
      } else {
        guard (1...4).contains(part.count), part.allSatisfy(\.isHexDigit), let group = UInt16(part, radix: 16)
        else { return nil }
        bytes += [UInt8(group >> 8), UInt8(group & 0xFF)]
      }
    }
    return bytes
  }

  private static func dotted(_ bytes: ArraySlice<UInt8>) -> String {
    bytes.map { String($0) }.joined(separator: ".")
  }

  private static func hex(_ groups: ArraySlice<Int>) -> String {
    groups.map { String($0, radix: 16) }.joined(separator: ":")
  }

  private static func longestZeroRun(_ groups: [Int]) -> Range<Int>? {
    var best: Range<Int>?
    var start = 0
    while start < groups.count {
      var stop = start
      while stop < groups.count, groups[stop] == 0 { stop += 1 }
      if stop - start > max(1, best?.count ?? 1) { best = start..<stop }
      start = max(stop, start + 1)
    }
    return best
  }
}
