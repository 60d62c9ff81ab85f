/// The words that libraries put in place of a number: OpenSSL's for its verdicts on certificates
/// (X509_verify_cert_error_string), the C library's for errno (strerror). Lines of logs often have no more.
enum ErrorTexts {
  /// The verdict a line tells in words.
  static func verify(in line: String) -> Int? { number(in: line, verifies) }

  /// The errno a line tells in words.
  static func errno(in line: String) -> Int? { number(in: line, errnos) }

  /// The longest text counts: one may be the beginning of another.
  private static func number(in line: String, _ table: [(text: String, number: Int)]) -> Int? {
    let line = line.lowercased()
    return table.filter { line.contains($0.text) }.max { $0.text.count < $1.text.count }?.number
  }

  /// Releases before OpenSSL 3 write `self signed`.
  private static let verifies: [(text: String, number: Int)] = [
    ("unable to get issuer certificate", 2), ("unable to get certificate crl", 3),
    ("certificate signature failure", 7), ("certificate is not yet valid", 9),
    ("certificate has expired", 10), ("crl has expired", 12), ("self-signed certificate", 18),
    ("self signed certificate", 18), ("self-signed certificate in certificate chain", 19),
    ("self signed certificate in certificate chain", 19), ("unable to get local issuer certificate", 20),
    ("unable to verify the first certificate", 21), ("certificate chain too long", 22),
    ("certificate revoked", 23), ("unsuitable certificate purpose", 26),
    ("unsupported certificate purpose", 26), ("hostname mismatch", 62), ("ip address mismatch", 64),
  ]

  private static let errnos: [(text: String, number: Int)] = [
    ("permission denied", 13), ("too many open files", 24), ("broken pipe", 32),
    ("address already in use", 98), ("cannot assign requested address", 99), ("network is unreachable", 101),
    ("software caused connection abort", 103), ("connection reset by peer", 104),
    ("connection timed out", 110), ("connection refused", 111), ("host is down", 112),
    ("no route to host", 113),
  ]
}
