import LabFacts
import LabTLS
import LabTesting
import Testing

/// TLS on, off and inside TLS on a living stream: no byte is lost or moved at a seam, wherever it is cut.
struct SeamTests {
  /// Two ends and the wire between them, which hands out bytes in pieces.
  private struct Wire {
    let client = LayeredEnd()
    let server = LayeredEnd()
    let clientContext: TLSContext
    let serverContext: TLSContext
    var piece: Int

    init(_ version: TLSVersion, piece: Int) throws {
      clientContext = try TLSContext(Setups.client { $0.maxVersion = version })
      serverContext = try TLSContext(Setups.server())
      self.piece = piece
    }

    func carry() {
      while true {
        let up = client.takeOut()
        let down = server.takeOut()
        if up.isEmpty, down.isEmpty { return }
        deliver(up, server)
        deliver(down, client)
      }
    }

    func up() {
      client.start(clientContext)
      server.start(serverContext)
      carry()
    }

    private func deliver(_ bytes: [UInt8], _ end: LayeredEnd) {
      var rest = bytes[...]
      while !rest.isEmpty {
        end.receive(Array(rest.prefix(piece)))
        rest = rest.dropFirst(piece)
      }
    }
  }

  @Test(arguments: HandshakeCell.both, [1, 2, 3, 5, 7, 64, 1000, 100_000])
  func `clear, TLS, clear, TLS again: every byte arrives in its place`(_ version: TLSVersion, _ piece: Int)
    throws
  {
    let wire = try Wire(version, piece: piece)
    wire.client.write("STARTTLS\r\n")
    wire.carry()
    #expect(wire.server.take() == "STARTTLS\r\n")
    for round in 1...3 {
      wire.server.write("go \(round)\r\n")
      wire.carry()
      #expect(wire.client.take() == "go \(round)\r\n")
      wire.up()
      #expect(wire.client.isUp && wire.server.isUp)
      wire.client.write("secret \(round)")
      wire.server.write("answer \(round)")
      wire.carry()
      #expect(wire.server.take() == "secret \(round)")
      #expect(wire.client.take() == "answer \(round)")
      // Both say goodbye, each with data before it and clear bytes right after it, on the way at once.
      wire.client.write("last")
      wire.client.stop()
      wire.client.write("clear from client")
      wire.server.write("also last")
      wire.server.stop()
      wire.server.write("clear from server")
      wire.carry()
      #expect(wire.server.take() == "lastclear from client")
      #expect(wire.client.take() == "also lastclear from server")
      #expect(wire.client.layers.isEmpty && wire.server.layers.isEmpty)
    }
  }

  @Test(arguments: HandshakeCell.both, [1, 7, 1000, 100_000])
  func `TLS inside TLS inside TLS goes up and comes down`(_ version: TLSVersion, _ piece: Int) throws {
    let wire = try Wire(version, piece: piece)
    for depth in 1...3 {
      wire.up()
      #expect(wire.client.layers.count == depth && wire.client.isUp)
      wire.client.write("depth \(depth)")
      wire.carry()
      #expect(wire.server.take() == "depth \(depth)")
    }
    for depth in [2, 1, 0] {
      wire.client.stop()
      wire.client.write("up to \(depth)")
      wire.server.stop()
      wire.server.write("down to \(depth)")
      wire.carry()
      #expect(wire.server.take() == "up to \(depth)")
      #expect(wire.client.take() == "down to \(depth)")
      #expect(wire.client.layers.count == depth && wire.server.layers.count == depth)
    }
  }

  @Test(arguments: HandshakeCell.both)
  func `the seam after close_notify holds wherever the bytes around it are cut`(_ version: TLSVersion) throws
  {
    var cut = 0
    var total = 1
    while cut < total {
      let wire = try Wire(version, piece: 100_000)
      wire.up()
      wire.server.stop()
      wire.client.write("x")
      wire.client.stop()
      wire.client.write("clear")
      let bytes = wire.client.takeOut()
      total = bytes.count
      wire.server.receive(Array(bytes[..<cut]))
      wire.server.receive(Array(bytes[cut...]))
      #expect(wire.server.take() == "xclear", "cut at \(cut)")
      cut += 1
    }
    #expect(total > 40)
  }

  @Test(arguments: HandshakeCell.both)
  func `a ClientHello may come in any two pieces`(_ version: TLSVersion) throws {
    var cut = 0
    var total = 1
    while cut < total {
      let wire = try Wire(version, piece: 100_000)
      wire.client.start(wire.clientContext)
      wire.server.start(wire.serverContext)
      let bytes = wire.client.takeOut()
      total = bytes.count
      wire.server.receive(Array(bytes[..<cut]))
      wire.server.receive(Array(bytes[cut...]))
      wire.carry()
      #expect(wire.client.isUp && wire.server.isUp, "cut at \(cut)")
      cut += 1
    }
  }
}
