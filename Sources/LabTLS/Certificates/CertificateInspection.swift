import COpenSSLSystem
package import LabFacts

/// Looks at certificates outside any handshake.
package enum CertificateInspection {
  /// What a leaf certificate is meant for.
  package struct Question: Equatable, Sendable {
    package var purpose: Side?
    /// A DNS name or IP address it should carry.
    package var name: String?
    /// The key that should belong to it.
    package var key: PEMSource?
    package var passphrase: String?
    /// Seconds since 1970 UTC.
    package var date: Int64

    package init(
      purpose: Side? = nil, name: String? = nil, key: PEMSource? = nil, passphrase: String? = nil, date: Int64
    ) {
      self.purpose = purpose
      self.name = name
      self.key = key
      self.passphrase = passphrase
      self.date = date
    }
  }

  /// A report on each certificate of a source, in order. The first is taken for the leaf, the others for its chain.
  package static func reports(
    _ source: PEMSource, _ question: Question
  ) throws(Failure) -> [CertificateReport] {
    guard OpenSSLLibrary.started else { throw SetupFailure.make(.noTlsSupport, subject: "OpenSSL") }
    let text = try PEMReading.text(source, missing: .certFileMissing)
    var certificates = try PEMReading.certificates(text, name: source.name)
    let leaf = certificates.removeFirst()
    var problems = leafProblems(leaf, question)
    if let key = question.key {
      let text = try PEMReading.text(key, missing: .certFileMissing)
      let secret = try PEMReading.key(text, name: key.name, passphrase: question.passphrase)
      let matches = ErrorQueue.aside { X509_check_private_key(leaf.pointer, secret.pointer) } == 1
      if !matches { problems.append(.keyMismatch) }
    }
    return [CertificateReport(summary: X509Reading.summary(leaf.pointer), problems: problems)]
      + certificates.map { chained($0, question) }
  }

  /// OpenSSL's text form of each certificate of a source, safe to print.
  package static func texts(_ source: PEMSource) throws(Failure) -> [String] {
    guard OpenSSLLibrary.started else { throw SetupFailure.make(.noTlsSupport, subject: "OpenSSL") }
    let text = try PEMReading.text(source, missing: .certFileMissing)
    return try PEMReading.certificates(text, name: source.name).map { X509Reading.fullText($0.pointer) }
  }

  /// What each revocation list of a source says of itself.
  package static func revocations(_ source: PEMSource) throws(Failure) -> [RevocationSummary] {
    guard OpenSSLLibrary.started else { throw SetupFailure.make(.noTlsSupport, subject: "OpenSSL") }
    return try RevocationReading.lists(source).map { RevocationReading.summary($0, source: source.name) }
  }

  /// Each revocation list of a source in PEM, and nothing else that stands there.
  package static func revocationPEM(_ source: PEMSource) throws(Failure) -> [UInt8] {
    guard OpenSSLLibrary.started else { throw SetupFailure.make(.noTlsSupport, subject: "OpenSSL") }
    return try RevocationReading.lists(source).flatMap(RevocationReading.pem)
  }

  private static func chained(_ certificate: Certificate, _ question: Question) -> CertificateReport {
    let summary = X509Reading.summary(certificate.pointer)
    var problems = commonProblems(certificate.pointer, question.date)
    if !summary.isAuthority { problems.append(.isNoAuthority) }
    return CertificateReport(summary: summary, problems: problems)
  }

  private static func leafProblems(_ leaf: Certificate, _ question: Question) -> [CertificateReport.Problem] {
    ErrorQueue.aside {
      let summary = X509Reading.summary(leaf.pointer)
      var problems = commonProblems(leaf.pointer, question.date)
      if summary.isAuthority { problems.append(.isAuthority) }
      if summary.isSelfSigned, !summary.isAuthority { problems.append(.selfSigned) }
      if summary.names.isEmpty, !summary.isAuthority, question.purpose != .client {
        problems.append(.noNames)
      }
      if let name = question.name, !carries(leaf.pointer, name) { problems.append(.otherName) }
      if let purpose = question.purpose, !summary.isAuthority, !serves(leaf.pointer, purpose) {
        problems.append(.wrongPurpose)
      }
      if question.purpose == .server, !summary.isAuthority, days(leaf.pointer) > browserDays {
        problems.append(.livesTooLong)
      }
      return problems
    }
  }

  private static let browserDays: Int64 = 398

  private static func commonProblems(_ certificate: OpaquePointer, _ date: Int64) -> [CertificateReport
    .Problem]
  {
    var problems: [CertificateReport.Problem] = []
    if let last = UTCTime.seconds(X509_get0_notAfter(certificate)), last < date { problems.append(.expired) }
    if let first = UTCTime.seconds(X509_get0_notBefore(certificate)), first > date {
      problems.append(.notYetValid)
    }
    if let key = X509_get0_pubkey(certificate), EVP_PKEY_get_security_bits(key) < safeBits {
      problems.append(.weakKey)
    }
    var bits: Int32 = 0
    // Nobody relies on the signature of a certificate over itself.
    if X509_self_signed(certificate, 0) != 1, X509_get_signature_info(certificate, nil, nil, &bits, nil) == 1,
      bits < safeBits
    {
      problems.append(.weakSignature)
    }
    return problems
  }

  /// What OpenSSL's security level 2 asks for: RSA 2048, EC 224, SHA-224.
  private static let safeBits: Int32 = 112

  private static func carries(_ certificate: OpaquePointer, _ name: String) -> Bool {
    if IPAddress(name) != nil { return X509_check_ip_asc(certificate, name, 0) == 1 }
    let flags = UInt32(X509_CHECK_FLAG_NEVER_CHECK_SUBJECT)
    return X509_check_host(certificate, name, name.utf8.count, flags, nil) == 1
  }

  private static func serves(_ certificate: OpaquePointer, _ purpose: Side) -> Bool {
    let number = purpose == .server ? X509_PURPOSE_SSL_SERVER : X509_PURPOSE_SSL_CLIENT
    return X509_check_purpose(certificate, number, 0) == 1
  }

  private static func days(_ certificate: OpaquePointer) -> Int64 {
    guard let first = UTCTime.seconds(X509_get0_notBefore(certificate)),
      let last = UTCTime.seconds(X509_get0_notAfter(certificate))
    else { return 0 }
    return (last - first) / secondsPerDay
  }
}
