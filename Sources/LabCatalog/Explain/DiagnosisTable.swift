import LabFacts

/// The card that belongs to a bare number, where nothing else about the failure is known.
enum DiagnosisTable {
  /// A reason of libssl.
  static func reason(_ reason: Int) -> FailureCode { reasons[reason] ?? .tlsOther }

  /// A reason of another library of OpenSSL.
  static func reason(_ reason: Int, library: Int) -> FailureCode {
    switch (library, reason) {
    case (11, 116): .badKeyPair
    case (9, 104), (9, 109), (9, 101), (6, 100), (57, 100), (35, 113), (40, _): .keyPassphrase
    case (9, _), (13, _): .badPem
    default: .tlsOther
    }
  }

  /// An alert that a peer sent.
  static func alert(_ number: Int) -> FailureCode { alerts[number] ?? .tlsOther }

  /// An X509_V_ERR number.
  static func verify(_ number: Int) -> FailureCode { verifies[number] ?? .tlsOther }

  static func errno(_ number: Int) -> FailureCode { errnos[number] ?? .socketOther }

  private static let reasons: [Int: FailureCode] = [
    134: .unknownCa, 193: .noSharedCipher, 101: .noSharedParams, 118: .noSharedParams, 295: .noSharedParams,
    410: .noSharedParams, 258: .protocolVersion, 191: .protocolVersion, 234: .missingSni,
    252: .tlsToPlainPort, 267: .tlsToPlainPort, 235: .noAlpnOverlap, 199: .clientCertRequired,
    281: .decryptError, 147: .decryptError, 123: .badSignature, 394: .weakDh, 399: .weakKey, 397: .weakKey,
    398: .weakSignature, 294: .eofInHandshake, 155: .proxySchemeMismatch, 156: .plainToTlsPort,
    244: .malformedHandshake, 245: .malformedHandshake, 443: .malformedHandshake, 205: .malformedHandshake,
    160: .malformedHandshake, 159: .malformedHandshake, 338: .legacyRenegotiation, 339: .legacyRenegotiation,
    185: .badCipherList, 183: .badCipherList, 177: .serverNoCertificate, 179: .serverNoCertificate,
    376: .noSharedParams, 166: .protocolVersion, 396: .protocolVersion, 373: .protocolVersion,
    407: .doubleTls, 223: .pskMismatch, 219: .pskMismatch,
  ]

  private static let alerts: [Int: FailureCode] = [
    10: .malformedHandshake, 20: .decryptError, 21: .decryptError, 22: .malformedHandshake,
    40: .handshakeFailure, 42: .peerRejectedCert, 43: .peerRejectedCert, 44: .peerRejectedCert,
    45: .peerRejectedCert, 46: .peerRejectedCert, 47: .malformedHandshake, 48: .peerUnknownCa,
    49: .peerRejectedCert, 50: .malformedHandshake, 51: .decryptError, 70: .protocolVersion,
    71: .handshakeFailure, 80: .handshakeFailure, 86: .protocolVersion, 100: .legacyRenegotiation,
    109: .malformedHandshake, 110: .malformedHandshake, 112: .missingSni, 115: .pskMismatch,
    116: .clientCertRequired, 120: .noAlpnOverlap,
  ]

  private static let verifies: [Int: FailureCode] = [
    2: .unknownCa, 3: .revocationUnknown, 4: .badSignature, 7: .badSignature, 8: .revocationUnknown,
    9: .notYetValid, 10: .expired, 11: .revocationUnknown, 12: .revocationUnknown, 18: .selfSignedLeaf,
    19: .selfSignedInChain, 20: .unknownCa, 21: .missingIntermediate, 22: .chainTooLong, 23: .revoked,
    24: .caConstraint, 25: .caConstraint, 26: .wrongPurpose, 27: .unknownCa, 28: .unknownCa,
    32: .caConstraint, 33: .revocationUnknown, 37: .caConstraint, 47: .caConstraint, 48: .caConstraint,
    62: .hostnameMismatch, 63: .hostnameMismatch, 64: .hostnameMismatch, 66: .weakKey, 67: .weakKey,
    68: .weakSignature, 79: .caConstraint,
  ]

  private static let errnos: [Int: FailureCode] = [
    1: .blockedLocally, 2: .certFileMissing, 13: .portPrivilege, 22: .badAddress, 23: .tooManyFiles,
    24: .tooManyFiles, 32: .brokenPipe, 97: .badAddress, 98: .addrInUse, 99: .addrNotAvail,
    100: .unreachable, 101: .unreachable, 103: .abortedLocally, 104: .resetByPeer, 110: .timeout,
    111: .refused, 112: .unreachable, 113: .unreachable,
  ]
}
