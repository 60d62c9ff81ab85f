import LabFacts
import LabTLS
import LabTesting
import Testing

/// Setups as the tests want them: good unless told otherwise.
enum Setups {
  static func server(_ identity: String? = "server", _ change: (inout TLSSetup) -> Void = { _ in }) throws
    -> TLSSetup
  {
    let store = try TLSIdentities.store()
    var setup = TLSSetup(
      role: .server, identity: identity.flatMap { store.identity(named: $0) },
      trust: store.trust(named: ["lab-ca"]), date: TLSIdentities.now)
    change(&setup)
    return setup
  }

  static func client(trust: [String] = ["lab-ca"], _ change: (inout TLSSetup) -> Void = { _ in }) throws
    -> TLSSetup
  {
    var setup = TLSSetup(
      role: .client, trust: try TLSIdentities.store().trust(named: trust), date: TLSIdentities.now,
      expectedName: "netlab.test", serverName: "netlab.test")
    change(&setup)
    return setup
  }

  static func identity(_ name: String) throws -> IdentitySource? {
    try TLSIdentities.store().identity(named: name)
  }

  /// An identity that must be there.
  static func needed(_ name: String) throws -> IdentitySource {
    let found = try identity(name)
    return try #require(found)
  }

  static func revocations(_ name: String) throws -> [PEMSource] {
    [try TLSIdentities.store().revocations(named: name)].compactMap(\.self)
  }
}
