import LabCanvas
import LabCore
import LabFacts

/// Failures and verdicts in a few words.
enum FailureWords {
  static func decided(_ failure: Failure) -> String {
    switch failure.decidedBy {
    case .here: "decided here"
    case .peer: "decided by the peer"
    case .kernel: "decided by the kernel"
    }
  }

  /// The same where there is no room: that it was decided goes without saying.
  static func shortDecided(_ failure: Failure) -> String {
    switch failure.decidedBy {
    case .here: "here"
    case .peer: "by the peer"
    case .kernel: "by the kernel"
    }
  }

  static func when(_ failure: Failure) -> String {
    switch failure.phase {
    case .setup: "in setup"
    case .resolve: "looking up the name"
    case .bind: "at bind"
    case .listen: "at listen"
    case .connect: "at connect"
    case .accept: "at accept"
    case .proxy: "at the proxy"
    case .upgrade: "before TLS"
    case .handshakeStart: "before ServerHello"
    case .handshake: "in the handshake"
    case .handshakeAfterCertificate: "after the certificate"
    // A plain connection has had no handshake.
    case .established: failure.layer == .socket ? "when open" : "after the handshake"
    case .shutdown: "at the end"
    }
  }

  /// The same where a column is narrow.
  static func shortWhen(_ failure: Failure) -> String {
    switch failure.phase {
    case .setup, .bind, .listen, .connect, .accept, .proxy, .upgrade, .shutdown: when(failure)
    case .resolve: "at look-up"
    case .handshakeStart: "no ServerHello"
    case .handshake: "in handshake"
    case .handshakeAfterCertificate: "after cert"
    case .established: failure.layer == .socket ? "when open" : "when up"
    }
  }

  /// The number that identifies it: `verify 20`, `alert 48 unknown_ca`, `errno 111`, `reason 267`.
  ///
  /// At the end that decided the library's own reason does, at the other one the alert that told it.
  static func number(_ failure: Failure) -> String? {
    let evidence = failure.evidence
    if let verify = evidence.verify, verify != 0 { return "verify \(verify)" }
    let reason = evidence.reason.map { "reason \($0)" }
    if failure.decidedBy == .here, let reason { return reason }
    if let alert = evidence.alert { return "alert \(alert.number) \(alert.name)" }
    if let errno = evidence.errno { return "errno \(errno)" }
    return reason
  }

  /// `tcli, unknown-ca, after the certificate, decided here, verify 20`.
  static func sentence(_ entry: LabState.FailureEntry, _ lab: LabState) -> String {
    let failure = entry.failure
    let parts = [
      EventWords.who(entry.end, entry.actor, lab), failure.code.rawValue, when(failure), decided(failure),
      number(failure),
    ]
    return parts.compactMap { $0 }.joined(separator: ", ")
  }

  /// How a connection ended.
  static func closing(_ closing: Fact.Closing) -> String {
    switch closing.manner {
    case .clean: "closed clean"
    case .reset: closing.by == .here ? "closed with a reset" : "closed by reset"
    case .truncated: "closed truncated"
    case .aborted: "closed after a failure"
    }
  }

  /// Alerts as the ladder and the event line name them.
  static func alert(_ alert: Alert) -> String {
    alert.isCloseNotify ? "alert close_notify" : "alert \(alert.number) \(alert.name)"
  }
}

/// What an end concluded about its peer's certificate, never more than that.
enum VerifyWords {
  /// `verify 0 ok  CN=netlab.test`: the verdict first, for subjects are long.
  static func line(_ verification: Verification, side: Side) -> Line {
    guard let leaf = verification.chain.first else {
      return [Span(side == .client ? "no certificate came" : "no client certificate", .notice)]
    }
    return [
      Span(verdict(verification, side: side), role(verification, side: side)), Span("  \(leaf.subject)"),
    ]
  }

  static func role(_ verification: Verification, side: Side) -> Role {
    guard verification.code == 0 else { return .failure }
    let isProof = verification.forgiven.isEmpty && (verification.enforced || side == .server)
    return isProof ? .good : .notice
  }

  /// `verify 0 ok`, `verify 20: not trusted`, `verify 0, checking is off`, `verify 0, forgiven 10`.
  static func verdict(_ verification: Verification, side: Side) -> String {
    let isOff = !verification.enforced
    // A server that only asks for a certificate lets everybody in.
    let ending = isOff ? (side == .client ? ", checking is off" : ", let in all the same") : ""
    guard verification.code == 0 else {
      return "verify \(verification.code): \(words[verification.code] ?? "refused")" + ending
    }
    if !verification.forgiven.isEmpty {
      return "verify 0, forgiven " + verification.forgiven.map(String.init).joined(separator: ", ")
    }
    return isOff && side == .client ? "verify 0, checking is off" : "verify 0 ok"
  }

  private static let words: [Int: String] = [
    2: "issuer missing", 3: "no CRL", 7: "bad signature", 9: "not yet valid", 10: "expired",
    12: "CRL too old",
    18: "self-signed", 19: "not trusted", 20: "not trusted", 21: "chain incomplete", 22: "chain too long",
    23: "revoked", 24: "not a CA", 26: "wrong purpose", 27: "not trusted", 28: "rejected",
    47: "name not permitted",
    62: "wrong name", 63: "wrong e-mail", 64: "wrong address", 66: "key too weak", 67: "CA key too weak",
    68: "signature too weak",
  ]
}
