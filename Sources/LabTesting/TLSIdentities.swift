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
    server("revoked"),
    server("cn-only", names: []),
    intermediateCA("upper-intermediate", issuer: "lab-ca", pathLength: 1),
    intermediateCA("lower-intermediate", issuer: "upper-intermediate"),
    server(
      "long-chain", issuer: "lower-intermediate", chain: ["lower-intermediate", "upper-intermediate"]),
    client("client", "Client", issuer: "lab-ca"),
    client("revoked-client", "Client", issuer: "lab-ca"),
    client("client-expired", "Client", issuer: "lab-ca", from: -30, to: -1),
    client("client-not-yet-valid", "Client", issuer: "lab-ca", from: 30, to: 395),
    client("client-unknown-ca", "Client", issuer: "stranger-ca"),
    client("client-self-signed", "Client", issuer: "client-self-signed"),
    server("client-wrong-purpose", issuer: "lab-ca", chain: []),
    client(
      "client-long-chain", "Client", issuer: "lower-intermediate",
      chain: ["lower-intermediate", "upper-intermediate"]),
  ]

  package static let authority = root("lab-ca", "netlab lab root")
  package static let intermediate = intermediateCA("lab-intermediate", issuer: "lab-ca")

  /// The same CAs with lists of revoked certificates, for `store()`.
  private static let authorities = [
    revoking(authority, "revoked-client"), revoking(intermediate, "revoked"),
  ]

  /// The store of all of them, in memory.
  package static func store() throws(Failure) -> PKIStore { try stored.get() }

  // Made once for a test run; a value that nothing changes.
  private static let stored = Result { () throws(Failure) in
    try PKIStore.prepare(
      declarations: authorities + declarations.dropFirst(2), directory: nil, now: now)
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

  private static func intermediateCA(
    _ name: String, issuer: String, pathLength: Int = 0
  ) -> IdentityDeclaration {
    IdentityDeclaration(
      name: name, use: .intermediate,
      commonName: "netlab " + name.map { $0 == "-" ? " " : String($0) }.joined(), issuer: issuer,
      validFromDays: -1, validToDays: 1825, pathLength: pathLength)
  }

  private static func revoking(_ authority: IdentityDeclaration, _ name: String) -> IdentityDeclaration {
    var authority = authority
    authority.revocations = [
      RevocationDeclaration(name: "lab-crl", revoked: [name], validFromDays: -1, validToDays: 60),
      RevocationDeclaration(name: "lab-crl-empty", validFromDays: -1, validToDays: 60),
      RevocationDeclaration(name: "lab-crl-expired", revoked: [name], validFromDays: -30, validToDays: -1),
    ]
    return authority
  }

  private static func client(
    _ name: String, _ commonName: String, issuer: String, from: Int = -1, to: Int = 396, chain: [String] = []
  ) -> IdentityDeclaration {
    IdentityDeclaration(
      name: name, use: .client, commonName: commonName, issuer: issuer, validFromDays: from,
      validToDays: to, chain: chain)
  }
}
