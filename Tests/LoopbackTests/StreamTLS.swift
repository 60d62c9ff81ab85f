import LabFacts
import LabNet
import LabTesting
import LabTLS

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// TLS on a raw socket, with every byte and every end under the test's control. Stays on one thread.
final class RawTLS {
  let socket: RawSocket
  let engine: TLSEngine

  struct HandshakeFailed: Error { let failure: Failure? }

  convenience init(_ socket: RawSocket, _ options: TLSOptions = RawTLS.trusting) throws {
    self.init(socket, context: try RawTLS.context(options))
  }

  init(_ socket: RawSocket, context: TLSContext) {
    self.socket = socket
    engine = TLSEngine(end: EndID("raw", 1), context: context)
    engine.advance()
  }

  /// One context serves many connections.
  static func context(_ options: TLSOptions) throws -> TLSContext {
    try Contexts(pki: try TLSIdentities.store(), now: { TLSIdentities.now }).make(.client, options)
  }

  /// Trusts the lab's CA and asks for the good server.
  static let trusting = TLSOptions(
    trust: ["lab-ca"], expectedName: "netlab.test", serverName: "netlab.test")

  static func trusting(_ version: TLSVersion) -> TLSOptions {
    var options = trusting
    (options.minVersion, options.maxVersion) = (version, version)
    return options
  }

  /// What waits to be sent.
  func takeOutbound() -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: engine.outboundCount)
    let count = bytes.withUnsafeMutableBytes { engine.takeOutbound(into: $0) }
    return Array(bytes.prefix(count))
  }

  func flush() throws { try socket.send(takeOutbound()) }

  /// The whole handshake. `last` is written with the last flight, in one piece.
  func handshake(last: [UInt8] = []) throws {
    while !engine.isEstablished {
      try flush()
      feed(try socket.receive())
      engine.advance()
      if case .failed(let failure) = engine.state { throw HandshakeFailed(failure: failure) }
    }
    if !last.isEmpty { encrypt(last) }
    try flush()
  }

  func encrypt(_ bytes: [UInt8]) { _ = bytes.withUnsafeBytes { engine.write($0) } }

  func write(_ bytes: [UInt8]) throws {
    encrypt(bytes)
    try flush()
  }

  /// Application bytes; nothing where no more come, by close_notify or by failure.
  func read() throws -> [UInt8]? {
    while true {
      if let bytes = engine.read(maximum: 65_536) { return bytes }
      if engine.peerClosed || engine.state != .established && engine.state != .closing { return nil }
      feed(try socket.receive())
    }
  }

  func readAll() throws -> [UInt8] {
    var all: [UInt8] = []
    while let bytes = try read() { all += bytes }
    return all
  }

  /// Reads until so many bytes are there.
  func read(count: Int) throws -> [UInt8] {
    var all: [UInt8] = []
    while all.count < count, let bytes = try read() { all += bytes }
    return all
  }

  func sayGoodbye() throws {
    engine.closeNotify()
    try flush()
  }

  /// The failure the engine ended with.
  var failure: Failure? {
    if case .failed(let failure) = engine.state { failure } else { nil }
  }

  /// Bytes off the wire; none of them are the end of the stream.
  func feed(_ bytes: [UInt8]) {
    if bytes.isEmpty { return engine.receiveEnd() }
    bytes.withUnsafeBytes { engine.receive($0) }
  }
}
