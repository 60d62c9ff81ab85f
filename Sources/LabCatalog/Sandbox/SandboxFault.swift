package import LabFacts

/// A mistake that can be put into a program with one key, and taken out again: a change of its settings.
package struct SandboxFault: Sendable {
  package let name: String
  package let label: String
  /// Who can make it.
  package let fits: @Sendable (ActorDeclaration) -> Bool
  let isIn: @Sendable (SandboxSetting.Place) -> Bool
  let put: @Sendable (inout SandboxSetting.Place) -> Void

  /// Every fault this program can have.
  package static func all(for actor: ActorDeclaration) -> [SandboxFault] { table.filter { $0.fits(actor) } }

  static let table: [SandboxFault] = manners + certificates

  private static let manners: [SandboxFault] = [
    SandboxFault(
      name: "reset", label: "RST in place of FIN", fits: SandboxSettings.clients,
      isIn: { $0.talk.then == .reset }, put: { $0.talk.then = .reset }),
    SandboxFault(
      name: "fin", label: "FIN without close_notify", fits: SandboxSettings.securedClients,
      isIn: { $0.talk.then == .fin }, put: { $0.talk.then = .fin }),
    SandboxFault(
      name: "plain", label: "plaintext on a TLS port", fits: SandboxSettings.clients,
      isIn: { $0.settings.transport == .plain }, put: { $0.settings.transport = .plain }),
    SandboxFault(
      name: "three-bytes", label: "three bytes, then silence", fits: SandboxSettings.clients,
      isIn: { $0.settings.transport == .plain && $0.talk == SandboxFault.threeBytes },
      put: {
        $0.settings.transport = .plain
        $0.talk = SandboxFault.threeBytes
      }),
    SandboxFault(
      name: "refuse-accept", label: "never call accept()", fits: SandboxSettings.servers,
      isIn: { $0.settings.accepting == false }, put: { $0.settings.accepting = false }),
    SandboxFault(
      name: "second-handshake", label: "a second handshake", fits: SandboxSettings.secured,
      isIn: { $0.settings.secondHandshake == .instead }, put: { $0.settings.secondHandshake = .instead }),
  ]

  static let threeBytes = SandboxSetup.Talk(sends: #"\x16\x03\x01"#, then: .stay)

  private static func certificate(_ name: String, _ label: String) -> SandboxFault {
    SandboxFault(
      name: name, label: label, fits: SandboxSettings.securedServers,
      isIn: { $0.settings.identity == .name(name) }, put: { $0.settings.identity = .name(name) })
  }

  private static let certificates: [SandboxFault] = [
    certificate("expired", "certificate: expired"),
    certificate("not-yet-valid", "certificate: not yet valid"),
    certificate("other", "certificate: wrong name"),
    certificate("self-signed", "certificate: self-signed"),
    certificate("no-intermediate", "certificate: no intermediate"),
    certificate("stranger", "certificate: unknown root"),
    certificate("wrong-purpose", "certificate: wrong purpose"),
    certificate("weak-key", "certificate: weak key"),
    certificate("long-chain", "certificate: long chain"),
    certificate("cn-only", "certificate: no SAN"),
    certificate("revoked", "certificate: revoked"),
    revocation("revoked-checked", "CRL: lists the certificate", "lab-crl"),
    revocation("crl-stale", "CRL: out of date", "lab-crl-expired"),
    revocation("crl-empty", "CRL: lists nobody", "lab-crl-empty"),
  ]

  private static func revocation(_ name: String, _ label: String, _ list: String) -> SandboxFault {
    SandboxFault(
      name: name, label: label, fits: SandboxSettings.securedClients,
      isIn: { $0.settings.tls.revocations == [list] }, put: { $0.settings.tls.revocations = [list] })
  }
}

extension SandboxState {
  /// Is this fault in that program now?
  package func has(_ fault: SandboxFault, at actor: ActorID) -> Bool { place(actor).map(fault.isIn) ?? false }

  /// Puts a fault in; where it is in, everything it touches is as it began.
  mutating func toggle(_ name: String, at actor: ActorID) {
    guard let declaration = base.actor(actor), var now = place(actor),
      let fault = SandboxFault.table.first(where: { $0.name == name }),
      fault.fits(declaration) || setup.actor(actor).map(fault.fits) == true
    else {
      note = "\(actor) has no fault \(Notation.escaped(String(name.prefix(40))))."
      return
    }
    if fault.isIn(now), let began = SandboxState.place(actor, in: base) {
      for row in SandboxSettings.all where fault.touches(row, began) { _ = row.write(&now, row.read(began)) }
      if fault.isIn(now) { note = "It began like this. Edit the setting itself." }
    } else {
      fault.put(&now)
    }
    change(actor, to: now)
  }
}

extension SandboxFault {
  /// Does putting it in change this setting?
  fileprivate func touches(_ row: SandboxSetting, _ began: SandboxSetting.Place) -> Bool {
    var broken = began
    put(&broken)
    return row.read(broken) != row.read(began)
  }
}
