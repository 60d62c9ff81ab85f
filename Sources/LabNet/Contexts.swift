package import LabFacts
package import LabTLS

/// Makes TLS contexts of what lessons ask for, by the names of the lab's identities. One context serves all
/// connections of equal options.
package struct Contexts: Sendable {
  private let pki: PKIStore
  private let now: @Sendable () -> Int64

  /// `now` gives the seconds since 1970 UTC at which certificates are judged.
  package init(pki: PKIStore, now: @escaping @Sendable () -> Int64) {
    self.pki = pki
    self.now = now
  }

  /// Fails on an identity nobody declared and on any mistake of the options.
  package func make(_ role: Side, _ options: TLSOptions) throws(Failure) -> TLSContext {
    var identity: IdentitySource?
    if let name = options.identity {
      identity = pki.identity(named: name)
      if identity == nil { throw unknown(name) }
    }
    for name in options.trust where pki.summary(named: name) == nil { throw unknown(name) }
    return try TLSContext(
      TLSSetup(
        role: role, options: options, identity: identity, trust: pki.trust(named: options.trust), date: now())
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
