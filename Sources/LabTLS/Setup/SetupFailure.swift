import COpenSSLSystem
import LabFacts

/// Makes the failures of the setup phase: something named is missing or wrong, and no socket exists yet.
enum SetupFailure {
  static func make(
    _ code: FailureCode, subject: String, errors: [LibraryError] = [], said: [String] = [], errno: Int? = nil
  ) -> Failure {
    var evidence = Evidence()
    evidence.subject = subject
    evidence.library = errors.first?.library
    evidence.reason = errors.first?.reason
    evidence.errno = errno
    return Failure(
      layer: .setup, code: code, phase: .setup, decidedBy: .here, evidence: evidence,
      verbatim: said + errors.map(\.line))
  }

  static func unreadable(_ path: String, _ problem: FileReading.Problem, _ code: FailureCode) -> Failure {
    make(code, subject: path, said: ["\(path): \(problem.text)"], errno: Int(problem.errno))
  }

  /// Of a certificate or key that OpenSSL did not take: which diagnosis do its numbers mean?
  static func loading(_ subject: String, _ errors: [LibraryError]) -> Failure {
    make(errors.lazy.compactMap(diagnosis).first ?? .setupOther, subject: subject, errors: errors)
  }

  private static func diagnosis(_ error: LibraryError) -> FailureCode? {
    switch (Int32(error.library), Int32(error.reason)) {
    case (ERR_LIB_X509, X509_R_KEY_VALUES_MISMATCH), (ERR_LIB_X509, X509_R_KEY_TYPE_MISMATCH),
      (ERR_LIB_SSL, SSL_R_NO_PRIVATE_KEY_ASSIGNED), (ERR_LIB_SSL, SSL_R_NO_CERTIFICATE_ASSIGNED):
      .badKeyPair
    case (ERR_LIB_SSL, SSL_R_EE_KEY_TOO_SMALL), (ERR_LIB_SSL, SSL_R_CA_KEY_TOO_SMALL): .weakKey
    case (ERR_LIB_SSL, SSL_R_CA_MD_TOO_WEAK): .weakSignature
    case (ERR_LIB_SSL, SSL_R_DH_KEY_TOO_SMALL): .weakDh
    case (ERR_LIB_PEM, PEM_R_BAD_PASSWORD_READ), (ERR_LIB_PEM, PEM_R_BAD_DECRYPT),
      (ERR_LIB_EVP, EVP_R_BAD_DECRYPT), (ERR_LIB_PROV, 100),
      (ERR_LIB_PKCS12, PKCS12_R_PKCS12_CIPHERFINAL_ERROR):
      .keyPassphrase
    case (ERR_LIB_PEM, _), (ERR_LIB_ASN1, _), (ERR_LIB_OSSL_DECODER, _): .badPem
    default: nil
    }
  }
}
