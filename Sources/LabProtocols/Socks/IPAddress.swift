#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// An IP address as bytes, in network order.
package enum IPAddress: Hashable, Sendable {
  case v4([UInt8])
  case v6([UInt8])

  /// Reads `127.0.0.1` or `::1`, complete and without brackets, port or zone.
  package init?(_ text: String) {
    if let bytes = IPAddress.bytes(of: text, family: AF_INET, count: 4) {
      self = .v4(bytes)
    } else if let bytes = IPAddress.bytes(of: text, family: AF_INET6, count: 16) {
      self = .v6(bytes)
    } else {
      return nil
    }
  }

  /// An address of 4 or 16 bytes.
  package init?(_ bytes: [UInt8]) {
    switch bytes.count {
    case 4: self = .v4(bytes)
    case 16: self = .v6(bytes)
    default: return nil
    }
  }

  /// The usual way to write it; IPv6 as RFC 5952 says.
  package var text: String {
    switch self {
    case .v4(let bytes): IPAddress.text(of: bytes, family: AF_INET)
    case .v6(let bytes): IPAddress.text(of: bytes, family: AF_INET6)
    }
  }

  // inet_pton() and inet_ntop() read and write memory they are given, and nothing else of the machine.
  private static func bytes(of text: String, family: Int32, count: Int) -> [UInt8]? {
    // C would stop reading at a zero, and take what stands before it.
    guard !text.utf8.contains(0) else { return nil }
    var bytes = [UInt8](repeating: 0, count: count)
    return inet_pton(family, text, &bytes) == 1 ? bytes : nil
  }

  private static func text(of bytes: [UInt8], family: Int32) -> String {
    var text = [CChar](repeating: 0, count: 46)  // INET6_ADDRSTRLEN
    guard inet_ntop(family, bytes, &text, socklen_t(text.count)) != nil else { return "" }
    return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
