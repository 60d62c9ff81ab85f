package import LabFacts

extension PKIStore {
  /// An identity with something wrong in its files, in memory. Nil for a name that is not declared.
  package func identity(named name: String, spoilt defect: IdentityDefect) throws(Failure) -> IdentitySource?
  {
    guard let good = identity(named: name), let material = materials[name] else { return nil }
    let certificate = PEMSource.memory(material.certificate, name: "\(name).crt")
    let key = PEMSource.memory(material.key, name: "\(name).key")
    switch defect {
    case .wrongKey:
      return IdentitySource(certificate: certificate, key: .memory(otherKey(than: name), name: "\(name).key"))
    case .wrongPassPhrase:
      let locked = try PKIExport.pem(good, phrase: "right")
      return IdentitySource(
        certificate: certificate, key: .memory(locked, name: "\(name).key"), passphrase: "wrong")
    case .swapped: return IdentitySource(certificate: key, key: certificate)
    case .p12:
      let file = try PKIExport.pkcs12(good, phrase: "right", name: name)
      return .bundle(.memory(file, name: "\(name).p12"), passphrase: "right")
    case .missingFile: return IdentitySource(certificate: .file("no-such-folder/\(name).crt"), key: key)
    case .emptyFile: return IdentitySource(certificate: .memory([], name: "\(name).crt"), key: key)
    }
  }

  /// A key of the same kind, of whoever comes first.
  private func otherKey(than name: String) -> [UInt8] {
    let kind = declarations[name]?.key
    let others = declarations.keys.sorted().filter { $0 != name }
    let other = others.first { declarations[$0]?.key == kind } ?? others.first
    return other.flatMap { materials[$0]?.key } ?? []
  }
}
