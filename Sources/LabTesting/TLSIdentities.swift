package import LabFacts
package import LabTLS

/// The identities tests need: the same kinds as `certs/pki.yaml`, in short form.
package enum TLSIdentities {
  /// Seconds since 1970 UTC of 2026-06-15T12:00:00Z: the moment tests are made and judge at.
  package static let now: Int64 = 1_781_524_800

  /// Names of the good server.
  package static let serverNames = ["DNS:netlab.test", "DNS:localhost", "IP:127.0.0.1", "IP:::1"]

  package static let declarations: [IdentityDeclaration] = [
    authority, intermediate,
    server("server"),
    server("other", names: ["DNS:other.test"]),
    server("expired", from: -30, to: -1),
    server("not-yet-valid", from: 30, to: 395),
    server("self-signed", issuer: "self-signed", chain: []),
    server("no-intermediate", chain: []),
    server("wrong-purpose", use: .client),
    server("weak-key", key: .rsa1024),
    server("server-rsa", key: .rsa2048),
    server("outside", names: ["DNS:example.com"]),
    root("stranger-ca", "stranger root"),
    server("stranger", issuer: "stranger-ca", chain: []),
    client("client-alice", "Alice", issuer: "lab-ca"),
    client("client-stranger", "Stranger", issuer: "stranger-ca"),
  ]

  package static let authority = root("lab-ca", "netlab lab root")
  package static let intermediate = IdentityDeclaration(
    name: "lab-intermediate", use: .intermediate, commonName: "netlab lab intermediate", issuer: "lab-ca",
    validFromDays: -1, validToDays: 1825)

  /// The store of all of them, in memory.
  package static func store() throws(Failure) -> PKIStore { try stored.get() }

  // Made once for a test run; a value that nothing changes.
  private static let stored = Result { () throws(Failure) in
    try PKIStore.prepare(declarations: declarations, directory: nil, now: now)
  }

  package static func server(
    _ name: String, use: IdentityDeclaration.Use = .server, names: [String] = serverNames,
    issuer: String = "lab-intermediate", key: IdentityDeclaration.KeyKind = .p256, from: Int = -1,
    to: Int = 396,
    chain: [String] = ["lab-intermediate"]
  ) -> IdentityDeclaration {
    IdentityDeclaration(
      name: name, use: use, commonName: "netlab.test", alternativeNames: names, issuer: issuer, key: key,
      validFromDays: from, validToDays: to, chain: chain)
  }

  private static func root(_ name: String, _ commonName: String) -> IdentityDeclaration {
    IdentityDeclaration(
      name: name, use: .root, commonName: commonName, issuer: name, validFromDays: -1, validToDays: 3650,
      permitted: ["DNS:localhost", "DNS:.test", "IP:127.0.0.0/8", "IP:::1/128"])
  }

  private static func client(_ name: String, _ commonName: String, issuer: String) -> IdentityDeclaration {
    IdentityDeclaration(
      name: name, use: .client, commonName: commonName, issuer: issuer, validFromDays: -1, validToDays: 396)
  }
}
