import COpenSSLSystem
package import LabFacts

/// The lab's certificates and keys, made on first use.
package struct PKIStore: Sendable {
  private let directory: String?
  let materials: [String: IdentityMaterial]
  private let chains: [String: [UInt8]]
  private let lists: [String: [UInt8]]
  let declarations: [String: IdentityDeclaration]

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
    TrustSource(names.map { anchor(named: $0) ?? .memory([], name: $0) })
  }

  /// What a recorded connection gives away to somebody who has this identity's private key.
  package func reading(client: Bytes, server: Bytes, withKeyOf name: String) -> KeyReading {
    guard let material = materials[name] else { return .closed(.noKey) }
    return Eavesdropper.read(client: client, server: server, key: material.key)
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

  /// The certificate of an identity, to be trusted. Nil for a name that is not declared.
  package func anchor(named name: String) -> PEMSource? {
    guard let material = materials[name] else { return nil }
    guard let directory else { return .memory(material.certificate, name: name) }
    return .file("\(directory)/\(name).crt")
  }

  /// The names of all lists of revoked certificates, sorted.
  package var revocationNames: [String] { lists.keys.sorted() }

  /// Lists of revoked certificates: one for each CA that declares one of this name.
  package func revocations(named name: String) -> PEMSource? {
    guard let text = lists[name] else { return nil }
    guard let directory else { return .memory(text, name: name) }
    return .file("\(directory)/\(name).crl")
  }

  /// The same lists, in PEM.
  package func revocationPEM(named name: String) -> [UInt8]? { lists[name] }

  /// What the lists of this name say of themselves.
  package func revocationSummaries(named name: String) -> [RevocationSummary] {
    guard let text = lists[name], let found = try? RevocationReading.lists(.memory(text, name: name)) else {
      return []
    }
    return found.map { RevocationReading.summary($0, source: name) }
  }

  /// Makes a new identity under one of this store's CAs, in memory only. `now` is in seconds since 1970 UTC.
  ///
  /// A server or client without alternative names is refused: no browser would take it.
  package func mint(_ declaration: IdentityDeclaration, now: Int64) throws(Failure) -> IdentitySource {
    guard
      !declaration.alternativeNames.isEmpty || declaration.use == .root || declaration.use == .intermediate
    else {
      throw SetupFailure.make(
        .setupOther, subject: declaration.name,
        said: ["'\(declaration.name)' needs at least one name, such as DNS:netlab.test or IP:127.0.0.1"])
    }
    var issuer: (declaration: IdentityDeclaration, certificate: Certificate, key: PrivateKey)?
    if declaration.issuer != declaration.name {
      guard let above = declarations[declaration.issuer], let material = materials[declaration.issuer] else {
        throw SetupFailure.make(
          .setupOther, subject: declaration.name, said: ["there is no CA named '\(declaration.issuer)'"])
      }
      let parsed = try material.parsed()
      issuer = (above, parsed.certificate, parsed.key)
    }
    let made = try IdentityMaker(declaration: declaration, issuer: issuer, now: now).make()
    let above = declaration.chain.compactMap { materials[$0]?.certificate }.joined()
    return .memory(certificate: made.certificate + above, key: made.key, name: declaration.name)
  }

  /// Makes a list of revoked certificates of one of this store's CAs, in PEM and in memory only. Serials are
  /// numbers with the most significant byte first; `now` is in seconds since 1970 UTC. What older lists name is
  /// taken over as it stands there, with its date.
  package func revocationList(
    of authority: String, serials: [[UInt8]], keeping older: PEMSource? = nil, days: Int, now: Int64
  ) throws(Failure) -> [UInt8] {
    guard let material = materials[authority], let above = declarations[authority],
      above.use == .root || above.use == .intermediate
    else {
      throw SetupFailure.make(
        .setupOther, subject: authority, said: ["there is no CA named '\(Notation.escaped(authority))'"])
    }
    let list = RevocationDeclaration(name: "\(authority) list", validFromDays: 0, validToDays: days)
    return try RevocationMaker(
      declaration: list, issuer: try material.parsed(), revoked: try serials.map(RevocationMaker.bearer),
      older: try older.map(RevocationReading.lists) ?? [], now: now
    ).make()
  }

  private static func build(
    _ declarations: [IdentityDeclaration], folder: PKIFolder?, now: Int64
  ) throws(Failure) -> PKIStore {
    var builder = PKIBuilder(declarations, folder: folder, now: now)
    try builder.build()
    var chains: [String: [UInt8]] = [:]
    for declaration in declarations { chains[declaration.name] = try builder.chain(declaration) }
    return PKIStore(
      directory: folder?.path, materials: builder.materials, chains: chains,
      lists: try builder.revocations(), declarations: builder.declarations)
  }
}
