package import LabFacts
package import LabTLS

/// What comes from outside the lab's PKI under a name of its own: files, or bytes of stdin, that somebody gave on the
/// command line. A name is looked up here first.
package struct Materials: Equatable, Sendable {
  package var identities: [String: IdentitySource]
  /// Files of trusted certificates.
  package var trust: [String: PEMSource]
  /// Lists of revoked certificates.
  package var revocations: [String: PEMSource]
  package var dhParameters: [String: PEMSource]

  package init(
    identities: [String: IdentitySource] = [:], trust: [String: PEMSource] = [:],
    revocations: [String: PEMSource] = [:], dhParameters: [String: PEMSource] = [:]
  ) {
    self.identities = identities
    self.trust = trust
    self.revocations = revocations
    self.dhParameters = dhParameters
  }
}

/// Makes TLS contexts of what lessons ask for, by the names of the lab's identities. One context serves all
/// connections of equal options.
package struct Contexts: Sendable {
  private let pki: PKIStore
  private let materials: Materials
  private let now: @Sendable () -> Int64

  /// `now` gives the seconds since 1970 UTC at which certificates are judged.
  package init(
    pki: PKIStore, materials: Materials = Materials(), trace: TraceLevel = .full,
    now: @escaping @Sendable () -> Int64
  ) {
    self.pki = pki
    self.materials = materials
    self.now = now
  }

  /// Fails on an identity nobody declared and on any mistake of the options.
  package func make(_ role: Side, _ options: TLSOptions) throws(Failure) -> TLSContext {
    var identity: IdentitySource?
    if let name = options.identity {
      identity = materials.identities[name] ?? pki.identity(named: name)
      if identity == nil { throw unknown(name) }
    }
    var trust = pki.trust(named: options.trust)
    trust.systemStore = options.trustsSystem
    for name in options.trust {
      if let given = materials.trust[name] {
        trust.anchors.append(given)
      } else if pki.summary(named: name) == nil {
        throw unknown(name)
      }
    }
    return try TLSContext(
      TLSSetup(
        role: role, options: options, identity: identity, trust: trust, date: now())
    )
  }

  private func unknown(_ name: String) -> Failure {
    var evidence = Evidence()
    evidence.subject = name
    return Failure(
      layer: .setup, code: .certFileMissing, phase: .setup, decidedBy: .here, evidence: evidence,
      verbatim: ["no identity named \(Notation.escaped(name)) is declared in certs/pki.yaml"])
  }
}
