import LabCore
import LabFacts

/// What a card can ask of the failure it explains: `failure.first_received`.
enum FailureProperty: String, CaseIterable {
  case code
  case side
  case phase
  case layer
  case decidedBy = "decided_by"
  case errno
  case library
  case reason
  case alert
  case alertName = "alert_name"
  case verify
  case expectedName = "expected_name"
  case presentedNames = "presented_names"
  case notBefore = "not_before"
  case notAfter = "not_after"
  case judgedAt = "judged_at"
  case chainLength = "chain_length"
  case leafIsSelfSigned = "leaf_is_self_signed"
  case trustedCount = "trusted_count"
  case firstReceived = "first_received"
  case firstReceivedHex = "first_received_hex"
  case waited = "waited_ms"
  case subject
  case endpoint
  case mailStage = "mail_stage"
  case mailReply = "mail_reply"
  case httpStatus = "http_status"
  case verbatim

  func value(of failure: Failure, side: Side?) -> Value? {
    let evidence = failure.evidence
    switch self {
    case .code: return .text(failure.code.rawValue)
    case .side: return text(side?.rawValue)
    case .phase: return .text(failure.phase.rawValue)
    case .layer: return .text(failure.layer.rawValue)
    case .decidedBy: return .text(failure.decidedBy.rawValue)
    case .errno: return number(evidence.errno)
    case .library: return number(evidence.library)
    case .reason: return number(evidence.reason)
    case .alert: return number(evidence.alert?.number)
    case .alertName: return text(evidence.alert?.name)
    case .verify: return number(evidence.verify)
    case .expectedName: return text(evidence.expectedName)
    case .presentedNames: return list(evidence.presentedNames)
    case .notBefore: return text(evidence.notBefore)
    case .notAfter: return text(evidence.notAfter)
    case .judgedAt: return text(evidence.judgedAt)
    case .chainLength: return evidence.chainSubjects.isEmpty ? nil : .number(evidence.chainSubjects.count)
    case .leafIsSelfSigned: return evidence.leafIsSelfSigned.map(Value.bool)
    case .trustedCount: return number(evidence.trustedCount)
    case .firstReceived: return firstReceived(evidence) { Notation.escaped($0) }
    case .firstReceivedHex: return firstReceived(evidence) { Notation.hex($0) }
    case .waited: return number(evidence.waitedMilliseconds)
    case .subject: return text(evidence.subject)
    case .endpoint: return text(evidence.endpoint?.description)
    case .mailStage: return text(evidence.mailStage?.rawValue)
    case .mailReply: return number(evidence.mailReply)
    case .httpStatus: return number(evidence.httpStatus)
    case .verbatim: return text(failure.verbatim.joined(separator: "; "))
    }
  }

  private func number(_ number: Int?) -> Value? { number.map(Value.number) }

  private func list(_ texts: [String]) -> Value? {
    texts.isEmpty ? nil : .list(texts.map { .text(Notation.escaped($0)) })
  }

  private func text(_ text: String?) -> Value? {
    guard let text, !text.isEmpty else { return nil }
    return .text(Notation.escaped(text))
  }

  private func firstReceived(_ evidence: Evidence, _ notation: ([UInt8]) -> String) -> Value? {
    let (all, shown) = (evidence.firstReceived, 32)
    guard !all.isEmpty else { return nil }
    return .text(notation(Array(all.prefix(shown))) + (all.count > shown ? " ..." : ""))
  }
}
