/// Steps over the elements of DER (ITU-T X.690) by their lengths alone.
struct DERWalk {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  /// Where a certificate has its subject (RFC 5280 section 4.1), whole with tag and length. Decoding all of a
  /// certificate takes OpenSSL a hundred times as long, for the sake of its key.
  static func subject(of certificate: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    var outer = DERWalk(certificate)
    guard let content = outer.next(tag: sequence)?.content else { return nil }
    var inner = DERWalk(content)
    guard let signed = inner.next(tag: sequence)?.content else { return nil }
    var fields = DERWalk(signed)
    if fields.rest.first == version { _ = fields.next(tag: version) }
    // serialNumber, signature, issuer, validity
    for tag in [integer, sequence, sequence, sequence] where fields.next(tag: tag) == nil { return nil }
    return fields.next(tag: sequence)?.whole
  }

  private static let sequence: UInt8 = 0x30
  private static let integer: UInt8 = 0x02
  private static let version: UInt8 = 0xa0

  /// The next element, where it has this tag and is all there.
  private mutating func next(tag: UInt8) -> (whole: ArraySlice<UInt8>, content: ArraySlice<UInt8>)? {
    guard rest.first == tag, let first = rest.dropFirst().first else { return nil }
    var header = 2
    var length = Int(first)
    if first >= 0x80 {
      let count = Int(first & 0x7f)
      guard (1...3).contains(count), rest.count >= 2 + count else { return nil }
      header += count
      length = rest.dropFirst(2).prefix(count).reduce(0) { $0 << 8 | Int($1) }
    }
    guard rest.count >= header + length else { return nil }
    let whole = rest.prefix(header + length)
    rest = rest.dropFirst(header + length)
    return (whole, whole.dropFirst(header))
  }
}
