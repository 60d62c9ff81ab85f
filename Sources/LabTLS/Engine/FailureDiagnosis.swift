import COpenSSLSystem
import LabFacts

/// From OpenSSL's numbers to a diagnosis. Texts are never looked at.
enum FailureDiagnosis {
  /// What is known when an operation fails.
  struct Situation {
    var side: Side
    var phase: Phase
    var error: LibraryError?
    /// X509_V_ERR of the verification, where there was one.
    var verify: Int?
    var alertSent: Alert?
    var alertReceived: Alert?
    /// The peer's first bytes can't be a TLS record.
    var peerIsNotTLS = false
    /// The peer is inside TLS already, or begins it again.
    var peerHasTLS = false
    var hasIdentity = true
    var sentCertificate = false
    /// Certificates the peer sent.
    var chainCount = 0
    /// The lone leaf names a trusted CA above its missing issuer.
    var leafPointsToTrusted = false
    /// This end is done with its handshake, and nothing says yet that the peer is too.
    var peerMayStillShake = false
  }

  static func diagnose(_ situation: Situation) -> (code: FailureCode, decidedBy: Failure.Decider) {
    if let number = receivedAlert(situation) {
      return (received(number, situation), .peer)
    }
    return (decidedHere(situation), .here)
  }

  /// libssl adds the number of a received alert to 1000.
  static let alertOffset = Int(SSL_AD_REASON_OFFSET)

  private static func receivedAlert(_ situation: Situation) -> Int? {
    guard let error = situation.error, error.library == LibraryError.ssl, !isCommon(error.reason) else {
      return nil
    }
    if error.reason >= alertOffset { return error.reason - alertOffset }
    // Some releases give a received alert another reason number; the callback saw it all the same.
    guard let alert = situation.alertReceived, alert.level == .fatal, situation.alertSent == nil else {
      return nil
    }
    return alert.number
  }

  /// ERR_R_INTERNAL_ERROR and the like: reasons with ERR_RFLAG_COMMON set (openssl/err.h).
  private static func isCommon(_ reason: Int) -> Bool { reason & (0x2 << 18) != 0 }

  /// An alert that the peer sent.
  static func received(_ number: Int, _ situation: Situation) -> FailureCode {
    switch Int32(number) {
    case SSL_AD_UNKNOWN_CA:
      situation.side == .client && situation.sentCertificate ? .clientCertRejected : .peerUnknownCa
    case SSL_AD_BAD_CERTIFICATE, SSL_AD_UNSUPPORTED_CERTIFICATE, SSL_AD_CERTIFICATE_REVOKED,
      SSL_AD_CERTIFICATE_EXPIRED, SSL_AD_CERTIFICATE_UNKNOWN, SSL_AD_ACCESS_DENIED:
      situation.side == .client && situation.sentCertificate ? .clientCertRejected : .peerRejectedCert
    case TLS13_AD_CERTIFICATE_REQUIRED: .clientCertRequired
    case SSL_AD_HANDSHAKE_FAILURE, SSL_AD_INTERNAL_ERROR, SSL_AD_INSUFFICIENT_SECURITY: .handshakeFailure
    case SSL_AD_PROTOCOL_VERSION, SSL_AD_INAPPROPRIATE_FALLBACK: .protocolVersion
    case SSL_AD_UNRECOGNIZED_NAME: .missingSni
    case SSL_AD_NO_APPLICATION_PROTOCOL: .noAlpnOverlap
    case SSL_AD_BAD_RECORD_MAC, SSL_AD_DECRYPTION_FAILED, SSL_AD_DECRYPT_ERROR: .decryptError
    case SSL_AD_UNKNOWN_PSK_IDENTITY: .pskMismatch
    case SSL_AD_NO_RENEGOTIATION: .legacyRenegotiation
    // What OpenSSL says to a stream that ended without close_notify, once the handshake is behind both.
    case SSL_AD_DECODE_ERROR where !isHandshake(situation.phase) && !situation.peerMayStillShake:
      .eofWithoutCloseNotify
    case SSL_AD_UNEXPECTED_MESSAGE, SSL_AD_ILLEGAL_PARAMETER, SSL_AD_DECODE_ERROR, SSL_AD_RECORD_OVERFLOW,
      TLS13_AD_MISSING_EXTENSION, SSL_AD_UNSUPPORTED_EXTENSION:
      .malformedHandshake
    default: .tlsOther
    }
  }

  private static func decidedHere(_ situation: Situation) -> FailureCode {
    if situation.peerHasTLS { return .doubleTls }
    if situation.phase == .handshakeStart, situation.peerIsNotTLS {
      if situation.error?.reason == Int(SSL_R_HTTPS_PROXY_REQUEST) { return .proxySchemeMismatch }
      return wrongPort(situation.side)
    }
    guard let error = situation.error, error.library == LibraryError.ssl else {
      return alertFallback(situation)
    }
    return ours(Int32(error.reason), situation) ?? alertFallback(situation)
  }

  private static func wrongPort(_ side: Side) -> FailureCode {
    side == .client ? .tlsToPlainPort : .plainToTlsPort
  }

  /// A reason of libssl.
  private static func ours(_ reason: Int32, _ situation: Situation) -> FailureCode? {
    switch reason {
    case SSL_R_CERTIFICATE_VERIFY_FAILED: certificate(situation)
    case SSL_R_NO_SHARED_CIPHER: situation.hasIdentity ? .noSharedCipher : .serverNoCertificate
    case SSL_R_NO_SUITABLE_KEY_SHARE, SSL_R_NO_SUITABLE_GROUPS, SSL_R_NO_SHARED_GROUPS,
      SSL_R_NO_SUITABLE_SIGNATURE_ALGORITHM, SSL_R_NO_SHARED_SIGNATURE_ALGORITHMS, SSL_R_WRONG_SIGNATURE_TYPE,
      SSL_R_WRONG_CURVE:
      .noSharedParams
    case SSL_R_UNSUPPORTED_PROTOCOL, SSL_R_NO_PROTOCOLS_AVAILABLE, SSL_R_VERSION_TOO_LOW,
      SSL_R_VERSION_TOO_HIGH, SSL_R_UNSUPPORTED_SSL_VERSION, SSL_R_WRONG_SSL_VERSION,
      SSL_R_INAPPROPRIATE_FALLBACK:
      .protocolVersion
    case SSL_R_CALLBACK_FAILED: .missingSni
    case SSL_R_NO_APPLICATION_PROTOCOL: .noAlpnOverlap
    case SSL_R_PEER_DID_NOT_RETURN_A_CERTIFICATE: .clientCertRequired
    case SSL_R_DECRYPTION_FAILED_OR_BAD_RECORD_MAC, SSL_R_DECRYPTION_FAILED, SSL_R_DIGEST_CHECK_FAILED:
      .decryptError
    case SSL_R_BAD_SIGNATURE: .badSignature
    case SSL_R_DH_KEY_TOO_SMALL: .weakDh
    case SSL_R_EE_KEY_TOO_SMALL, SSL_R_CA_KEY_TOO_SMALL: .weakKey
    case SSL_R_CA_MD_TOO_WEAK: .weakSignature
    case SSL_R_UNEXPECTED_EOF_WHILE_READING:
      isHandshake(situation.phase) ? .eofInHandshake : .eofWithoutCloseNotify
    case SSL_R_HTTPS_PROXY_REQUEST: .proxySchemeMismatch
    case SSL_R_HTTP_REQUEST: .plainToTlsPort
    case SSL_R_WRONG_VERSION_NUMBER, SSL_R_UNEXPECTED_MESSAGE, SSL_R_UNEXPECTED_RECORD,
      SSL_R_BAD_RECORD_TYPE:
      // Its own ClientHello, sent back by an echo server, looks to a client like TLS gone wrong.
      situation.side == .client && situation.phase == .handshakeStart ? .tlsToPlainPort : .malformedHandshake
    case SSL_R_UNSAFE_LEGACY_RENEGOTIATION_DISABLED, SSL_R_NO_RENEGOTIATION: .legacyRenegotiation
    case SSL_R_BAD_PSK, SSL_R_PSK_IDENTITY_NOT_FOUND: .pskMismatch
    default: nil
    }
  }

  /// Where no reason is known, the alert this end sent says what it thought.
  private static func alertFallback(_ situation: Situation) -> FailureCode {
    guard let alert = situation.alertSent else { return .tlsOther }
    switch Int32(alert.number) {
    case SSL_AD_UNEXPECTED_MESSAGE, SSL_AD_ILLEGAL_PARAMETER, SSL_AD_DECODE_ERROR, SSL_AD_RECORD_OVERFLOW,
      TLS13_AD_MISSING_EXTENSION, SSL_AD_UNSUPPORTED_EXTENSION:
      return .malformedHandshake
    case SSL_AD_BAD_RECORD_MAC, SSL_AD_DECRYPT_ERROR: return .decryptError
    case SSL_AD_PROTOCOL_VERSION: return .protocolVersion
    case SSL_AD_HANDSHAKE_FAILURE: return .handshakeFailure
    default: return .tlsOther
    }
  }

  private static func isHandshake(_ phase: Phase) -> Bool { phase.isCovered(by: "handshake") }

  /// A certificate that was refused, by its X509_V_ERR number.
  static func certificate(_ situation: Situation) -> FailureCode {
    switch Int32(situation.verify ?? 0) {
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT, X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
      situation.chainCount == 1 && situation.leafPointsToTrusted ? .missingIntermediate : .unknownCa
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE: .missingIntermediate
    case X509_V_ERR_CERT_UNTRUSTED, X509_V_ERR_CERT_REJECTED: .unknownCa
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT: .selfSignedLeaf
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN: .selfSignedInChain
    case X509_V_ERR_CERT_HAS_EXPIRED: .expired
    case X509_V_ERR_CERT_NOT_YET_VALID: .notYetValid
    case X509_V_ERR_HOSTNAME_MISMATCH, X509_V_ERR_EMAIL_MISMATCH, X509_V_ERR_IP_ADDRESS_MISMATCH:
      .hostnameMismatch
    case X509_V_ERR_CERT_REVOKED: .revoked
    case X509_V_ERR_UNABLE_TO_GET_CRL, X509_V_ERR_UNABLE_TO_GET_CRL_ISSUER, X509_V_ERR_CRL_NOT_YET_VALID,
      X509_V_ERR_CRL_HAS_EXPIRED, X509_V_ERR_CRL_SIGNATURE_FAILURE:
      .revocationUnknown
    case X509_V_ERR_INVALID_PURPOSE: .wrongPurpose
    case X509_V_ERR_CERT_CHAIN_TOO_LONG: .chainTooLong
    case X509_V_ERR_INVALID_CA, X509_V_ERR_PATH_LENGTH_EXCEEDED, X509_V_ERR_KEYUSAGE_NO_CERTSIGN,
      X509_V_ERR_PERMITTED_VIOLATION, X509_V_ERR_EXCLUDED_VIOLATION, X509_V_ERR_SUBTREE_MINMAX,
      X509_V_ERR_UNSUPPORTED_CONSTRAINT_TYPE, X509_V_ERR_UNSUPPORTED_CONSTRAINT_SYNTAX,
      X509_V_ERR_UNSUPPORTED_NAME_SYNTAX, X509_V_ERR_INVALID_NON_CA:
      .caConstraint
    case X509_V_ERR_EE_KEY_TOO_SMALL, X509_V_ERR_CA_KEY_TOO_SMALL: .weakKey
    case X509_V_ERR_CA_MD_TOO_WEAK: .weakSignature
    case X509_V_ERR_CERT_SIGNATURE_FAILURE, X509_V_ERR_UNABLE_TO_DECRYPT_CERT_SIGNATURE: .badSignature
    default: .tlsOther
    }
  }
}
