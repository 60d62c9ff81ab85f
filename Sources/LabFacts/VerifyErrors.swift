/// The numbers that OpenSSL 3 judges certificates with (X509_V_ERR of x509_vfy.h), and their names.
package enum VerifyErrors {
  /// Every number there is but 0, X509_V_OK.
  package static let numbers = 1...names.count

  /// `cert-has-expired` for 10; nil for a number that has no name.
  package static func name(_ number: Int) -> String? {
    numbers.contains(number) ? names[number - 1] : number == 0 ? "ok" : nil
  }

  /// `X509_V_ERR_CERT_HAS_EXPIRED` for 10.
  package static func constant(_ number: Int) -> String? {
    guard number != 0 else { return "X509_V_OK" }
    return name(number).map { prefix + $0.uppercased().map { $0 == "-" ? "_" : String($0) }.joined() }
  }

  /// The number a person means by `10`, `cert-has-expired` or `X509_V_ERR_CERT_HAS_EXPIRED`.
  package static func number(of text: String) -> Int? {
    if let number = Int(text) { return numbers.contains(number) ? number : nil }
    var word = text.lowercased().map { $0 == "_" ? "-" : String($0) }.joined()
    let start = prefix.lowercased().map { $0 == "_" ? "-" : String($0) }.joined()
    if word.hasPrefix(start) { word.removeFirst(start.count) }
    return names.firstIndex(of: word).map { $0 + 1 }
  }

  /// The number that goes with a word, or a failure that names the nearest word.
  package static func parse(_ text: String) throws(Failure) -> Int {
    if let number = number(of: text) { return number }
    var evidence = Evidence()
    evidence.subject = text
    let hint = Spelling.nearest(to: text.lowercased(), among: names).map { " Did you mean \($0)?" }
    throw Failure(
      layer: .setup, code: .setupOther, phase: .setup, decidedBy: .here, evidence: evidence,
      verbatim: [
        "\(Notation.escaped(text)) is no verify error: give a number from 1 to \(names.count) or a name"
          + " such as cert-has-expired.\(hint ?? "")"
      ])
  }

  private static let prefix = "X509_V_ERR_"

  /// The first is number 1.
  private static let names = [
    "unspecified", "unable-to-get-issuer-cert", "unable-to-get-crl", "unable-to-decrypt-cert-signature",
    "unable-to-decrypt-crl-signature", "unable-to-decode-issuer-public-key", "cert-signature-failure",
    "crl-signature-failure", "cert-not-yet-valid", "cert-has-expired", "crl-not-yet-valid",
    "crl-has-expired", "error-in-cert-not-before-field", "error-in-cert-not-after-field",
    "error-in-crl-last-update-field", "error-in-crl-next-update-field", "out-of-mem",
    "depth-zero-self-signed-cert", "self-signed-cert-in-chain", "unable-to-get-issuer-cert-locally",
    "unable-to-verify-leaf-signature", "cert-chain-too-long", "cert-revoked", "no-issuer-public-key",
    "path-length-exceeded", "invalid-purpose", "cert-untrusted", "cert-rejected", "subject-issuer-mismatch",
    "akid-skid-mismatch", "akid-issuer-serial-mismatch", "keyusage-no-certsign", "unable-to-get-crl-issuer",
    "unhandled-critical-extension", "keyusage-no-crl-sign", "unhandled-critical-crl-extension",
    "invalid-non-ca", "proxy-path-length-exceeded", "keyusage-no-digital-signature",
    "proxy-certificates-not-allowed", "invalid-extension", "invalid-policy-extension", "no-explicit-policy",
    "different-crl-scope", "unsupported-extension-feature", "unnested-resource", "permitted-violation",
    "excluded-violation", "subtree-minmax", "application-verification", "unsupported-constraint-type",
    "unsupported-constraint-syntax", "unsupported-name-syntax", "crl-path-validation-error", "path-loop",
    "suite-b-invalid-version", "suite-b-invalid-algorithm", "suite-b-invalid-curve",
    "suite-b-invalid-signature-algorithm", "suite-b-los-not-allowed",
    "suite-b-cannot-sign-p-384-with-p-256", "hostname-mismatch", "email-mismatch", "ip-address-mismatch",
    "dane-no-match", "ee-key-too-small", "ca-key-too-small", "ca-md-too-weak", "invalid-call",
    "store-lookup", "no-valid-scts", "proxy-subject-name-violation", "ocsp-verify-needed",
    "ocsp-verify-failed", "ocsp-cert-unknown", "unsupported-signature-algorithm",
    "signature-algorithm-mismatch", "signature-algorithm-inconsistency", "invalid-ca",
    "pathlen-invalid-for-non-ca", "pathlen-without-ku-key-cert-sign", "ku-key-cert-sign-invalid-for-non-ca",
    "issuer-name-empty", "subject-name-empty", "missing-authority-key-identifier",
    "missing-subject-key-identifier", "empty-subject-alt-name", "empty-subject-san-not-critical",
    "ca-bcons-not-critical", "authority-key-identifier-critical", "subject-key-identifier-critical",
    "ca-cert-missing-key-usage", "extensions-require-version-3", "ec-key-explicit-params",
  ]
}
