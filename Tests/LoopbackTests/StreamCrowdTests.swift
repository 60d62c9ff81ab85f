import Foundation
import LabCore
import LabFacts
import LabTesting
import LabTLS
import Testing

/// Many bad clients and one good one.
@Suite(.serialized, .timeLimit(.minutes(5))) struct StreamCrowdTests {
  enum Manner: String, CaseIterable, Sendable {
    case leaves, resets, talksGarbage = "talks garbage"

    func visit(_ port: Int) throws {
      let socket = try RawSocket(to: port)
      switch self {
      case .leaves: break
      case .resets: return socket.reset()
      case .talksGarbage: try socket.send(Array("garbage garbage\r\n".utf8))
      }
      socket.close()
    }
  }

  @Test func `a client that resets while it waits for accept is told of, and becomes no end`() async throws {
    try await withIdentities { bench in
      var order = StreamTests.tlsEcho
      order.accepting = false
      let port = try await bench.listening("srv", order).port
      try await blocking { try Manner.resets.visit(port) }
      await bench.perform(.setAccepting("srv", true))
      let state = try await bench.wait("it is told of") { !$0.failures.elements.isEmpty }
      let entry = try #require(state.failures.elements.first)
      #expect(entry.actor == "srv" && entry.end == nil)
      #expect(entry.failure.code == .resetByPeer)
      #expect(entry.failure.phase == .accept)
      #expect(entry.failure.evidence.errno == Int(ECONNRESET))
      try await blocking {
        let tls = try RawTLS(RawSocket(to: port))
        try tls.handshake()
        try tls.sayGoodbye()
      }
      let later = try await bench.wait("the next one is served") { $0.servers["srv"]?.opened == 1 }
      #expect(later.ends.values.allSatisfy { $0.side == .server && $0.opening != nil })
    }
  }

  /// Net::Server ends with the first failed handshake, the seed's server by SIGPIPE.
  @Test(arguments: Manner.allCases)
  func `a thousand bad clients, and the server still serves and holds no socket of theirs`(
    manner: Manner
  ) async throws {
    try await withIdentities { bench in
      var order = StreamTests.tlsEcho
      order.backlog = 4096
      // A slot that is never given back would keep the good one out.
      order.connectionLimit = 20
      order.handshakeDeadlineMilliseconds = 60_000
      let port = try await bench.listening("srv", order).port
      try await blocking { for _ in 0..<1000 { try manner.visit(port) } }
      // Of the clients that are gone before they are accepted, the kernel may tell nothing.
      let back = try await blocking {
        let tls = try RawTLS(RawSocket(to: port))
        try tls.handshake()
        try tls.write(Array("good".utf8))
        let back = try tls.read(count: 4)
        try tls.sayGoodbye()
        _ = try tls.readAll()
        return back
      }
      #expect(back == Array("good".utf8))
      let state = try await bench.wait("all of them are over") { state in
        guard let server = state.servers["srv"] else { return false }
        return server.opened >= 1 && server.opened == server.closed
      }
      let failures = Set(
        await bench.allFacts.compactMap {
          if case .failed(_, let failure) = $0.fact { failure.code } else { nil }
        })
      #expect(failures.isSubset(of: [.eofInHandshake, .resetByPeer, .plainToTlsPort]))
      #expect(state.servers["srv"]?.listening != nil)
      #expect(state.servers["srv"]?.failures == [])
      // The kernel's table may skip a row while others change it.
      #expect(OpenSockets.count(port: port) <= 1, "the listener alone")
    }
  }

  @Test func `a good client is served behind fifty silent ones`() async throws {
    try await withIdentities { bench in
      let clock = ContinuousClock()
      var order = StreamTests.tlsEcho
      order.handshakeDeadlineMilliseconds = 60_000
      let port = try await bench.listening("srv", order).port
      let silent = try await blocking { try (0..<50).map { _ in try RawSocket(to: port) } }
      try await bench.wait("all of them are accepted") { $0.ends.count == 50 }
      let begin = clock.now
      let back = try await blocking {
        let tls = try RawTLS(RawSocket(to: port))
        try tls.handshake()
        try tls.write(Array("good".utf8))
        return try tls.read(count: 4)
      }
      #expect(back == Array("good".utf8))
      print("served behind fifty silent clients after \(begin.duration(to: clock.now))")
      let state = try await bench.wait("the good one's handshake is told") { state in
        state.ends.values.contains { $0.tls.established != nil }
      }
      let waiting = state.ends.values.filter { $0.tls.established == nil && !$0.isOver }
      #expect(waiting.count == 50, "they still wait, each for its own deadline")
      for socket in silent { socket.close() }
    }
  }
}

/// Sockets that this process holds at a port, by the kernel's table: other tests' sockets don't count.
enum OpenSockets {
  static func count(port: Int) -> Int {
    let suffix = ":" + String(format: "%04X", port)
    let table = (try? String(contentsOfFile: "/proc/self/net/tcp", encoding: .utf8)) ?? ""
    return table.split(separator: "\n").dropFirst().filter { line in
      let columns = line.split(separator: " ")
      // Without an inode no process holds it: TIME-WAIT.
      return columns.count > 9 && columns[1].hasSuffix(suffix) && columns[9] != "0"
    }.count
  }
}
