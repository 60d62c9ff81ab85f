import LabFacts

/// Failures of the dialogue with a proxy, at either end of it.
enum ProxyFailure {
  static func make(
    _ code: FailureCode, by decider: Failure.Decider, heard: HeardBytes = HeardBytes(),
    target: Endpoint? = nil, status: Int? = nil, socksReply: Int? = nil, subject: String? = nil,
    verbatim: [String] = []
  ) -> Failure {
    var evidence = Evidence()
    evidence.firstReceived = heard.first
    evidence.endpoint = target
    evidence.httpStatus = status
    evidence.socksReply = socksReply
    evidence.subject = subject
    return Failure(
      layer: .proxy, code: code, phase: .proxy, decidedBy: decider, evidence: evidence, verbatim: verbatim)
  }

  /// A setting of our own that the protocol cannot carry: nothing was said to the proxy.
  static func setting(_ subject: String) -> Failure {
    var evidence = Evidence()
    evidence.subject = subject
    return Failure(
      layer: .setup, code: .setupOther, phase: .setup, decidedBy: .here, evidence: evidence)
  }

  /// A client was silent for so long.
  static func silence(milliseconds: Int) -> Failure {
    var evidence = Evidence()
    evidence.waitedMilliseconds = milliseconds
    return Failure(layer: .proxy, code: .timeout, phase: .proxy, decidedBy: .here, evidence: evidence)
  }
}
