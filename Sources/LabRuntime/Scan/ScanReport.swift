package import LabCore
import LabFacts

/// What a scan has learned, as lines for people. Each line tells what one connection showed.
package enum ScanReport {
  /// One probe's line; nothing for a probe that only another one makes sense of.
  package static func line(_ probe: ScanProbe, _ end: EndState) -> String? {
    switch probe.question {
    case .version(let version): "TLS \(version.rawValue)".padded(16) + outcome(end)
    case .withoutName: "without SNI".padded(16) + nameless(end)
    case .trust: "certificate".padded(16) + verdict(end)
    case .order: nil
    }
  }

  /// Who decides about the suite, told by what both orders led to.
  package static func preference(_ first: EndState, _ second: EndState) -> String {
    let label = "order of suites".padded(16)
    guard let one = first.tls.established?.suite, let other = second.tls.established?.suite else {
      return label + "not known: the server did not take both suites of TLS 1.3"
    }
    return label
      + (one == other ? "the server's own: \(one) both times" : "the client's: each time its first")
  }

  /// The certificates the server showed, leaf first.
  package static func chain(_ end: EndState) -> [String] {
    (end.tls.verification?.chain ?? []).enumerated().flatMap { number, certificate in
      [
        "  \(number)  \(certificate.subject), signed by \(certificate.issuer)",
        "     \(certificate.names.isEmpty ? "no names" : certificate.names.joined(separator: ", ")); "
          + "\(certificate.key); until \(certificate.notAfter)",
      ]
    }
  }

  private static func outcome(_ end: EndState) -> String {
    if let agreed = end.tls.established {
      return "yes: \(agreed.suite)\(agreed.group.map { ", \($0)" } ?? ""), \(agreed.bits) bits"
    }
    return "no: " + refusal(end)
  }

  private static func nameless(_ end: EndState) -> String {
    guard end.tls.established != nil, let leaf = end.tls.verification?.chain.first else {
      return "refused: a name is required (\(refusal(end)))"
    }
    return "accepted, with \(leaf.subject)"
  }

  private static func verdict(_ end: EndState) -> String {
    guard let verification = end.tls.verification else { return "none was shown (\(refusal(end)))" }
    guard verification.code != 0 || !end.failures.isEmpty else { return "trusted, and it carries the name" }
    let why = end.failures.first.map { ", \($0.code.rawValue)" } ?? ""
    return "not trusted: verify \(verification.code) \(verification.text)\(why)"
  }

  private static func refusal(_ end: EndState) -> String {
    guard let failure = end.failures.first else { return "the connection ended without a word" }
    let alert = failure.evidence.alert.map { ", alert \($0.number) \($0.name)" } ?? ""
    return "\(failure.code.rawValue)\(alert)"
  }
}

extension String {
  fileprivate func padded(_ width: Int) -> String {
    self + String(repeating: " ", count: max(1, width - count))
  }
}
