package import LabFacts

/// `HOST:PORT` as CONNECT names its target, and what may stand for a host.
package enum TunnelTarget {
  /// Reads `host:port` or `[address]:port`; the port is required (RFC 9110 section 9.3.6).
  package static func parse(_ text: some StringProtocol) -> Endpoint? {
    guard let colon = text.lastIndex(of: ":"), let port = port(text[text.index(after: colon)...]) else {
      return nil
    }
    let host = text[..<colon]
    if host.hasPrefix("["), host.hasSuffix("]") {
      let address = String(host.dropFirst().dropLast())
      guard case .v6? = IPAddress(address) else { return nil }
      return Endpoint(address, port)
    }
    return isName(host) ? Endpoint(String(host), port) : nil
  }

  /// Can this be looked up, or connected to? A name or an address, without brackets.
  package static func isHost(_ text: some StringProtocol) -> Bool {
    isName(text) || IPAddress(String(text)) != nil
  }

  /// Letters, digits, `-`, `_` and dots. A slash would name a file, and a control character would be obeyed
  /// by whoever reads the line it is put into.
  private static func isName(_ text: some StringProtocol) -> Bool {
    (1...255).contains(text.utf8.count)
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
          true
        default: false
        }
      }
  }

  private static func port(_ text: some StringProtocol) -> Int? {
    guard (1...5).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
      return nil
    }
    return Int(text).flatMap { (1...65535).contains($0) ? $0 : nil }
  }
}
