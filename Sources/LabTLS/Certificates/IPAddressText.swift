import COpenSSLSystem
import LabFacts

/// IP addresses inside certificates: network-order bytes and their usual text.
enum IPAddressText {
  /// 4 or 16 bytes as text; RFC 5952 for IPv6. Other lengths in hexadecimal.
  static func text(_ bytes: [UInt8]) -> String {
    switch bytes.count {
    case 4: bytes.map(String.init).joined(separator: ".")
    case 16: version6(bytes)
    default: Notation.hex(bytes, separator: ":")
    }
  }

  /// Is this text an IPv4 or IPv6 address?
  static func isAddress(_ text: String) -> Bool { bytes(text) != nil }

  /// The bytes of an IPv4 or IPv6 address.
  static func bytes(_ text: String) -> [UInt8]? {
    ErrorQueue.aside {
      guard let octets = a2i_IPADDRESS(text) else { return nil }
      defer { ASN1_OCTET_STRING_free(octets) }
      guard let data = ASN1_STRING_get0_data(octets) else { return nil }
      return Array(UnsafeBufferPointer(start: data, count: Int(ASN1_STRING_length(octets))))
    }
  }

  private static func version6(_ bytes: [UInt8]) -> String {
    let groups = stride(from: 0, to: 16, by: 2).map { Int(bytes[$0]) << 8 | Int(bytes[$0 + 1]) }
    guard let gap = longestZeroRun(groups) else { return join(groups[...]) }
    return join(groups[..<gap.lowerBound]) + "::" + join(groups[gap.upperBound...])
  }

  private static func join(_ groups: ArraySlice<Int>) -> String {
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
