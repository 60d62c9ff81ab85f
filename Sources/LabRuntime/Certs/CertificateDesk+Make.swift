package import LabFacts
import LabTLS

extension CertificateDesk {
  /// A certificate to be made.
  package struct Wish: Equatable, Sendable {
    /// `DNS:shop.test`, `IP:127.0.0.1`, or the same without the word before the colon.
    package var names: [String] = []
    package var isForClient = false
    package var isSelfSigned = false
    package var key: IdentityDeclaration.KeyKind = .p256
    /// From today on.
    package var days = 397

    package init() {}
  }

  /// A certificate with its chain, and its key, in PEM.
  package struct Made: Equatable, Sendable {
    /// A name for files: `shop.test`.
    package let name: String
    package let certificate: [UInt8]
    package let key: [UInt8]
    /// What will not be as its owner may think.
    package let warning: String?
  }

  /// Makes a certificate under the lab's CA, or one that signs itself. Nothing is written.
  package func make(_ wish: Wish) throws -> Made {
    let names = try wish.names.map { name throws(UsageProblem) in try Self.alternativeName(name) }
    guard let first = names.first else {
      throw UsageProblem(
        "A certificate needs a name that its users ask for: --name shop.test, or --name IP:127.0.0.1. The common name alone counts for nothing in a browser."
      )
    }
    if !wish.isSelfSigned { try checkConstraints(names) }
    let name = Self.fileName(first)
    let issuer = wish.isSelfSigned ? name : wish.isForClient ? Self.authority : "lab-intermediate"
    let declaration = IdentityDeclaration(
      name: name, use: wish.isForClient ? .client : .server, commonName: Self.bare(first),
      alternativeNames: names, issuer: issuer, key: wish.key, validFromDays: 0, validToDays: wish.days,
      chain: wish.isSelfSigned || wish.isForClient ? [] : ["lab-intermediate"])
    let made = try store.mint(declaration, now: now)
    guard case .memory(let certificate, _) = made.certificate, case .memory(let key, _) = made.key else {
      throw UsageProblem("The certificate could not be made.")
    }
    let end = try CertificateInspection.reports(made.certificate, CertificateInspection.Question(date: now))
      .first?.summary.notAfter
    return Made(
      name: name, certificate: certificate, key: key,
      warning: wish.isSelfSigned ? nil : end.flatMap { outlived(until: $0, below: issuer) })
  }

  /// A certificate counts no longer than those above it (RFC 5280 section 6.1.3).
  private func outlived(until end: String, below issuer: String) -> String? {
    var chain = [issuer]
    while let above = identities.first(where: { $0.name == chain.last })?.issuer, !chain.contains(above) {
      chain.append(above)
    }
    let ends = chain.compactMap { name in store.summary(named: name).map { (name: name, end: $0.notAfter) } }
    // RFC 3339 in UTC: the earlier text is the earlier time.
    guard let first = ends.min(by: { $0.end < $1.end }), first.end < end else { return nil }
    return "It says until \(end.prefix(10)), but \(first.name) above it ends on \(first.end.prefix(10)): "
      + "from then on it is refused."
  }

  /// An identity of the lab with its key and chain as one PEM; the key is encrypted under the phrase.
  package func pem(_ name: String, phrase: String?) throws -> [UInt8] {
    try PKIExport.pem(try source(name), phrase: phrase)
  }

  /// The same as PKCS #12, as browsers import it.
  package func pkcs12(_ name: String, phrase: String) throws -> [UInt8] {
    try PKIExport.pkcs12(try source(name), phrase: phrase, name: name)
  }

  private func source(_ name: String) throws(UsageProblem) -> IdentitySource {
    guard let source = store.identity(named: name) else {
      throw .unknown("identity", name, among: names)
    }
    return source
  }

  /// The lab's root can vouch for this machine's own names only: another name would never be accepted.
  private func checkConstraints(_ names: [String]) throws(UsageProblem) {
    for name in names where !Self.isPermitted(name) {
      throw UsageProblem(
        "The lab's CA can vouch for localhost, names below .test and loopback addresses only, and \(Notation.escaped(name)) is none of them. --self-signed makes a certificate that signs itself."
      )
    }
  }

  static func isPermitted(_ name: String) -> Bool {
    let value = bare(name).lowercased()
    guard name.hasPrefix("DNS:") else { return value == "::1" || value.hasPrefix("127.") }
    return value == "localhost" || value.hasSuffix(".localhost") || value.hasSuffix(".test")
  }

  static func alternativeName(_ text: String) throws(UsageProblem) -> String {
    let hasKind = ["DNS:", "IP:"].contains { text.uppercased().hasPrefix($0) }
    let value =
      hasKind ? String(text[text.index(after: text.firstIndex(of: ":") ?? text.startIndex)...]) : text
    let isAddress = text.uppercased().hasPrefix("IP:") || (!hasKind && IPText.isAddress(value))
    // The value goes into a list with commas.
    let isSound =
      !value.isEmpty
      && value.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"):
          true
        default: "-._*:".utf8.contains(byte)
        }
      }
    guard isSound, isAddress == IPText.isAddress(value) else {
      throw UsageProblem(
        "\"\(Notation.escaped(text))\" is no name for a certificate. Write shop.test, DNS:shop.test or IP:127.0.0.1."
      )
    }
    return (isAddress ? "IP:" : "DNS:") + value
  }

  static func bare(_ name: String) -> String {
    String(name[name.index(after: name.firstIndex(of: ":") ?? name.startIndex)...])
  }

  private static func fileName(_ name: String) -> String {
    let text = bare(name).map { $0 == "*" || $0 == ":" ? "_" : String($0) }.joined()
    return text.hasPrefix(".") || text.hasPrefix("-") ? "_" + text.dropFirst() : text
  }
}
