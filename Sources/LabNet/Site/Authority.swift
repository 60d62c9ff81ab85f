/// A host and a port that are safe to write into a link or a command.
struct Authority: Equatable, Sendable {
  /// A DNS name, an IPv4 address, or an IPv6 address in brackets.
  let host: String
  let port: Int

  var description: String { "\(host):\(port)" }

  /// Reads a Host header (RFC 9110 section 7.2); where it has no port, `port` is meant.
  /// Absent where it is anything but a plain name or address, with or without a port.
  init?(header: String, port: Int) {
    guard let split = Self.split(header), Self.isName(split.host) || Self.isBracketed(split.host) else {
      return nil
    }
    guard let text = split.port else {
      self.init(host: split.host, port: port)
      return
    }
    let isNumber = (1...5).contains(text.utf8.count) && text.utf8.allSatisfy(Self.isDigit)
    guard isNumber, let number = Int(text), (1...65_535).contains(number) else { return nil }
    self.init(host: split.host, port: number)
  }

  init(host: String, port: Int) {
    self.host = host
    self.port = port
  }

  /// Where the visitor thinks this server is. Behind `ssh -L` that is not our own port.
  static func of(_ request: SiteRequest, port: Int) -> Authority {
    let named = request.values("host").first.flatMap { Authority(header: $0, port: port) }
    return named ?? Authority(host: "localhost", port: port)
  }

  /// Is the host an address, not a name? Addresses are never sent as SNI.
  var isAddress: Bool {
    host.hasPrefix("[") || host.utf8.allSatisfy { Self.isDigit($0) || $0 == UInt8(ascii: ".") }
  }

  private static func split(_ header: String) -> (host: String, port: String?)? {
    let hostEnd = header.hasPrefix("[") ? header.firstIndex(of: "]").map(header.index(after:)) : nil
    let colon = header[(hostEnd ?? header.startIndex)...].firstIndex(of: ":")
    guard let colon else { return (header, nil) }
    if let hostEnd, hostEnd != colon { return nil }
    return (String(header[..<colon]), String(header[header.index(after: colon)...]))
  }

  private static func isName(_ host: String) -> Bool {
    (1...253).contains(host.utf8.count)
      && host.utf8.allSatisfy { isLetter($0) || isDigit($0) || $0 == 0x2d || $0 == 0x2e || $0 == 0x5f }
  }

  private static func isBracketed(_ host: String) -> Bool {
    guard host.hasPrefix("["), host.hasSuffix("]"), (4...47).contains(host.utf8.count) else { return false }
    return host.utf8.dropFirst().dropLast().allSatisfy { isHex($0) || $0 == 0x3a || $0 == 0x2e }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
  private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7a).contains(byte | 0x20) }
  private static func isHex(_ byte: UInt8) -> Bool {
    isDigit(byte) || (0x61...0x66).contains(byte | 0x20)
  }
}
