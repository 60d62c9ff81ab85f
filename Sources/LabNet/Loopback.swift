#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What this machine's loopback can do.
package enum Loopback {
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
    var address = sockaddr_in6()
    address.sin6_family = sa_family_t(AF_INET6)
    address.sin6_addr = in6addr_loopback
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in6>.size)) == 0
      }
    }
  }

  /// Does this kernel answer sock_diag? Otherwise the lab reads /proc/net/tcp.
  package static func answersSockDiag() -> Bool {
    guard let diag = SockDiag() else { return false }
    return diag.read { _, _ in false } != nil
  }
}
