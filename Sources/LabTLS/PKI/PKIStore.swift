import COpenSSLSystem
package import LabFacts

/// The lab's certificates and keys, made on first use.
package struct PKIStore: Sendable {
  private let directory: String?
  private let materials: [String: IdentityMaterial]
  private let chains: [String: [UInt8]]

  /// Makes what is missing, near its end or no longer as declared, under `directory` (nil: in memory
  /// only). `now` is in seconds since 1970 UTC. Processes that start at once wait for each other.
  package static func prepare(
    declarations: [IdentityDeclaration], directory: String?, now: Int64
  ) throws(Failure) -> PKIStore {
    guard OpenSSLLibrary.started else { throw SetupFailure.make(.noTlsSupport, subject: "OpenSSL") }
    guard let directory else { return try build(declarations, folder: nil, now: now) }
    let folder = try PKIFolder(directory)
    return try folder.locked { () throws(Failure) in try build(declarations, folder: folder, now: now) }
  }

  /// The names of all identities, sorted.
  package var names: [String] { materials.keys.sorted() }

  /// The identity with the chain it sends. Nil for a name that is not declared.
  package func identity(named name: String) -> IdentitySource? {
    guard let material = materials[name], let chain = chains[name] else { return nil }
    guard let directory else { return .memory(certificate: chain, key: material.key, name: name) }
    return .files(certificate: "\(directory)/\(name).chain.crt", key: "\(directory)/\(name).key")
  }

  /// The certificates of these identities as anchors. A name that is not declared becomes an empty anchor,
  /// which a `TLSContext` refuses by its name.
  package func trust(named names: [String]) -> TrustSource {
    TrustSource(names.map(anchor))
  }

  package func summary(named name: String) -> CertificateSummary? { materials[name]?.summary }

  /// The certificate alone, in PEM.
  package func certificatePEM(named name: String) -> [UInt8]? { materials[name]?.certificate }

  /// Where the certificate lies, for a person to import. Nil in memory.
  package func certificatePath(named name: String) -> String? {
    guard materials[name] != nil else { return nil }
    return directory.map { "\($0)/\(name).crt" }
  }

  /// OpenSSL's text form of the certificate, safe to print.
  package func certificateText(named name: String) -> String? {
    guard let material = materials[name],
      let certificate = try? PEMReading.certificates(material.certificate, name: name).first
    else { return nil }
    return X509Reading.fullText(certificate.pointer)
  }

  private func anchor(_ name: String) -> PEMSource {
    guard let material = materials[name] else { return .memory([], name: name) }
    guard let directory else { return .memory(material.certificate, name: name) }
    return .file("\(directory)/\(name).crt")
  }

  private static func build(
    _ declarations: [IdentityDeclaration], folder: PKIFolder?, now: Int64
  ) throws(Failure) -> PKIStore {
    var builder = PKIBuilder(declarations, folder: folder, now: now)
    try builder.build()
    var chains: [String: [UInt8]] = [:]
    for declaration in declarations { chains[declaration.name] = try builder.chain(declaration) }
    return PKIStore(directory: folder?.path, materials: builder.materials, chains: chains)
  }

  private init(directory: String?, materials: [String: IdentityMaterial], chains: [String: [UInt8]]) {
    self.directory = directory
    self.materials = materials
    self.chains = chains
  }
}
