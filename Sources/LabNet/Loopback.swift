#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What this machine's loopback can do.
package enum Loopback {
  /// May this process bind ports below 1024? A port in use answers with another number than EACCES.
  package static func bindsLowPorts() -> Bool {
    #if canImport(Glibc)
      let stream = Int32(SOCK_STREAM.rawValue)
    #else
      let stream = SOCK_STREAM
    #endif
    let descriptor = socket(AF_INET, stream, 0)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(443).bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    let bound = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    return bound == 0 || errno != EACCES
  }

  /// Can a socket be bound to ::1?
  package static func hasIPv6() -> Bool {
    #if canImport(Glibc)
      let stream = Int32(SOCK_STREAM.rawValue)
    #else
      let stream = SOCK_STREAM
    #endif
    let descriptor = socket(AF_INET6, stream, 0)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    // struct sockaddr_in6 by its bytes: family in host order, port 0, then ::1 at offset 8 (ipv6(7)).
    var address = [UInt8](repeating: 0, count: 28)
    withUnsafeBytes(of: sa_family_t(AF_INET6)) { address.replaceSubrange(0..<2, with: $0) }
    address[23] = 1
    return address.withUnsafeBytes { bytes in
      bytes.withMemoryRebound(to: sockaddr.self) { bind(descriptor, $0.baseAddress, 28) == 0 }
    }
  }

  /// Does this kernel answer sock_diag? Otherwise the lab reads /proc/net/tcp.
  package static func answersSockDiag() -> Bool {
    guard let diag = SockDiag() else { return false }
    return diag.read { _, _ in false } != nil
  }
}
