import LabFacts
import Testing

@testable import LabTLS

/// The tables from OpenSSL's numbers to diagnoses.
struct FailureDiagnosisTests {
  @Test(arguments: [
    (10, FailureCode.malformedHandshake), (20, .decryptError), (22, .malformedHandshake),
    (40, .handshakeFailure), (42, .peerRejectedCert), (43, .peerRejectedCert), (44, .peerRejectedCert),
    (45, .peerRejectedCert), (46, .peerRejectedCert), (47, .malformedHandshake), (48, .peerUnknownCa),
    (49, .peerRejectedCert), (50, .malformedHandshake), (51, .decryptError), (70, .protocolVersion),
    (71, .handshakeFailure), (80, .handshakeFailure), (86, .protocolVersion), (90, .tlsOther),
    (100, .legacyRenegotiation), (109, .malformedHandshake), (110, .malformedHandshake), (112, .missingSni),
    (115, .pskMismatch), (116, .clientCertRequired), (120, .noAlpnOverlap), (255, .tlsOther),
  ])
  func `an alert the peer sent`(_ number: Int, _ code: FailureCode) {
    let found = FailureDiagnosis.diagnose(situation(reason: 1000 + number))
    #expect(found.code == code)
    #expect(found.decidedBy == .peer)
  }

  @Test(arguments: [
    (2, FailureCode.unknownCa), (3, .revocationUnknown), (7, .badSignature), (9, .notYetValid),
    (10, .expired),
    (12, .revocationUnknown), (18, .selfSignedLeaf), (19, .selfSignedInChain), (20, .unknownCa),
    (21, .missingIntermediate), (22, .chainTooLong), (23, .revoked), (79, .caConstraint), (25, .caConstraint),
    (26, .wrongPurpose), (27, .unknownCa), (32, .caConstraint), (47, .caConstraint), (48, .caConstraint),
    (62, .hostnameMismatch), (63, .hostnameMismatch), (64, .hostnameMismatch), (66, .weakKey), (67, .weakKey),
    (68, .weakSignature), (1, .tlsOther),
  ])
  func `a certificate that was refused`(_ verify: Int, _ code: FailureCode) {
    var situation = situation(reason: 134)
    situation.verify = verify
    situation.phase = .handshakeAfterCertificate
    let found = FailureDiagnosis.diagnose(situation)
    #expect(found.code == code)
    #expect(found.decidedBy == .here)
  }

  @Test(arguments: [
    (193, FailureCode.noSharedCipher), (101, .noSharedParams), (118, .noSharedParams), (376, .noSharedParams),
    (258, .protocolVersion), (234, .missingSni), (235, .noAlpnOverlap), (199, .clientCertRequired),
    (281, .decryptError), (123, .badSignature), (394, .weakDh), (399, .weakKey), (398, .weakSignature),
    (294, .eofInHandshake), (155, .proxySchemeMismatch), (156, .plainToTlsPort), (338, .legacyRenegotiation),
  ])
  func `a reason of libssl`(_ reason: Int, _ code: FailureCode) {
    #expect(FailureDiagnosis.diagnose(situation(reason: reason)).code == code)
  }

  @Test(arguments: [
    (Phase.handshake, FailureCode.malformedHandshake), (.established, .eofWithoutCloseNotify),
    (.shutdown, .eofWithoutCloseNotify),
  ])
  func `alert 50 means another thing once TLS is up`(phase: Phase, code: FailureCode) {
    var situation = situation(reason: 1050)
    situation.phase = phase
    let found = FailureDiagnosis.diagnose(situation)
    #expect(found.code == code)
    #expect(found.decidedBy == .peer)
  }

  @Test func `alert 50 of a peer that may still be in its handshake is about that`() {
    var situation = situation(reason: 1050)
    situation.phase = .established
    situation.peerMayStillShake = true
    #expect(FailureDiagnosis.diagnose(situation).code == .malformedHandshake)
  }

  @Test func `no number is without a diagnosis`() {
    for side in Side.allCases {
      for phase in Phase.allCases {
        for reason in 0..<1300 {
          var situation = situation(reason: reason)
          situation.side = side
          situation.phase = phase
          situation.verify = reason
          // Total by its type; what is held here is that nothing traps and setup words stay out.
          let code = FailureDiagnosis.diagnose(situation).code
          #expect(![.setupOther, .badPem, .certFileMissing, .socketOther].contains(code))
        }
      }
    }
  }

  @Test(arguments: [
    (10, FailureCode.malformedHandshake), (51, .decryptError), (70, .protocolVersion), (80, .tlsOther),
  ])
  func `where no reason is known, the alert we sent decides`(_ alert: Int, _ code: FailureCode) {
    var situation = situation(reason: 999)
    situation.alertSent = Alert(level: .fatal, number: alert)
    #expect(FailureDiagnosis.diagnose(situation).code == code)
  }

  @Test func `a client that showed a certificate reads alerts about certificates as about its own`() {
    var situation = situation(reason: 1048)
    situation.side = .client
    situation.sentCertificate = true
    #expect(FailureDiagnosis.diagnose(situation).code == .clientCertRejected)
  }

  private func situation(reason: Int) -> FailureDiagnosis.Situation {
    FailureDiagnosis.Situation(
      side: .server, phase: .handshakeStart, error: LibraryError(library: 20, reason: reason, line: ""))
  }
}
