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

/// Makes TLS contexts of what lessons and command lines ask for, by names: first those of the materials, then those of
/// the lab's PKI.
package struct Contexts: Sendable {
  private let pki: PKIStore
  private let materials: Materials
  private let trace: TraceLevel
  private let now: @Sendable () -> Int64

  /// `now` gives the seconds since 1970 UTC at which certificates are judged. `trace` is for all connections of these
  /// contexts.
  package init(
    pki: PKIStore, materials: Materials = Materials(), trace: TraceLevel = .full,
    now: @escaping @Sendable () -> Int64
  ) {
    self.pki = pki
    self.materials = materials
    self.trace = trace
    self.now = now
  }

  /// A context as the options want it now. Fails on a name nobody knows and on any mistake of the options.
  package func make(_ role: Side, _ options: TLSOptions) throws(Failure) -> TLSContext {
    try source(role, options).current()
  }

  /// Contexts for a listener or a client that lives on: made anew when a file changes. One event loop owns it.
  package func source(_ role: Side, _ options: TLSOptions) throws(Failure) -> TLSContextSource {
    var clock = now
    if let judged = options.judgedAt { clock = { judged } }
    return try TLSContextSource(setup(role, options), clock: clock, trace: trace)
  }

  /// What the options mean, with every name looked up.
  package func setup(_ role: Side, _ options: TLSOptions) throws(Failure) -> TLSSetup {
    TLSSetup(role: role, options: options, sources: try sources(options), date: options.judgedAt ?? now())
  }

  private func sources(_ options: TLSOptions) throws(Failure) -> TLSSources {
    var sources = TLSSources()
    if let name = options.identity { sources.identity = try identity(name) }
    for (host, name) in options.identitiesByName { sources.identitiesByName[host] = try identity(name) }
    sources.trust.systemStore = options.trustsSystem
    for name in options.trust { sources.trust.anchors.append(try anchor(name)) }
    for name in options.revocations { sources.revocations.append(try revocations(name)) }
    sources.dhParameters = try options.dhParameters.map(dhParameters)
    return sources
  }

  private func identity(_ name: String) throws(Failure) -> IdentitySource {
    if let found = materials.identities[name] ?? pki.identity(named: name) { return found }
    throw unknown("identity", name, materials.identities.keys + pki.names)
  }

  private func anchor(_ name: String) throws(Failure) -> PEMSource {
    if let found = materials.trust[name] ?? pki.anchor(named: name) { return found }
    throw unknown("trusted certificate", name, materials.trust.keys + pki.names)
  }

  private func revocations(_ name: String) throws(Failure) -> PEMSource {
    if let found = materials.revocations[name] ?? pki.revocations(named: name) { return found }
    throw unknown("revocation list", name, materials.revocations.keys + pki.revocationNames)
  }

  private func dhParameters(_ name: String) throws(Failure) -> TLSSetup.DHParameters {
    if name == Contexts.auto { return .auto }
    if let found = materials.dhParameters[name] { return .source(found) }
    throw unknown("set of DH parameters", name, materials.dhParameters.keys + [Contexts.auto])
  }

  private static let auto = "auto"

  private func unknown(_ kind: String, _ name: String, _ known: [String]) -> Failure {
    var evidence = Evidence()
    evidence.subject = name
    let hint = Spelling.nearest(to: name, among: known).map { " Did you mean \($0)?" } ?? ""
    return Failure(
      layer: .setup, code: .certFileMissing, phase: .setup, decidedBy: .here, evidence: evidence,
      verbatim: ["there is no \(kind) named \(Notation.escaped(name)).\(hint)"])
  }
}
