package import LabFacts

/// One thing that can be set on a program of the sandbox, as data: where it is kept, what it may be, and for
/// whom it has a meaning. Values are texts, the words of lesson files; an empty one means that nothing is said.
package struct SandboxSetting: Sendable {
  /// What it may be.
  package enum Control: Equatable, Sendable {
    /// One of these words.
    case words([String])
    /// A name from the lab's certificates: identities of these uses.
    case identities([IdentityDeclaration.Use])
    /// Names of revocation lists.
    case lists
    /// Names of certificates to trust.
    case roots
    /// A program of the sandbox: its servers.
    case servers
    /// Anything that is typed; says of what form, with some values to turn through.
    case typed(String, [String])
  }

  /// A program with what its client says.
  package struct Place: Equatable, Sendable {
    package var settings: ActorSettings
    package var talk: SandboxSetup.Talk
  }

  /// The key of lesson files, with the map it stands in: `tls.min`.
  package let key: String
  package let label: String
  package let control: Control
  /// The value as a lesson file has it; absent: it is no key of an actor.
  let yaml: (@Sendable (String) -> String)?
  /// The word shown where nothing is said.
  package let unset: String
  package let fits: @Sendable (ActorDeclaration) -> Bool
  package let read: @Sendable (Place) -> String
  /// Answers whether the text can be that.
  package let write: @Sendable (inout Place, String) -> Bool

  init(
    _ key: String, _ label: String, _ control: Control, yaml: (@Sendable (String) -> String)? = YamlText.word,
    unset: String = "-",
    fits: @escaping @Sendable (ActorDeclaration) -> Bool,
    read: @escaping @Sendable (Place) -> String,
    write: @escaping @Sendable (inout Place, String) -> Bool
  ) {
    self.key = key
    self.label = label
    self.control = control
    self.yaml = yaml
    self.unset = unset
    self.fits = fits
    self.read = read
    self.write = write
  }

  /// Is it in the list before anybody asks for all of them?
  package var isEveryday: Bool { SandboxSettings.everyday.contains(key) }

  /// The values that left and right turn through; the first says nothing.
  package func options(_ catalog: Catalog, _ setup: SandboxSetup) -> [String] {
    switch control {
    case .words(let words): return [""] + words
    case .identities(let uses):
      return [""] + catalog.identities.filter { uses.contains($0.use) }.map(\.name)
    case .lists:
      let names = catalog.identities.flatMap(\.revocations).map(\.name)
      return [""] + names.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    case .roots:
      return [""] + catalog.identities.filter { $0.use == .root }.map(\.name) + ["server", "self-signed"]
    case .servers: return setup.listeners.map(\.id.rawValue)
    case .typed(_, let some): return [""] + some
    }
  }

  /// What can be typed, for the line where it is.
  package func hint(_ catalog: Catalog, _ setup: SandboxSetup) -> String {
    switch control {
    case .typed(let form, _): form
    case .words, .identities, .lists, .roots, .servers:
      options(catalog, setup).filter { !$0.isEmpty }.joined(separator: " | ")
    }
  }
}
