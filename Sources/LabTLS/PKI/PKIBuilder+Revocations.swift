import COpenSSLSystem
import LabFacts

extension PKIBuilder {
  /// The lists of revoked certificates by name, in PEM; those that still serve come from the folder.
  func revocations() throws(Failure) -> [String: [UInt8]] {
    var signed: [String: [SignedList]] = [:]
    for authority in declarations.values.sorted(by: { $0.name < $1.name }) {
      for list in authority.revocations {
        signed[list.name, default: []].append(SignedList(authority: authority, declaration: list))
      }
    }
    var texts: [String: [UInt8]] = [:]
    for (name, lists) in signed { texts[name] = try text(name, lists) }
    return texts
  }

  private struct SignedList {
    let authority: IdentityDeclaration
    let declaration: RevocationDeclaration
  }

  private func text(_ name: String, _ lists: [SignedList]) throws(Failure) -> [UInt8] {
    guard PKIBuilder.isFileName(name) else {
      throw SetupFailure.make(
        .setupOther, subject: name, said: ["'\(name)' can't be the name of a revocation list"])
    }
    var parts: [String] = []
    for list in lists { parts += try identity(of: list) }
    let digest = Array((PKIBuilder.digest(parts) + "\n").utf8)
    if let kept = folder?.read(name + ".crl"), folder?.read(name + ".crl.made") == digest,
      serves(kept, name, lists)
    {
      return kept
    }
    var made: [UInt8] = []
    for list in lists { made += try make(list) }
    guard let folder else { return made }
    try folder.write(made, to: name + ".crl", mode: 0o644)
    try folder.write(digest, to: name + ".crl.made", mode: 0o644)
    return made
  }

  /// What makes a list what it is.
  private func identity(of list: SignedList) throws(Failure) -> [String] {
    var parts = [
      "1", list.authority.name, materials[list.authority.name]?.summary.fingerprint ?? "",
      "\(list.declaration.validFromDays)", "\(list.declaration.validToDays)",
    ]
    for name in list.declaration.revoked { parts.append(try revoked(name, list).summary.serial) }
    return parts
  }

  private func serves(_ text: [UInt8], _ name: String, _ lists: [SignedList]) -> Bool {
    guard let found = try? RevocationReading.lists(.memory(text, name: name)), found.count == lists.count
    else { return false }
    return zip(found, lists).allSatisfy { pointer, list in
      let summary = RevocationReading.summary(pointer, source: name)
      return Lifetime(from: summary.thisUpdate, to: summary.nextUpdate ?? .max).serves(
        fromDays: list.declaration.validFromDays, toDays: list.declaration.validToDays, now: now)
    }
  }

  private func make(_ list: SignedList) throws(Failure) -> [UInt8] {
    guard let authority = materials[list.authority.name] else { return [] }
    var certificates: [Certificate] = []
    for name in list.declaration.revoked {
      certificates.append(try revoked(name, list).parsed().certificate)
    }
    return try RevocationMaker(
      declaration: list.declaration, issuer: try authority.parsed(), revoked: certificates, now: now
    ).make()
  }

  private func revoked(_ name: String, _ list: SignedList) throws(Failure) -> IdentityMaterial {
    guard let material = materials[name], declarations[name]?.issuer == list.authority.name else {
      throw SetupFailure.make(
        .setupOther, subject: list.declaration.name,
        said: [
          "'\(list.declaration.name)' revokes '\(name)', which '\(list.authority.name)' has not signed"
        ])
    }
    return material
  }
}
