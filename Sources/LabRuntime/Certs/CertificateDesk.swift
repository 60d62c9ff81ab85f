package import LabFacts
import LabTLS

/// The lab's certificates, to be looked at, made, taken along and taken back.
package struct CertificateDesk: Sendable {
  /// An identity of the lab, or the certificates of a file, with what is wrong.
  package struct Report: Equatable, Sendable {
    package let name: String
    /// What the declaration says of it; absent for a file.
    package let note: String?
    /// Leaf first, then what is sent after it.
    package let certificates: [CertificateReport]
    /// What is wrong with the whole: with its chain, its root, or a list it is on.
    package let troubles: [Trouble]
    /// As whose it was judged; absent for a file and a CA.
    package let side: Side?

    /// Everything that is wrong with it, leaf and whole; each once.
    package var codes: [FailureCode] {
      let all = (certificates.first?.problems.compactMap(CertificateDesk.code) ?? []) + troubles.map(\.code)
      return all.enumerated().filter { !all[..<$0.offset].contains($0.element) }.map(\.element)
    }
  }

  /// Something that is wrong beyond a single certificate.
  package struct Trouble: Equatable, Sendable {
    package let code: FailureCode
    package let sentence: String
  }

  let store: PKIStore
  let identities: [IdentityDeclaration]
  /// Seconds since 1970 UTC.
  let now: Int64

  /// Opens the lab's certificates; makes those that are missing.
  package init(identities: [IdentityDeclaration], state: StateFolder, now: Int64) throws(Failure) {
    self.identities = identities
    self.now = now
    store = try PKIStore.prepare(declarations: identities, directory: state.pki, now: now)
  }

  /// The names of all identities, in the order of their declaration.
  package var names: [String] { identities.map(\.name) }

  /// What there is to say of an identity of the lab, or of a file in PEM.
  package func report(_ name: String) throws(Failure) -> Report {
    guard let declaration = identities.first(where: { $0.name == name }) else {
      let reports = try CertificateInspection.reports(
        .file(name), CertificateInspection.Question(date: now))
      return Report(name: name, note: nil, certificates: reports, troubles: listed(reports), side: nil)
    }
    let identity = store.identity(named: name)
    let question = CertificateInspection.Question(
      purpose: purpose(declaration), key: identity?.key, date: now)
    let reports = try CertificateInspection.reports(
      identity?.certificate ?? .memory([], name: name), question)
    return Report(
      name: name, note: declaration.note.isEmpty ? nil : declaration.note, certificates: reports,
      troubles: chainTroubles(declaration) + listed(reports), side: purpose(declaration))
  }

  /// OpenSSL's own text of the certificates, safe to print.
  package func texts(_ name: String) throws(Failure) -> [String] {
    try CertificateInspection.texts(store.identity(named: name)?.certificate ?? .file(name))
  }

  /// The card that explains a problem, where one does.
  static func code(_ problem: CertificateReport.Problem) -> FailureCode? {
    switch problem {
    case .expired: .expired
    case .notYetValid: .notYetValid
    case .noNames, .otherName: .hostnameMismatch
    case .weakKey: .weakKey
    case .weakSignature: .weakSignature
    case .isNoAuthority: .caConstraint
    case .selfSigned: .selfSignedLeaf
    case .wrongPurpose: .wrongPurpose
    case .keyMismatch: .badKeyPair
    case .isAuthority, .livesTooLong: nil
    }
  }

  /// What an identity of the lab is judged as. One that was made for a client to be shown by a server is
  /// judged as it is used.
  private func purpose(_ declaration: IdentityDeclaration) -> Side? {
    switch declaration.use {
    case .root, .intermediate: nil
    case .server: .server
    case .client: declaration.alternativeNames.isEmpty ? .client : .server
    }
  }

  private func chainTroubles(_ declaration: IdentityDeclaration) -> [Trouble] {
    guard declaration.use == .server || declaration.use == .client, declaration.issuer != declaration.name
    else { return [] }
    var troubles: [Trouble] = []
    var above = identity(declaration.issuer)
    while let authority = above, authority.issuer != authority.name {
      if !declaration.chain.contains(authority.name) {
        troubles.append(
          Trouble(
            code: .missingIntermediate,
            sentence: "It is sent without \(authority.name), which stands between it and the root."))
      }
      above = identity(authority.issuer)
    }
    if let root = above, root.name != CertificateDesk.authority {
      troubles.append(
        Trouble(
          code: .unknownCa, sentence: "Its root is \(root.name), which the lab's programs do not trust."))
    }
    return troubles
  }

  private func identity(_ name: String) -> IdentityDeclaration? { identities.first { $0.name == name } }

  /// Lists that are meant to be in force and name the leaf.
  private func listed(_ reports: [CertificateReport]) -> [Trouble] {
    guard let leaf = reports.first?.summary else { return [] }
    return store.revocationNames.flatMap { name in
      store.revocationSummaries(named: name).filter {
        !$0.isOverdue(at: now) && $0.issuer == leaf.issuer && $0.serials.contains(leaf.serial)
      }.map { _ in
        Trouble(code: .revoked, sentence: "The revocation list \(name) names it: it was taken back.")
      }
    }
  }

  /// The root that the lab's programs trust.
  static let authority = "lab-ca"
}
