import LabFacts

extension MessageReader {
  /// RFC 8446 section 4.1.2.
  mutating func readClientHello() {
    guard readVersionAndRandom(), readSessionID() else { return }
    let suites = vector(2, "cipher suites") { $0.numbers(2).map(TLSNames.suite) }
    guard let suites else { return }
    field(.suites, suites)
    let methods = vector(1, "compression methods") { $0.numbers(1).map { $0 == 0 ? "none" : "\($0)" } }
    guard methods != nil else { return }
    readExtensionList(of: .clientHello)
  }

  /// RFC 8446 section 4.1.3; a HelloRetryRequest is a ServerHello with a fixed random (4.1.4).
  mutating func readServerHello() {
    let random = reader.position + 2
    guard let version = number(2, "version", named: TLSNames.version) else { return }
    field(.legacyVersion, [TLSNames.version(version)])
    reading.version = version
    guard readRandom(), readSessionID() else { return }
    reading.isRetryRequest = reader.bytes[random..<random + 32].elementsEqual(MessageReader.retryRandom)
    guard let suite = number(2, "cipher suite", named: TLSNames.suite) else { return }
    field(.suite, [TLSNames.suite(suite)])
    guard number(1, "compression method", named: { $0 == 0 ? "none" : "\($0)" }) != nil else { return }
    readExtensionList(of: reading.isRetryRequest ? .retryRequest : .serverHello)
    if reading.isRetryRequest { field(.retryRequest, reading.group.map { [TLSNames.group($0)] } ?? ["yes"]) }
  }

  private mutating func readVersionAndRandom() -> Bool {
    guard let version = number(2, "version", named: TLSNames.version) else { return false }
    field(.legacyVersion, [TLSNames.version(version)])
    return readRandom()
  }

  private mutating func readRandom() -> Bool {
    let start = reader.position
    guard let random = reader.take(32) else { return false }
    mark(start, 1, "random", hex(random))
    field(.random, [hex(random)])
    return true
  }

  private mutating func readSessionID() -> Bool {
    let start = reader.position
    guard let inside = reader.vector(1) else { return false }
    mark(start, 1, "session id", inside.rest.isEmpty ? "none" : hex(inside.rest))
    if !inside.rest.isEmpty { field(.sessionID, [hex(inside.rest)]) }
    return true
  }

  /// SHA-256 of "HelloRetryRequest".
  private static let retryRandom: [UInt8] = [
    0xcf, 0x21, 0xad, 0x74, 0xe5, 0x9a, 0x61, 0x11, 0xbe, 0x1d, 0x8c, 0x02, 0x1e, 0x65, 0xb8, 0x91,
    0xc2, 0xa2, 0x11, 0x16, 0x7a, 0xbb, 0x8c, 0x5e, 0x07, 0x9e, 0x09, 0xe2, 0xc8, 0xa8, 0x33, 0x9c,
  ]
}
