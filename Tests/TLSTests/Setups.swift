import LabFacts
import LabTLS
import LabTesting

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
}
