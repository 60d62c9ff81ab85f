import Foundation
import LabCore
import LabFacts
import LabTesting

/// A program of its own at one end of a relay, with blocking calls on threads of their own: reads only when
/// it is told to, and what it reads is compared byte by byte.
final class RawPeer: Sendable {
  let descriptor: Int32

  private init(_ descriptor: Int32) { self.descriptor = descriptor }
  deinit { close(descriptor) }

  struct Trouble: Error { let what: String, number: Int32 }

  static func connect(to endpoint: Endpoint) async throws -> RawPeer {
    try await offPool {
      let peer = RawPeer(socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0))
      var address = RawPeer.address(endpoint.port)
      let result = withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          Glibc.connect(peer.descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
      }
      guard result == 0 else { throw Trouble(what: "connect", number: errno) }
      return peer
    }
  }

  /// A listener on a port of the kernel's choice.
  static func listen() throws -> (peer: RawPeer, endpoint: Endpoint) {
    let peer = RawPeer(socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0))
    var address = RawPeer.address(0)
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    try withUnsafeMutablePointer(to: &address) { pointer in
      try pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { raw in
        guard bind(peer.descriptor, raw, length) == 0, Glibc.listen(peer.descriptor, 16) == 0,
          getsockname(peer.descriptor, raw, &length) == 0
        else { throw Trouble(what: "listen", number: errno) }
      }
    }
    return (peer, Endpoint("127.0.0.1", Int(UInt16(bigEndian: address.sin_port))))
  }

  func accept() async throws -> RawPeer {
    try await offPool {
      let accepted = Glibc.accept(self.descriptor, nil, nil)
      guard accepted >= 0 else { throw Trouble(what: "accept", number: errno) }
      return RawPeer(accepted)
    }
  }

  func send(_ bytes: [UInt8]) async throws {
    try await offPool {
      var rest = bytes[...]
      while !rest.isEmpty {
        let count = rest.withUnsafeBytes {
          Glibc.send(self.descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
        }
        guard count > 0 else { throw Trouble(what: "send", number: errno) }
        rest = rest.dropFirst(count)
      }
    }
  }

  /// Sends the same chunk until nothing more goes for a while, or it went so often; answers how many bytes.
  func sendUntilStuck(_ chunk: [UInt8], atMost limit: Int) async throws -> Int {
    try await offPool {
      var total = 0
      while total < limit {
        var entry = pollfd(fd: self.descriptor, events: Int16(POLLOUT), revents: 0)
        guard poll(&entry, 1, 700) > 0 else { return total }
        let count = chunk.withUnsafeBytes {
          Glibc.send(
            self.descriptor, $0.baseAddress, min($0.count, limit - total),
            Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
        }
        if count < 0, errno == EAGAIN { continue }
        guard count > 0 else { throw Trouble(what: "send", number: errno) }
        total += count
      }
      return total
    }
  }

  func endOutput() { shutdown(descriptor, Int32(SHUT_WR)) }

  /// RST instead of FIN when it is let go.
  func resetOnClose() {
    var option = linger(l_onoff: 1, l_linger: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
  }

  /// Reads so many bytes, or fewer where the stream ends before.
  func receive(_ count: Int) async throws -> [UInt8] {
    try await offPool {
      var bytes: [UInt8] = []
      while bytes.count < count, let more = try self.readSome(count - bytes.count) { bytes += more }
      return bytes
    }
  }

  /// Reads to the end and answers how many bytes came; their content is not kept.
  func countToEnd() async throws -> Int {
    try await offPool {
      var total = 0
      while let more = try self.readSome(256 * 1024) { total += more.count }
      return total
    }
  }

  private func readSome(_ most: Int) throws -> [UInt8]? {
    var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    guard poll(&entry, 1, 20_000) > 0 else { throw Trouble(what: "nothing came", number: 0) }
    var chunk = [UInt8](repeating: 0, count: min(most, 256 * 1024))
    let count = recv(descriptor, &chunk, chunk.count, 0)
    guard count >= 0 else { throw Trouble(what: "recv", number: errno) }
    return count == 0 ? nil : Array(chunk.prefix(count))
  }

  private static func address(_ port: Int) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    return address
  }
}

/// Runs blocking work on a thread of its own: the pool of tasks has none to spare.
private func offPool<Result: Sendable>(
  _ work: @escaping @Sendable () throws -> Result
) async throws -> Result {
  try await withCheckedThrowingContinuation { continuation in
    Thread.detachNewThread { continuation.resume(with: Swift.Result(catching: work)) }
  }
}

extension BenchHarness {
  /// Starts a server or a relay, and answers where it listens.
  func start(_ effect: Effect, _ actor: ActorID) async throws -> Endpoint {
    perform(effect)
    let state = try await wait("\(actor) listens") {
      $0.servers[actor]?.listening != nil || $0.servers[actor]?.failures.isEmpty == false
    }
    guard let endpoint = state.servers[actor]?.listening?.endpoint else {
      throw RawPeer.Trouble(what: "\(actor) did not start", number: 0)
    }
    return endpoint
  }

  func server(_ actor: ActorID, _ order: ListenOrder) async throws -> Endpoint {
    try await start(.listen(actor, order), actor)
  }

  func relay(_ actor: ActorID, _ listen: ListenOrder, _ route: Route, hooks: [ByteHook] = []) async throws
    -> Endpoint
  {
    try await start(.relay(actor, RelayOrder(listen: listen, route: route, hooks: hooks)), actor)
  }
}

extension ListenOrder {
  static let plain = ListenOrder(transport: .plain, kind: .echo)
  static let overTLS = ListenOrder(transport: .tls, kind: .echo, tls: TLSOptions(identity: "server"))
}

extension TLSOptions {
  /// A client that trusts the tests' root, and wants the server's name.
  static let client = TLSOptions(trust: ["lab-ca"], expectedName: "netlab.test", serverName: "netlab.test")
}
