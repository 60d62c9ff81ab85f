import LabFacts

/// What one handshake message says: fields for people, labelled bytes, and the few numbers the trace needs.
struct MessageReading {
  var fields: [HandshakeField] = []
  /// Depth 1: parts of the message, with its 4-byte header; depth 2: parts of an extension.
  var ranges: [LabelledRange] = []
  /// The version a ServerHello chose.
  var version: Int?
  /// The key-exchange group that was chosen.
  var group: Int?
  /// The name a ClientHello asked for.
  var serverName: String?
  var isRetryRequest = false
  /// A Certificate message without certificates.
  var isEmptyCertificate = false
}

/// Reads one handshake message (RFC 8446 section 4, RFC 5246 section 7.4). Never fails: it reads as far as
/// the bytes make sense.
struct MessageReader {
  var reader: ByteReader
  var reading = MessageReading()
  /// TLS 1.3 and 1.2 share message types whose bodies differ.
  let isVersion13: Bool

  /// `bytes` hold one message from `range.lowerBound` on, header included.
  static func read(_ bytes: [UInt8], _ range: Range<Int>? = nil, isVersion13: Bool) -> MessageReading {
    var parser = MessageReader(
      reader: ByteReader(bytes, range ?? 0..<bytes.count), isVersion13: isVersion13)
    parser.readMessage()
    return parser.reading
  }

  private mutating func readMessage() {
    guard let type = number(1, "message type", named: TLSNames.handshakeType) else { return }
    guard number(3, "message length", named: { "\($0) bytes" }) != nil else { return }
    switch type {
    case 1: readClientHello()
    case 2: readServerHello()
    case 4: readNewSessionTicket()
    case 8: readExtensionList(of: .encryptedExtensions)
    case 11: readCertificate()
    case 12: readServerKeyExchange()
    case 13: readCertificateRequest()
    case 15: readCertificateVerify()
    default: readOpaque()
    }
  }

  // MARK: Building blocks

  /// A number that gets a label.
  mutating func number(
    _ width: Int, _ label: String, depth: Int = 1, named: (Int) -> String = { String($0) }
  ) -> Int? {
    let start = reader.position
    guard let value = reader.number(width) else { return nil }
    mark(start, depth, label, named(value))
    return value
  }

  /// A vector whose length and content get one label.
  mutating func vector(_ width: Int, _ label: String, value: (inout ByteReader) -> [String]) -> [String]? {
    let start = reader.position
    guard var inside = reader.vector(width) else { return nil }
    let values = value(&inside)
    mark(start, 1, label, values.joined(separator: ", "))
    return values
  }

  /// Labels what was read since `start`.
  mutating func mark(_ start: Int, _ depth: Int, _ label: String, _ value: String? = nil) {
    reading.ranges.append(LabelledRange(start, reader.position - start, depth: depth, label, value))
  }

  mutating func field(_ name: HandshakeField.Name, _ values: [String]) {
    guard !values.isEmpty else { return }
    reading.fields.append(HandshakeField(name, values))
  }

  func hex(_ range: Range<Int>) -> String { Notation.hex(reader.bytes[range], separator: "") }

  private mutating func readOpaque() {
    guard !reader.isAtEnd else { return }
    let start = reader.position
    let count = reader.remaining
    _ = reader.take(count)
    mark(start, 1, "content", "\(count) bytes")
    field(.sizes, ["\(count)"])
  }
}
