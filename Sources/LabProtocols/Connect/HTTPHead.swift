/// The start line and the headers of an HTTP/1 message, read from bytes cut anywhere.
///
/// Own code and no library's: the parser at hand (NIOHTTP1's) is a channel handler of the socket layer, goes on
/// to read a body, and gives no clean end of the head to start a tunnel at. A head is lines; this reads lines.
struct HTTPHead: Equatable, Sendable {
  let startLine: String
  let headers: [(name: String, value: String)]

  /// The first header of this name, in any case.
  func value(of name: String) -> String? {
    headers.first { $0.name.lowercased() == name.lowercased() }?.value
  }

  static func == (a: HTTPHead, b: HTTPHead) -> Bool {
    a.startLine == b.startLine && a.headers.elementsEqual(b.headers) { $0 == $1 }
  }
}

/// Reads one `HTTPHead`.
struct HTTPHeadReader: Sendable {
  enum Outcome: Equatable, Sendable {
    case needsMore
    /// All of the head, and the bytes after it.
    case head(HTTPHead, rest: [UInt8])
    case malformed
    case tooLong
  }

  /// 64 KiB; more than any server takes, and little enough to hold for each client.
  static let limit = 65536
  /// The evidence of `tooLong`.
  static let tooLong = "a head of more than \(limit) bytes"

  private var line: [UInt8] = []
  private var startLine: String?
  private var headers: [(name: String, value: String)] = []
  private var count = 0

  /// Reads on. After any outcome but `needsMore` the reader is used up.
  mutating func read(_ bytes: [UInt8]) -> Outcome {
    for (index, byte) in bytes.enumerated() {
      count += 1
      guard count <= HTTPHeadReader.limit else { return .tooLong }
      guard byte == UInt8(ascii: "\n") else {
        guard HTTPHeadReader.mayStand(byte, after: line.last) else { return .malformed }
        line.append(byte)
        continue
      }
      switch finishLine() {
      case .needsMore: continue
      case .malformed: return .malformed
      case .tooLong: return .tooLong
      case .head(let head, _): return .head(head, rest: Array(bytes[(index + 1)...]))
      }
    }
    return .needsMore
  }

  /// A line ends with CRLF; a bare LF is taken too (RFC 9112 section 2.2), for people who type.
  private mutating func finishLine() -> Outcome {
    if line.last == UInt8(ascii: "\r") { line.removeLast() }
    defer { line = [] }
    guard let startLine else {
      self.startLine = String(decoding: line, as: UTF8.self)
      return line.isEmpty ? .malformed : .needsMore
    }
    if line.isEmpty { return .head(HTTPHead(startLine: startLine, headers: headers), rest: []) }
    guard let header = HTTPHeadReader.header(line) else { return .malformed }
    headers.append(header)
    return .needsMore
  }

  /// No control characters, except a tab, and CR right before LF. Found at once, so that a client of another
  /// protocol is not asked to go on.
  private static func mayStand(_ byte: UInt8, after last: UInt8?) -> Bool {
    guard last != UInt8(ascii: "\r") else { return false }
    return (byte >= 0x20 && byte != 0x7f) || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
  }

  /// `Name: value`. No space before the colon, and no folded lines (RFC 9112 sections 5.1 and 5.2).
  private static func header(_ line: [UInt8]) -> (name: String, value: String)? {
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > 0 else { return nil }
    let name = line[..<colon]
    guard name.allSatisfy({ $0 > 0x20 }) else { return nil }
    let isBlank: (UInt8) -> Bool = { $0 == 0x20 || $0 == UInt8(ascii: "\t") }
    var value = line[(colon + 1)...].drop(while: isBlank)
    while let last = value.last, isBlank(last) { value.removeLast() }
    return (String(decoding: name, as: UTF8.self), String(decoding: value, as: UTF8.self))
  }
}
