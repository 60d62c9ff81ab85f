package import LabFacts

/// A mistake that can be put into a program with one key, and taken out again: a change of its settings.
package struct SandboxFault: Sendable {
  package let name: String
  package let label: String
  /// Who can make it.
  package let fits: @Sendable (ActorDeclaration) -> Bool
  let isIn: @Sendable (SandboxSetting.Place) -> Bool
  let put: @Sendable (inout SandboxSetting.Place) -> Void
  /// Takes it out again; the second place is how the program began.
  let mend: @Sendable (inout SandboxSetting.Place, SandboxSetting.Place) -> Void

  /// Every fault this program can have.
  package static func all(for actor: ActorDeclaration) -> [SandboxFault] { table.filter { $0.fits(actor) } }
}

extension SandboxState {
  /// Is this fault in that program now?
  package func has(_ fault: SandboxFault, at actor: ActorID) -> Bool { place(actor).map(fault.isIn) ?? false }

  /// Puts a fault in, or takes it out.
  mutating func toggle(_ name: String, at actor: ActorID) {
    guard let began = base.actor(actor), let origin = SandboxState.place(actor, in: base),
      var now = place(actor), let fault = SandboxFault.table.first(where: { $0.name == name }),
      fault.fits(began) || setup.actor(actor).map(fault.fits) == true
    else {
      note = "\(actor) has no fault \(Notation.escaped(String(name.prefix(40))))."
      return
    }
    if fault.isIn(now) { fault.mend(&now, origin) } else { fault.put(&now) }
    change(actor, to: now)
  }
}
