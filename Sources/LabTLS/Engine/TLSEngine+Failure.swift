import COpenSSLSystem
package import LabFacts

extension TLSEngine {
  /// What is known so far, for failures noticed outside the engine.
  package var evidence: Evidence {
    let setup = context.setup
    var evidence = Evidence()
    evidence.firstReceived = trace.firstReceived
    evidence.expectedName = setup.expectedName
    guard let verification = trace.verification else { return evidence }
    evidence.verify = verification.code
    evidence.trustedCount = context.trustedCount
    evidence.judgedAt = UTCTime.text(judgedAt)
    evidence.chainSubjects = verification.chain.map(\.subject)
    evidence.presentedNames = verification.chain.first?.names ?? []
    evidence.leafIsSelfSigned = verification.chain.first?.isSelfSigned
    evidence.notBefore = trace.judged?.notBefore
    evidence.notAfter = trace.judged?.notAfter
    return evidence
  }

  /// The failure that OpenSSL's errors of the last operation amount to.
  func failure(_ errors: [LibraryError]) -> Failure {
    let error = errors.first { $0.library == LibraryError.ssl } ?? errors.first
    let (code, decider) = FailureDiagnosis.diagnose(situation(error))
    var evidence = evidence
    evidence.library = error?.library
    evidence.reason = error?.reason
    evidence.alert = decider == .peer ? trace.lastAlertReceived : trace.lastAlertSent
    if evidence.alert != nil { evidence.alertDirection = decider == .peer ? .received : .sent }
    var verbatim = errors.map(\.line)
    if decider == .here, code == .revocationUnknown || code == .revoked {
      evidence.subject = context.revocationProblem?.evidence.subject ?? context.revocationNames
      verbatim += context.revocationProblem?.verbatim ?? []
    }
    return Failure(
      layer: .tls, code: code, phase: phase, decidedBy: decider, evidence: evidence, verbatim: verbatim)
  }

  private func situation(_ error: LibraryError?) -> FailureDiagnosis.Situation {
    FailureDiagnosis.Situation(
      side: context.setup.role, phase: phase, error: error, verify: trace.verification?.code,
      alertSent: trace.lastAlertSent, alertReceived: trace.lastAlertReceived,
      peerIsNotTLS: !startsLikeTLS, peerHasTLS: sawLateHello || startsInsideTLS,
      hasIdentity: SSL_get_certificate(ssl) != nil,
      sentCertificate: trace.sentCertificate,
      chainCount: trace.verification?.chain.count ?? 0, leafPointsToTrusted: trace.leafPointsToTrusted,
      peerMayStillShake: peerMayStillShake)
  }

  /// In TLS 1.3 a client is done when it has sent its Finished; only a ticket or data tell it that the server
  /// has got that.
  private var peerMayStillShake: Bool {
    guard isUp, !hasHeardData, context.setup.role == .client, SSL_version(ssl) == TLS1_3_VERSION else {
      return false
    }
    return SSL_get_session(ssl).map { SSL_SESSION_has_ticket($0) == 0 } ?? true
  }

  /// Were the peer's first bytes encrypted? It has made a handshake, with somebody or some time before.
  private var startsInsideTLS: Bool {
    let first = trace.firstReceived
    guard !isUp, first.count >= RecordSplitter.headerLength, first[1] == 3 else { return false }
    return first[0] == 23 || (first[0] == 21 && (first[3] != 0 || first[4] != 2))
  }

  private var startsLikeTLS: Bool {
    let first = trace.firstReceived
    guard let type = first.first, (20...24).contains(type) else { return first.isEmpty }
    return first.count < 2 || first[1] == 3
  }
}

extension TLSContext {
  /// The lists that were looked into, for a message. Nil where there are none.
  fileprivate var revocationNames: String? {
    let names = Set(revocations.map(\.source)).sorted()
    return names.isEmpty ? nil : names.joined(separator: ", ")
  }
}

extension TLSSetup {
  /// Does a bad certificate end the handshake? A server that only asks goes on, and tells what is wrong.
  var refusesBadCertificates: Bool {
    verify && (role == .client || clientCertificate == .require)
  }

  /// The name a ClientHello may carry: RFC 6066 section 3 allows no addresses.
  var sentServerName: String? {
    guard let name = serverName, !name.isEmpty, IPAddress(name) == nil else { return nil }
    return name
  }
}
