/// One certificate of the lab, as declared in `certs/pki.yaml`. Material is made from it on first use.
package struct IdentityDeclaration: Equatable, Sendable, Codable {
  /// What it can be used for.
  package enum Use: String, Sendable, Codable, CaseIterable {
    case root
    case intermediate
    case server
    case client
  }

  package enum KeyKind: String, Sendable, Codable, CaseIterable {
    case p256 = "ec-p256"
    case rsa2048 = "rsa-2048"
    case rsa1024 = "rsa-1024"
    case ed25519
  }

  /// The name lessons use: `server`, `expired`.
  package var name: String
  package var use: Use
  package var commonName: String
  /// DNS names and addresses of the subjectAltName extension: `DNS:netlab.test`, `IP:::1`.
  package var alternativeNames: [String]
  /// The identity that signs it; itself where it is self-signed.
  package var issuer: String
  package var key: KeyKind
  /// Days from the day it is made; negative lies in the past.
  package var validFromDays: Int
  package var validToDays: Int
  /// Identities sent with it, after the leaf.
  package var chain: [String]
  /// Names and addresses that certificates under this CA may carry, as a critical name constraint
  /// (RFC 5280 section 4.2.1.10): `DNS:localhost`, `DNS:.test`, `IP:127.0.0.0/8`.
  package var permitted: [String]
  /// Of an intermediate: how many more intermediates may stand between it and a leaf
  /// (pathLenConstraint, RFC 5280 section 4.2.1.9).
  package var pathLength: Int
  /// The lists of revoked certificates this CA signs. Lists of several CAs with one name come as one PEM.
  package var revocations: [RevocationDeclaration]
  /// One sentence: what differs from a good identity, and why it is here.
  package var note: String

  package init(
    name: String, use: Use, commonName: String, alternativeNames: [String] = [], issuer: String,
    key: KeyKind = .p256, validFromDays: Int, validToDays: Int, chain: [String] = [],
    permitted: [String] = [], pathLength: Int = 0, revocations: [RevocationDeclaration] = [],
    note: String = ""
  ) {
    self.name = name
    self.use = use
    self.commonName = commonName
    self.alternativeNames = alternativeNames
    self.issuer = issuer
    self.key = key
    self.validFromDays = validFromDays
    self.validToDays = validToDays
    self.chain = chain
    self.permitted = permitted
    self.pathLength = pathLength
    self.revocations = revocations
    self.note = note
  }
}

/// A list of revoked certificates (CRL), as declared in `certs/pki.yaml` with the CA that signs it.
package struct RevocationDeclaration: Equatable, Sendable, Codable {
  /// The name lessons use: `lab-crl`.
  package var name: String
  /// Identities of this CA that are on it.
  package var revoked: [String]
  /// Days from the day it is made; negative lies in the past.
  package var validFromDays: Int
  package var validToDays: Int

  package init(name: String, revoked: [String] = [], validFromDays: Int, validToDays: Int) {
    self.name = name
    self.revoked = revoked
    self.validFromDays = validFromDays
    self.validToDays = validToDays
  }
}
