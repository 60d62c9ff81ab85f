import LabFacts

#if canImport(Glibc)
  import Glibc
#endif

/// The kernel's TCP sockets by netlink, as `ss` asks for them (sock_diag(7)). It tells the backlog of a
/// listener, which /proc/net/tcp does not.
struct SockDiag: ~Copyable {
  private let descriptor: Int32

  private static let netlinkFamily: Int32 = 16
  private static let sockDiagProtocol: Int32 = 4
  private static let byFamily: UInt16 = 20
  private static let requestAndDump: UInt16 = 0x301
  private static let messageError: UInt16 = 2
  private static let messageDone: UInt16 = 3
  private static let headerSize = 16
  private static let requestSize = 56

  /// Nothing where the kernel or a sandbox does not allow it.
  init?() {
    descriptor = socket(
      SockDiag.netlinkFamily, Int32(SOCK_DGRAM.rawValue) | O_CLOEXEC, SockDiag.sockDiagProtocol)
    guard descriptor >= 0 else { return nil }
    // A kernel that never answers must not stop the sampler.
    var limit = timeval(tv_sec: 1, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
  }

  deinit { close(descriptor) }

  /// All TCP sockets of both families for which `wanted` holds of a port at either end; nothing on failure.
  func read(_ wanted: (_ local: Int, _ peer: Int) -> Bool) -> [KernelSocket]? {
    var sockets: [KernelSocket] = []
    for family in [AF_INET, AF_INET6] {
      guard ask(UInt8(family)), collect(&sockets, wanted) else { return nil }
    }
    return sockets
  }

  private func ask(_ family: UInt8) -> Bool {
    var request = [UInt8](repeating: 0, count: SockDiag.headerSize + SockDiag.requestSize)
    request.withUnsafeMutableBytes { bytes in
      bytes.storeBytes(of: UInt32(bytes.count), toByteOffset: 0, as: UInt32.self)
      bytes.storeBytes(of: SockDiag.byFamily, toByteOffset: 4, as: UInt16.self)
      bytes.storeBytes(of: SockDiag.requestAndDump, toByteOffset: 6, as: UInt16.self)
      bytes[SockDiag.headerSize] = family
      bytes[SockDiag.headerSize + 1] = UInt8(IPPROTO_TCP)
      bytes.storeBytes(of: UInt32.max, toByteOffset: SockDiag.headerSize + 4, as: UInt32.self)
    }
    let sent = request.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, 0) }
    return sent == request.count
  }

  private func collect(_ sockets: inout [KernelSocket], _ wanted: (Int, Int) -> Bool) -> Bool {
    var buffer = [UInt8](repeating: 0, count: 64 * 1024)
    while true {
      let count = buffer.withUnsafeMutableBytes { recv(descriptor, $0.baseAddress, $0.count, 0) }
      guard count > 0 else { return false }
      let outcome = buffer.withUnsafeBytes {
        SockDiag.parse(UnsafeRawBufferPointer(rebasing: $0.prefix(count)), &sockets, wanted)
      }
      switch outcome {
      case .more: continue
      case .done: return true
      case .refused: return false
      }
    }
  }

  enum Outcome { case more, done, refused }

  /// Reads one datagram of netlink messages. Numbers are in host byte order, ports in network byte order.
  /// A machine may have thousands of sockets: only the wanted ones become values.
  static func parse(
    _ datagram: UnsafeRawBufferPointer, _ sockets: inout [KernelSocket], _ wanted: (Int, Int) -> Bool
  ) -> Outcome {
    var rest = datagram
    while rest.count >= headerSize {
      let length = Int(rest.loadUnaligned(as: UInt32.self))
      guard length >= headerSize, length <= rest.count else { return .refused }
      switch rest.loadUnaligned(fromByteOffset: 4, as: UInt16.self) {
      case messageDone: return .done
      case messageError: return .refused
      default:  // a row; other types do not come in a dump
        if let socket = row(UnsafeRawBufferPointer(rebasing: rest[headerSize..<length]), wanted) {
          sockets.append(socket)
        }
      }
      rest = UnsafeRawBufferPointer(rebasing: rest[min(rest.count, (length + 3) & ~3)...])
    }
    return .more
  }

  /// struct inet_diag_msg of linux/inet_diag.h.
  private static func row(_ message: UnsafeRawBufferPointer, _ wanted: (Int, Int) -> Bool) -> KernelSocket? {
    guard message.count >= 72, let state = TCPState(rawValue: Int(message[1])) else { return nil }
    let localPort = Int(message[4]) << 8 | Int(message[5])
    let peerPort = Int(message[6]) << 8 | Int(message[7])
    guard wanted(localPort, peerPort) else { return nil }
    let length = Int32(message[0]) == AF_INET6 ? 16 : 4
    return KernelSocket(
      state: state,
      local: Endpoint(IPAddress(Array(message[8..<8 + length]))?.text ?? "", localPort),
      peer: Endpoint(IPAddress(Array(message[24..<24 + length]))?.text ?? "", peerPort),
      receiveQueue: Int(message.loadUnaligned(fromByteOffset: 56, as: UInt32.self)),
      sendQueue: Int(message.loadUnaligned(fromByteOffset: 60, as: UInt32.self)))
  }
}
