import Foundation
import LabCore
import LabFacts
import LabTesting
import Testing

/// A relay for UDP: there is no connection, only datagrams and whom they came from.
struct RelayDatagramTests {
  @Test func `a datagram goes to the backend, and its answer comes back`() async throws {
    try await withBench { bench in
      await bench.perform(
        .listen("srv", ListenOrder(network: .udp, transport: .plain, kind: .echo)))
      let server = try #require(
        try await bench.wait("the server listens") { $0.servers["srv"]?.listening != nil }
          .servers["srv"]?.listening?.endpoint)
      await bench.perform(
        .relay(
          "rel",
          RelayOrder(
            listen: ListenOrder(network: .udp, transport: .plain, kind: .discard),
            route: .fixed(ConnectOrder(network: .udp, to: server, transport: .plain)))))
      let relay = try #require(
        try await bench.wait("the relay listens") { $0.servers["rel"]?.listening != nil }
          .servers["rel"]?.listening?.endpoint)
      for said in ["Herbert", "0", "Sabine"] {
        let heard = try await Datagrams.ask(said, at: relay.port)
        #expect(heard == said)
      }
      let state = try await bench.wait("both ends have counted") { state in
        state.ends(of: "rel").count == 3 && state.ends(of: "srv").count == 3
      }
      #expect(state.ends(of: "rel").allSatisfy { $0.opening?.network == .udp })
    }
  }

  @Test func `a client that is asked to speak UDP says that it can't`() async throws {
    try await withBench { bench in
      let end = EndID("cli", 1)
      await bench.perform(
        .connect(end, ConnectOrder(network: .udp, to: Endpoint("127.0.0.1", 9), transport: .plain)))
      let state = try await bench.wait("it fails") { $0.ends[end]?.failures.isEmpty == false }
      #expect(state.ends[end]?.failures.first?.code == .setupOther)
      #expect(state.ends[end]?.opening == nil)
    }
  }
}

/// A UDP client with a socket of its own for each question.
private enum Datagrams {
  struct Trouble: Error { let number: Int32 }

  static func ask(_ text: String, at port: Int) async throws -> String {
    try await withCheckedThrowingContinuation { continuation in
      Thread.detachNewThread { continuation.resume(with: Result { try exchange(text, port) }) }
    }
  }

  private static func exchange(_ text: String, _ port: Int) throws -> String {
    let descriptor = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
    defer { close(descriptor) }
    var limit = timeval(tv_sec: 60, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(UInt16(port).bigEndian)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    let connected = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard connected == 0, send(descriptor, text, text.utf8.count, 0) == text.utf8.count else {
      throw Trouble(number: errno)
    }
    var buffer = [UInt8](repeating: 0, count: 2048)
    let count = recv(descriptor, &buffer, buffer.count, 0)
    guard count >= 0 else { throw Trouble(number: errno) }
    return String(decoding: buffer.prefix(count), as: UTF8.self)
  }
}
