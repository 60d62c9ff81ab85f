import LabFacts
import NIOCore
import NIOPosix

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Looks names up with the system's resolver, on a thread that may wait.
enum Resolver {
  /// The addresses of a host in the order they are to be tried. A numeric address needs no look-up.
  static func addresses(of target: Endpoint, on loop: any EventLoop) -> EventLoopFuture<[SocketAddress]> {
    if let address = try? SocketAddress(ipAddress: target.host, port: target.port) {
      return loop.makeSucceededFuture([address])
    }
    return NIOThreadPool.singleton.runIfActive(eventLoop: loop) { try lookUp(target) }
  }

  private static func lookUp(_ target: Endpoint) throws -> [SocketAddress] {
    var hints = addrinfo()
    hints.ai_socktype = socketStream
    hints.ai_flags = AI_ADDRCONFIG
    var first: UnsafeMutablePointer<addrinfo>?
    let result = getaddrinfo(target.host, nil, &hints, &first)
    guard result == 0 else { throw failure(result, errno, target) }
    defer { freeaddrinfo(first) }
    var addresses: [SocketAddress] = []
    var next = first
    while let info = next {
      if let address = address(info.pointee, port: target.port) { addresses.append(address) }
      next = info.pointee.ai_next
    }
    return addresses
  }

  private static func address(_ info: addrinfo, port: Int) -> SocketAddress? {
    guard let raw = info.ai_addr else { return nil }
    var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
    let length = socklen_t(text.count)
    guard getnameinfo(raw, info.ai_addrlen, &text, length, nil, 0, NI_NUMERICHOST) == 0 else { return nil }
    let host = String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return try? SocketAddress(ipAddress: host, port: port)
  }

  /// EAI_AGAIN may pass; every other answer means that this name leads nowhere.
  private static func failure(_ result: Int32, _ number: Int32, _ target: Endpoint) -> Failure {
    var evidence = Evidence()
    evidence.resolverError = Int(result)
    if result == EAI_SYSTEM { evidence.errno = Int(number) }
    evidence.endpoint = target
    return Failure(
      layer: .names, code: result == EAI_AGAIN ? .dnsTemporary : .dnsNameUnknown, phase: .resolve,
      decidedBy: .here, evidence: evidence,
      verbatim: ["getaddrinfo \(Notation.escaped(target.host)): \(String(cString: gai_strerror(result)))"])
  }

  private static var socketStream: Int32 {
    #if canImport(Glibc)
      Int32(SOCK_STREAM.rawValue)
    #else
      SOCK_STREAM
    #endif
  }
}
