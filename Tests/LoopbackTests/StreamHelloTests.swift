import LabCore
import LabFacts
import LabTesting
import LabTLS
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A ClientHello comes in any pieces: one read is not one message.
@Suite(.timeLimit(.minutes(5))) struct StreamHelloTests {
  @Test(arguments: [TLSVersion.tls12, .tls13])
  func `a ClientHello split at every byte is one ClientHello`(version: TLSVersion) async throws {
    try await withIdentities { bench in
      var order = StreamTests.tlsEcho
      order.handshakeDeadlineMilliseconds = 60_000
      let port = try await bench.listening("srv", order).port
      let count = try await blocking {
        try RawTLS(RawSocket(to: port), RawTLS.trusting(version)).takeOutbound().count
      }
      #expect(count > 100)
      let splits = 1..<count
      let opened = Openings()
      try await blocking { try opened.open(port, splits, version) }
      // One more was accepted, and is gone: the one whose hello was measured.
      let state = try await bench.wait("all are accepted") { $0.servers["srv"]?.opened == splits.count + 1 }
      let descriptors = state.ends.values.compactMap { end in end.isOver ? nil : end.opening?.descriptor }
      let echoed = try await blocking {
        try opened.sendFirstPieces()
        // The server itself lives in this process: its sockets tell when it has read them empty.
        for descriptor in descriptors { while unread(descriptor) > 0 { sched_yield() } }
        return try opened.finishAll()
      }
      #expect(echoed == splits.count)
      try await bench.wait("all are over") { $0.servers["srv"]?.closed == splits.count + 1 }
      let shook = await bench.allFacts.count { if case .established = $0.fact { true } else { false } }
      #expect(shook == splits.count)
    }
  }

  /// Sniffers that look at one read fail here: the hello takes several records.
  @Test(arguments: [TLSVersion.tls12, .tls13])
  func `a ClientHello larger than one read and one record`(version: TLSVersion) async throws {
    try await withIdentities { bench in
      let port = try await bench.listening("srv", StreamTests.tlsEcho).port
      var options = RawTLS.trusting(version)
      options.alpn = (0..<150).map { "\($0)-" + String(repeating: "x", count: 200) }
      let asked = options
      let (size, back) = try await blocking {
        let tls = try RawTLS(RawSocket(to: port), asked)
        let size = tls.engine.outboundCount
        try tls.handshake()
        try tls.write([0x61])
        return (size, try tls.read(count: 1))
      }
      #expect(size > 2 * 16_384 - 4000)
      #expect(back == [0x61])
      let end = try await bench.over(EndID("srv", 1))
      #expect(end.tls.established != nil)
    }
  }
}

/// Connections that say the first part of a hello, and later the rest.
private final class Openings: @unchecked Sendable {
  // One thread at a time: each step ends before the next begins.
  private var waiting: [(tls: RawTLS, hello: [UInt8], split: Int)] = []

  func open(_ port: Int, _ splits: Range<Int>, _ version: TLSVersion) throws {
    let context = try RawTLS.context(RawTLS.trusting(version))
    for split in splits {
      let tls = RawTLS(try RawSocket(to: port), context: context)
      waiting.append((tls, tls.takeOutbound(), split))
    }
  }

  func sendFirstPieces() throws {
    for entry in waiting {
      try entry.tls.socket.send(entry.hello[..<min(entry.split, entry.hello.count - 1)])
    }
  }

  /// The rest of each hello, the handshake, and an echo; answers how many came back.
  func finishAll() throws -> Int {
    var echoed = 0
    for entry in waiting {
      try entry.tls.socket.send(entry.hello[min(entry.split, entry.hello.count - 1)...])
      try entry.tls.handshake()
      try entry.tls.write([0x61])
      if try entry.tls.read(count: 1) == [0x61] { echoed += 1 }
      entry.tls.socket.close()
    }
    return echoed
  }
}

private func unread(_ descriptor: Int) -> Int32 {
  var count: Int32 = 0
  return ioctl(Int32(descriptor), UInt(FIONREAD), &count) == 0 ? count : 0
}
