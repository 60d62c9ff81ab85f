package import LabCatalog
package import LabFacts

/// Certificates and lists of revoked ones as lines for people.
package enum CertificateWords {
  /// One line: name, until when, and what is wrong in a few words.
  package static func row(_ report: CertificateDesk.Report, nameWidth: Int) -> String {
    let until = report.certificates.first?.summary.notAfter.prefix(10) ?? "?"
    let good = report.side.map { "in order for a \($0.rawValue)" } ?? "in order"
    let state = report.codes.isEmpty ? good : report.codes.map(\.rawValue).joined(separator: ", ")
    let room = String(repeating: " ", count: max(1, nameWidth - report.name.count))
    return "\(report.name)\(room)until \(until)  \(state)"
  }

  /// Everything about one, and which card and lesson explain what is wrong with it.
  package static func lines(_ report: CertificateDesk.Report, _ catalog: Catalog) -> [String] {
    var lines = [Notation.escaped(report.name)]
    if let note = report.note { lines.append(note) }
    for (number, certificate) in report.certificates.enumerated() {
      lines += ["", number == 0 ? "Certificate" : "Sent after it, number \(number)"]
      lines += summary(certificate.summary)
      lines += certificate.problems.map { "  wrong        \($0.sentence)" }
    }
    lines += [""] + report.troubles.map { "wrong          \($0.sentence)" }
    guard !report.codes.isEmpty else {
      return lines + [
        "Nothing is wrong with it" + (report.side.map { ", where a \($0.rawValue) shows it." } ?? ".")
      ]
    }
    return lines + report.codes.map { explanation($0, catalog) }
  }

  private static func summary(_ certificate: CertificateSummary) -> [String] {
    [
      "  subject      \(certificate.subject)", "  issuer       \(certificate.issuer)",
      "  names        \(certificate.names.isEmpty ? "none" : certificate.names.joined(separator: ", "))",
      "  from         \(certificate.notBefore)", "  until        \(certificate.notAfter)",
      "  serial       \(certificate.serial)", "  key          \(certificate.key)",
      "  SHA-256      \(certificate.fingerprint)",
      "  kind         \(certificate.isAuthority ? "a CA: it may sign others" : "a leaf: it signs nobody")"
        + (certificate.isSelfSigned ? ", signed by itself" : ""),
    ]
  }

  private static func explanation(_ code: FailureCode, _ catalog: Catalog) -> String {
    let card = catalog.card(for: code)
    let lessons = (card?.lessons ?? []).compactMap { catalog.lesson($0)?.code }
    return "explained by    netlab explain \(code.rawValue): \(card?.title ?? "")"
      + (lessons.isEmpty ? "" : " (lesson \(lessons.joined(separator: ", ")))")
  }

  /// What a list of revoked certificates says of itself, at this moment.
  package static func lines(_ list: RevocationSummary, now: Int64) -> [String] {
    let overdue = list.isOverdue(at: now)
    let next = list.nextUpdateText.map {
      "\($0)\(overdue ? ", overdue: OpenSSL refuses with verify 12" : "")"
    }
    let serials =
      list.count == 0
      ? ["  revoked      none: an empty list is a good list"]
      : list.serials.map { "  revoked      \($0)" }
    return [
      "  issuer       \(list.issuer)",
      "  made         \(list.thisUpdateText), \(age(list.age(at: now))) ago",
      "  next         \(next ?? "not said")",
    ] + serials
      + (list.count > list.serials.count ? ["  and \(list.count - list.serials.count) more"] : [])
  }

  private static func age(_ seconds: Int64) -> String {
    switch seconds {
    case 1: "1 second"
    case ..<120: "\(max(0, seconds)) seconds"
    case ..<7200: "\(seconds / 60) minutes"
    case ..<172_800: "\(seconds / 3600) hours"
    default: "\(seconds / 86_400) days"
    }
  }
}
