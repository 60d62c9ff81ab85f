#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What this machine's loopback can do.
package enum Loopback {
  /// May this process bind ports below 1024? A port in use answers with another number than EACCES.
  package static func bindsLowPorts() -> Bool {
    // struct sockaddr_in by its bytes: family in host order, port 443, then 127.0.0.1 at offset 4 (ip(7)).
    let error = bindError(AF_INET, size: 16, [2: 0x01, 3: 0xBB, 4: 127, 7: 1])
    return error == 0 || error == EADDRINUSE
  }

  /// Can a socket be bound to ::1?
  package static func hasIPv6() -> Bool {
    // struct sockaddr_in6 by its bytes: family in host order, port 0, then ::1 at offset 8 (ipv6(7)).
    bindError(AF_INET6, size: 28, [23: 1]) == 0
  }

  /// The errno of socket() or bind() with this address; 0 where both work. Written by its bytes, because the
  /// fields of the C structures belong to whichever module was imported first.
  private static func bindError(_ family: Int32, size: Int, _ filled: [Int: UInt8]) -> Int32 {
    #if canImport(Glibc)
      let stream = Int32(SOCK_STREAM.rawValue)
    #else
      let stream = SOCK_STREAM
    #endif
    let descriptor = socket(family, stream, 0)
    guard descriptor >= 0 else { return errno }
    defer { close(descriptor) }
    var address = [UInt8](repeating: 0, count: size)
    #if canImport(Darwin)
      // There the length stands first, and the family has one byte.
      address[0] = UInt8(size)
      address[1] = UInt8(family)
    #else
      withUnsafeBytes(of: sa_family_t(family)) { address.replaceSubrange(0..<2, with: $0) }
    #endif
    for (offset, byte) in filled { address[offset] = byte }
    return address.withUnsafeBytes { bytes in
      bytes.withMemoryRebound(to: sockaddr.self) {
        bind(descriptor, $0.baseAddress, socklen_t(size)) == 0 ? 0 : errno
      }
    }
  }

  /// Does this kernel answer sock_diag? Otherwise the lab reads /proc/net/tcp.
  package static func answersSockDiag() -> Bool {
    guard let diag = SockDiag() else { return false }
    return diag.read { _, _ in false } != nil
  }
}
