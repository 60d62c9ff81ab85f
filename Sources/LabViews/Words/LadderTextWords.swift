import LabFacts

/// The longer rows of a ladder in text.
enum LadderTextWords {
  static func agreed(_ agreed: Negotiated) -> String {
    var parts = [agreed.versionName, agreed.suite]
    if let group = agreed.group { parts.append(group) }
    parts.append("\(agreed.bits) bits")
    if let alpn = agreed.alpn { parts.append("ALPN \(Notation.escaped(alpn))") }
    if agreed.resumed { parts.append("resumed: no certificate was sent again") }
    return parts.joined(separator: ", ")
  }

  /// The peer's certificates with all a person compares, and the verdict at the end.
  static func chain(_ verification: Verification) -> [(label: String, text: String)] {
    guard let leaf = verification.chain.first else { return [("certificate", "none came")] }
    var rows = certificate(leaf, number: 0)
    for (number, above) in verification.chain.enumerated().dropFirst() {
      rows += [
        ("", "\(number)  \(above.subject), signed by \(above.issuer)"),
        ("", "   until \(above.notAfter), serial \(above.serial)"),
      ]
    }
    return rows + [("verdict", VerifyWords.verdict(verification, side: .client)), ("", "OpenSSL: \(verification.text)")]
  }

  private static func certificate(
    _ certificate: CertificateSummary, number: Int
  ) -> [(label: String, text: String)] {
    [
      ("certificate", "\(number)  \(certificate.subject), signed by \(certificate.issuer)"),
      ("", "   names \(certificate.names.isEmpty ? "none" : certificate.names.joined(separator: ", "))"),
      ("", "   from \(certificate.notBefore) until \(certificate.notAfter)"),
      ("", "   serial \(certificate.serial)"),
      ("", "   key \(certificate.key), SHA-256 \(certificate.fingerprint)"),
    ]
  }

  static func weakened(_ codes: [Int]) -> String {
    let names = codes.map { code in "\(code)\(VerifyErrors.name(code).map { " \($0)" } ?? "")" }
    return "verify errors are forgiven: \(names.joined(separator: ", ")). This proves less than it seems to."
  }

  static func closed(_ closing: Fact.Closing) -> String {
    let first = closing.by == .peer ? "the peer first" : closing.by == .here ? "this end first" : "the kernel"
    let traffic = closing.traffic
    return
      "\(FailureWords.closing(closing)), \(first); sent \(bytes(traffic.dataSent)), received \(bytes(traffic.dataReceived))"
  }

  static func bytes(_ count: Int) -> String { count == 1 ? "1 byte" : "\(count) bytes" }
}
