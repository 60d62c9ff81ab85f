import Dispatch
import LabFacts
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A TCP socket of a test's own, for what no well-behaved program does. Calls block for a minute at most:
/// they belong into `blocking`.
final class RawSocket: Sendable {
  struct Trouble: Error, Equatable {
    let call: String
    let number: Int32
  }

  private let handle: Atomic<Int32>
  var descriptor: Int32 { handle.load(ordering: .relaxed) }

  /// Connects to this machine. `receiveBuffer` makes the kernel's own store small, for slow readers.
  init(to port: Int, receiveBuffer: Int32? = nil) throws {
    handle = Atomic(socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0))
    set(IPPROTO_TCP, TCP_NODELAY, Int32(1))
    if let receiveBuffer { set(SOL_SOCKET, SO_RCVBUF, receiveBuffer) }
    limitWaiting()
    var address = RawSocket.loopback(port)
    try RawSocket.check("connect") {
      withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
      }
    }
  }

  fileprivate init(adopting descriptor: Int32) {
    handle = Atomic(descriptor)
    limitWaiting()
  }

  deinit { close() }

  func send(_ bytes: some Collection<UInt8>) throws {
    let bytes = Array(bytes)
    var done = 0
    while done < bytes.count {
      done += try bytes.withUnsafeBytes { try send(UnsafeRawBufferPointer(rebasing: $0[done...])) }
    }
  }

  /// One send(); answers how many bytes the kernel took.
  func send(_ bytes: UnsafeRawBufferPointer, flags: Int32 = 0) throws -> Int {
    let count = Glibc.send(descriptor, bytes.baseAddress, bytes.count, flags | Int32(MSG_NOSIGNAL))
    guard count >= 0 else { throw Trouble(call: "send", number: errno) }
    return count
  }

  /// One recv(); empty at the end of the stream.
  func receive(atMost limit: Int = 65_536) throws -> [UInt8] {
    var result = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
      result = recv(descriptor, buffer.baseAddress, limit, 0)
      count = max(0, result)
    }
    guard result >= 0 else { throw Trouble(call: "recv", number: errno) }
    return bytes
  }

  /// Everything up to the end of the stream.
  func receiveAll() throws -> [UInt8] {
    var all: [UInt8] = []
    while true {
      let chunk = try receive()
      if chunk.isEmpty { return all }
      all += chunk
    }
  }

  /// Everything up to the end, or to a reset.
  func drain() -> (bytes: [UInt8], errno: Int32?) {
    var all: [UInt8] = []
    do {
      while true {
        let chunk = try receive()
        if chunk.isEmpty { return (all, nil) }
        all += chunk
      }
    } catch { return (all, (error as? Trouble)?.number) }
  }

  /// FIN: nothing more comes from here.
  func finish() { shutdown(descriptor, Int32(SHUT_WR)) }

  /// RST.
  func reset() {
    set(SOL_SOCKET, SO_LINGER, linger(l_onoff: 1, l_linger: 0))
    close()
  }

  func close() {
    let descriptor = handle.exchange(-1, ordering: .relaxed)
    if descriptor >= 0 { Glibc.close(descriptor) }
  }

  /// Waits for room or for bytes; answers what there is of what was asked for, nothing after the time.
  func wait(for events: Int32, milliseconds: Int32 = 60_000) -> Int32 {
    var entry = pollfd(fd: descriptor, events: Int16(events), revents: 0)
    return poll(&entry, 1, milliseconds) > 0 ? Int32(entry.revents) : 0
  }

  private func limitWaiting() {
    set(SOL_SOCKET, SO_RCVTIMEO, timeval(tv_sec: 60, tv_usec: 0))
    set(SOL_SOCKET, SO_SNDTIMEO, timeval(tv_sec: 60, tv_usec: 0))
  }

  private func set<Value>(_ level: some BinaryInteger, _ name: Int32, _ value: Value) {
    _ = withUnsafePointer(to: value) {
      setsockopt(descriptor, Int32(level), name, $0, socklen_t(MemoryLayout<Value>.size))
    }
  }

  fileprivate static func loopback(_ port: Int) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
    return address
  }

  fileprivate static func check(_ call: String, _ body: () -> Int32) throws {
    guard body() == 0 else { throw Trouble(call: call, number: errno) }
  }
}

/// A listening socket of a test's own, for servers that misbehave.
final class RawListener: Sendable {
  private let descriptor: Int32
  let port: Int

  init() throws {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    self.descriptor = descriptor
    var address = RawSocket.loopback(0)
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    try withUnsafeMutablePointer(to: &address) { pointer in
      try pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        try RawSocket.check("bind") { bind(descriptor, address, length) }
        try RawSocket.check("listen") { listen(descriptor, 16) }
        try RawSocket.check("getsockname") { getsockname(descriptor, address, &length) }
      }
    }
    port = Int(in_port_t(bigEndian: address.sin_port))
  }

  deinit { close(descriptor) }

  func accept() throws -> RawSocket {
    var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    guard poll(&entry, 1, 60_000) > 0 else { throw RawSocket.Trouble(call: "accept", number: ETIMEDOUT) }
    return RawSocket(adopting: Glibc.accept(descriptor, nil, nil))
  }
}

/// Runs blocking calls outside the cooperative pool.
func blocking<Result: Sendable>(
  _ body: @escaping @Sendable () throws -> Result
) async throws -> Result {
  try await withCheckedThrowingContinuation { continuation in
    DispatchQueue(label: "raw socket").async { continuation.resume(with: Swift.Result { try body() }) }
  }
}
