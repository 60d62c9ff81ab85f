import LabFacts

/// A host and a port as SOCKS 5 writes them: type, address, port (RFC 1928 section 5).
enum SocksAddress {
  enum Reading: Equatable {
    case needsMore
    /// Where to, and how many bytes that took.
    case target(Endpoint, length: Int)
    case unknownType
  }

  private static let v4: UInt8 = 1
  private static let name: UInt8 = 3
  private static let v6: UInt8 = 4

  /// Writes the target. A name is written as a name; nothing where it, or the port, does not fit.
  static func write(_ target: Endpoint) -> [UInt8]? {
    guard let port = port(target.port) else { return nil }
    switch IPAddress(target.host) {
    case .v4(let bytes): return [v4] + bytes + port
    case .v6(let bytes): return [v6] + bytes + port
    case nil:
      guard TunnelTarget.isHost(target.host) else { return nil }
      let text = Array(target.host.utf8)
      return [name, UInt8(text.count)] + text + port
    }
  }

  /// Reads from the type on. A name is taken as it is, whatever it holds.
  static func read(_ bytes: some Collection<UInt8>) -> Reading {
    let bytes = Array(bytes)
    guard let type = bytes.first else { return .needsMore }
    switch type {
    case v4: return read(bytes, from: 1, count: 4) { IPAddress($0)?.text }
    case v6: return read(bytes, from: 1, count: 16) { IPAddress($0)?.text }
    case name:
      guard bytes.count > 1 else { return .needsMore }
      return read(bytes, from: 2, count: Int(bytes[1])) { String(decoding: $0, as: UTF8.self) }
    default: return .unknownType
    }
  }

  /// A port in network order.
  static func port(_ port: Int) -> [UInt8]? {
    guard let port = UInt16(exactly: port), port > 0 else { return nil }
    return [UInt8(port >> 8), UInt8(port & 0xff)]
  }

  private static func read(
    _ bytes: [UInt8], from start: Int, count: Int, host: ([UInt8]) -> String?
  ) -> Reading {
    let end = start + count
    guard bytes.count >= end + 2 else { return .needsMore }
    guard let host = host(Array(bytes[start..<end])) else { return .unknownType }
    return .target(Endpoint(host, Int(bytes[end]) << 8 | Int(bytes[end + 1])), length: end + 2)
  }
}
