import LabFacts

extension MessageReader {
  /// RFC 8446 section 4.4.2, RFC 5246 section 7.4.2.
  mutating func readCertificate() {
    if isVersion13 {
      let start = reader.position
      guard let context = reader.vector(1) else { return }
      mark(start, 1, "request context", "\(context.remaining) bytes")
    }
    guard number(3, "certificates length", named: { "\($0) bytes" }) != nil else { return }
    var subjects: [String] = []
    var sizes: [String] = []
    while let (subject, size) = readOneCertificate() {
      subjects.append(subject)
      sizes.append("\(size)")
    }
    reading.isEmptyCertificate = subjects.isEmpty
    field(.certificates, subjects)
    field(.sizes, sizes)
  }

  private mutating func readOneCertificate() -> (String, Int)? {
    let start = reader.position
    guard let inside = reader.vector(3), !inside.isAtEnd else { return nil }
    let subject = X509Reading.subject(der: inside.bytes[inside.rest])
    mark(start, 1, "certificate", subject)
    if isVersion13 {
      let extensions = reader.position
      guard let list = reader.vector(2) else { return (subject, inside.remaining) }
      mark(extensions, 1, "certificate extensions", "\(list.remaining) bytes")
    }
    return (subject, inside.remaining)
  }

  /// RFC 8446 section 4.3.2, RFC 5246 section 7.4.4.
  mutating func readCertificateRequest() {
    guard !isVersion13 else {
      let start = reader.position
      guard let context = reader.vector(1) else { return }
      mark(start, 1, "request context", "\(context.remaining) bytes")
      return readExtensionList(of: .certificateRequest)
    }
    guard vector(1, "certificate types", value: { $0.numbers(1).map(String.init) }) != nil else { return }
    let schemes = vector(2, "signature algorithms") { $0.numbers(2).map(TLSNames.signatureScheme) }
    field(.signatureAlgorithms, schemes ?? [])
    let authorities = vector(2, "certificate authorities") { $0.distinguishedNames() }
    field(.authorities, authorities ?? [])
  }

  /// RFC 8446 section 4.4.3; the same form in TLS 1.2.
  mutating func readCertificateVerify() { readSignature() }

  /// RFC 8422 section 5.4: a named curve, a public point, a signature. Other key exchanges stay unread.
  mutating func readServerKeyExchange() {
    guard reader.bytes.indices.contains(reader.position), reader.bytes[reader.position] == 3 else { return }
    _ = number(1, "curve type", named: { _ in "named group" })
    guard let group = number(2, "group", named: TLSNames.group) else { return }
    reading.group = group
    field(.group, [TLSNames.group(group)])
    let start = reader.position
    guard let point = reader.vector(1) else { return }
    mark(start, 1, "public key", "\(point.remaining) bytes")
    readSignature()
  }

  /// RFC 8446 section 4.6.1, RFC 5077 section 3.3.
  mutating func readNewSessionTicket() {
    guard let lifetime = number(4, "lifetime", named: { "\($0) s" }) else { return }
    field(.lifetime, ["\(lifetime) s"])
    let start = reader.position
    let count = reader.remaining
    _ = reader.take(count)
    mark(start, 1, "ticket", "\(count) bytes")
  }

  private mutating func readSignature() {
    guard let scheme = number(2, "signature algorithm", named: TLSNames.signatureScheme) else { return }
    field(.signatureAlgorithm, [TLSNames.signatureScheme(scheme)])
    let start = reader.position
    guard let signature = reader.vector(2) else { return }
    mark(start, 1, "signature", "\(signature.remaining) bytes")
    field(.sizes, ["\(signature.remaining)"])
  }
}
