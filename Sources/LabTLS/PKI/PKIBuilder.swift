import COpenSSLSystem
import LabFacts

/// Brings every declared identity into being, issuers first; takes from the folder what still serves.
struct PKIBuilder {
  let declarations: [String: IdentityDeclaration]
  let folder: PKIFolder?
  let now: Int64
  private(set) var materials: [String: IdentityMaterial] = [:]
  private var inWork: Set<String> = []

  init(_ declarations: [IdentityDeclaration], folder: PKIFolder?, now: Int64) {
    self.declarations = Dictionary(
      declarations.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    self.folder = folder
    self.now = now
  }

  mutating func build() throws(Failure) {
    for name in declarations.keys.sorted() { _ = try material(name, for: name) }
    for declaration in declarations.values { try writeChain(declaration) }
  }

  /// The certificate and the certificates sent after it.
  func chain(_ declaration: IdentityDeclaration) throws(Failure) -> [UInt8] {
    var text = materials[declaration.name]?.certificate ?? []
    for name in declaration.chain {
      guard let next = materials[name] else { throw unknown(name, declaration.name) }
      text += next.certificate
    }
    return text
  }

  private mutating func material(_ name: String, for user: String) throws(Failure) -> IdentityMaterial {
    if let done = materials[name] { return done }
    guard let declaration = declarations[name], PKIBuilder.isFileName(name) else { throw unknown(name, user) }
    guard inWork.insert(name).inserted else {
      throw SetupFailure.make(
        .setupOther, subject: name, said: ["'\(name)' is, by way of others, its own issuer"])
    }
    let issuer = declaration.issuer == name ? nil : try material(declaration.issuer, for: name)
    let digest = digest(declaration, issuer)
    if let kept = try kept(declaration, digest) {
      materials[name] = kept
      return kept
    }
    let made = try made(declaration, issuer, digest)
    materials[name] = made
    return made
  }

  /// What lies in the folder, if it is still wanted as it is.
  private func kept(_ declaration: IdentityDeclaration, _ digest: String) throws(Failure) -> IdentityMaterial?
  {
    let name = declaration.name
    guard let folder else { return nil }
    try folder.closeToOthers(name + ".key")
    guard let certificate = folder.read(name + ".crt"), let key = folder.read(name + ".key"),
      let note = folder.read(name + ".made"),
      let material = IdentityMaterial(certificate: certificate, key: key),
      note == PKIBuilder.note(digest, material), material.serves(declaration, now: now)
    else { return nil }
    return material
  }

  private func made(
    _ declaration: IdentityDeclaration, _ issuer: IdentityMaterial?, _ digest: String
  ) throws(Failure) -> IdentityMaterial {
    var signer: (declaration: IdentityDeclaration, certificate: Certificate, key: PrivateKey)?
    if let issuer, let above = declarations[declaration.issuer] {
      let parsed = try issuer.parsed()
      signer = (above, parsed.certificate, parsed.key)
    }
    let material = try IdentityMaker(declaration: declaration, issuer: signer, now: now).make()
    guard let folder else { return material }
    try folder.write(material.key, to: declaration.name + ".key", mode: 0o600)
    try folder.write(material.certificate, to: declaration.name + ".crt", mode: 0o644)
    // Last: a start that was cut off before leaves no note, and makes all of it again.
    try folder.write(PKIBuilder.note(digest, material), to: declaration.name + ".made", mode: 0o644)
    return material
  }

  private func writeChain(_ declaration: IdentityDeclaration) throws(Failure) {
    let text = try chain(declaration)
    let file = declaration.name + ".chain.crt"
    guard let folder, folder.read(file) != text else { return }
    try folder.write(text, to: file, mode: 0o644)
  }

  private func unknown(_ name: String, _ user: String) -> Failure {
    SetupFailure.make(
      .setupOther, subject: user, said: ["'\(user)' needs the identity '\(name)', which is not declared"])
  }

  /// What makes the certificate what it is: the declaration, and who signed it. Notes and chains do not count.
  private func digest(_ declaration: IdentityDeclaration, _ issuer: IdentityMaterial?) -> String {
    let parts =
      [
        "1", declaration.name, declaration.use.rawValue, declaration.commonName, declaration.issuer,
        declaration.key.rawValue, "\(declaration.validFromDays)", "\(declaration.validToDays)",
        issuer?.summary.fingerprint ?? "",
      ] + declaration.alternativeNames + [""] + declaration.permitted
      + (declaration.pathLength == 0 ? [] : ["", "\(declaration.pathLength)"])
    return PKIBuilder.digest(parts)
  }

  static func digest(_ parts: [String]) -> String {
    let text = Array(parts.joined(separator: "\n").utf8)
    var digest = [UInt8](repeating: 0, count: 32)
    EVP_Digest(text, text.count, &digest, nil, EVP_sha256(), nil)
    return Notation.hex(digest, separator: "")
  }

  private static func note(_ digest: String, _ material: IdentityMaterial) -> [UInt8] {
    Array("\(digest) \(material.summary.fingerprint)\n".utf8)
  }

  /// Names become file names: letters, digits, `-`, `_` and inner dots only.
  static func isFileName(_ name: String) -> Bool {
    guard let first = name.utf8.first, first != UInt8(ascii: ".") else { return false }
    return name.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
        true
      default: false
      }
    }
  }
}
