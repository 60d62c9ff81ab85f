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

/// Much at once, slow readers, and ends that come before the bytes are through.
@Suite(.serialized, .timeLimit(.minutes(5))) struct StreamBulkTests {
  static let bulk = 100 * 1024 * 1024

  @Test func `100 MiB go through a plain echo both ways at once`() async throws {
    try await withIdentities { bench in
      let port = try await bench.listening("srv", ListenOrder(transport: .plain, kind: .echo)).port
      let count = try await blocking { try pump(StreamBulkTests.bulk, RawSocket(to: port)) }
      #expect(count == StreamBulkTests.bulk)
      let end = try await bench.over(EndID("srv", 1))
      #expect(end.closing?.traffic.dataReceived == StreamBulkTests.bulk)
      #expect(end.closing?.traffic.dataSent == StreamBulkTests.bulk)
      #expect(end.closing?.manner == .clean)
    }
  }

  @Test func `100 MiB go through a TLS echo both ways at once`() async throws {
    try await withIdentities { bench in
      let port = try await bench.listening("srv", StreamTests.tlsEcho).port
      let count = try await blocking {
        let tls = try RawTLS(RawSocket(to: port))
        try tls.handshake()
        return try tls.pump(StreamBulkTests.bulk)
      }
      #expect(count == StreamBulkTests.bulk)
      let end = try await bench.over(EndID("srv", 1))
      #expect(end.closing?.traffic.dataReceived == StreamBulkTests.bulk)
      #expect(end.closing?.traffic.dataSent == StreamBulkTests.bulk)
      #expect(end.closing?.manner == .clean)
      #expect(end.failures == [])
    }
  }

  /// An end closes when everything it wrote is gone, and not before.
  @Test func `a slow reader that half-closed first gets every byte`() async throws {
    try await withIdentities { bench in
      let port = try await bench.listening("srv", ListenOrder(transport: .plain, kind: .echo)).port
      let count = try await blocking {
        try pump(StreamBulkTests.bulk, RawSocket(to: port, receiveBuffer: 4096), reading: 4096)
      }
      #expect(count == StreamBulkTests.bulk)
      let end = try await bench.over(EndID("srv", 1))
      #expect(end.closing?.manner == .clean)
      #expect(end.closing?.traffic.dataSent == StreamBulkTests.bulk)
    }
  }

  /// The reader takes nothing until the server has heard the end and could have lost its patience.
  @Test(arguments: [Transport.plain, .tls])
  func `a reader that begins late gets what was written before the end`(transport: Transport) async throws {
    try await withIdentities { bench in
      var order = StreamTests.tlsEcho
      order.transport = transport
      let port = try await bench.listening("srv", order).port
      let late = try await blocking { try LateReader(port, transport, Pattern.stream(1_000_000)) }
      try await bench.wait("the server has heard the end") {
        $0.ends[EndID("srv", 1)]?.phase == .halfClosed || $0.ends[EndID("srv", 1)]?.phase == .closed
      }
      await bench.letPass(milliseconds: 1500)
      let back = try await blocking { try late.read() }
      #expect(back == Pattern.stream(1_000_000))
      let end = try await bench.over(EndID("srv", 1))
      #expect(end.closing?.manner == .clean)
      #expect(end.failures == [])
    }
  }

  @Test(arguments: [Transport.plain, .tls])
  func `one who never reads fills the kernel's buffers, not the server's memory`(
    transport: Transport
  ) async throws {
    try await withIdentities { bench in
      var order = StreamTests.tlsEcho
      order.transport = transport
      let port = try await bench.listening("srv", order).port
      let (sent, socket) = try await blocking { () throws -> (Int, RawSocket) in
        let socket = try RawSocket(to: port)
        guard transport == .tls else {
          return (try fill(socket) { Pattern.bytes(at: 0, count: 65_536) }, socket)
        }
        let tls = try RawTLS(socket)
        try tls.handshake()
        let sent = try fill(socket) {
          tls.encrypt(Pattern.bytes(at: 0, count: 65_536))
          return tls.takeOutbound()
        }
        return (sent, socket)
      }
      // The kernel's own buffers take some megabytes each way.
      #expect(sent > 65_536)
      #expect(sent < 48 * 1024 * 1024, "a server that keeps reading never stops")
      try await blocking { socket.reset() }
      let end = try await bench.over(EndID("srv", 1))
      #expect(end.closing?.manner == .reset)
    }
  }
}

/// Says everything, ends its direction, and reads later.
private final class LateReader: @unchecked Sendable {
  // One thread at a time: it is read after it was made.
  private let socket: RawSocket
  private let tls: RawTLS?

  init(_ port: Int, _ transport: Transport, _ bytes: [UInt8]) throws {
    socket = try RawSocket(to: port, receiveBuffer: 4096)
    tls = transport == .tls ? try RawTLS(socket) : nil
    if let tls {
      try tls.handshake()
      try tls.write(bytes)
      try tls.sayGoodbye()
    } else {
      try socket.send(bytes)
    }
    socket.finish()
  }

  func read() throws -> [UInt8] { try tls?.readAll() ?? socket.receiveAll() }
}

/// Sends until nothing is taken for a while; answers how much was.
private func fill(_ socket: RawSocket, _ next: () -> [UInt8]) throws -> Int {
  var sent = 0
  while sent < 64 * 1024 * 1024 {
    let bytes = next()
    var done = 0
    while done < bytes.count {
      guard socket.wait(for: POLLOUT, milliseconds: 700) != 0 else { return sent }
      done += try bytes.withUnsafeBytes {
        try socket.send(UnsafeRawBufferPointer(rebasing: $0[done...]), flags: Int32(MSG_DONTWAIT))
      }
    }
    sent += bytes.count
  }
  return sent
}

/// Sends the pattern and compares what comes back, at once; answers how much was right.
private func pump(_ total: Int, _ socket: RawSocket, reading: Int = 65_536) throws -> Int {
  let sender = Background {
    var sent = 0
    while sent < total {
      let part = Pattern.bytes(at: sent, count: min(65_536, total - sent))
      try socket.send(part)
      sent += part.count
    }
    socket.finish()
  }
  var received = 0
  while true {
    let bytes = try socket.receive(atMost: reading)
    guard !bytes.isEmpty, Pattern.matches(bytes, at: received) else { break }
    received += bytes.count
  }
  try sender.wait()
  return received
}

extension RawTLS {
  /// The same under TLS, on one thread: whatever the socket is ready for.
  fileprivate func pump(_ total: Int) throws -> Int {
    var (sent, received) = (0, 0)
    var waiting: [UInt8] = []
    var first = 0
    while received < total {
      if first == waiting.count, sent < total {
        let part = Pattern.bytes(at: sent, count: min(65_536, total - sent))
        encrypt(part)
        sent += part.count
        (waiting, first) = (takeOutbound(), 0)
      }
      let ready = socket.wait(for: first < waiting.count ? POLLIN | POLLOUT : POLLIN)
      if ready & POLLOUT != 0, first < waiting.count {
        first += try waiting.withUnsafeBytes {
          try socket.send(UnsafeRawBufferPointer(rebasing: $0[first...]), flags: Int32(MSG_DONTWAIT))
        }
      }
      guard ready != 0 else { break }
      if ready & POLLIN != 0 { feed(try socket.receive()) }
      while let bytes = engine.read(maximum: 65_536) {
        guard Pattern.matches(bytes, at: received) else { return received }
        received += bytes.count
      }
      if engine.peerClosed || failure != nil { break }
    }
    try sayGoodbye()
    _ = try readAll()
    return received
  }
}
