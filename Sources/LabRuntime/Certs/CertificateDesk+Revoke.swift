package import LabFacts
import LabTLS

extension CertificateDesk {
  /// The lab's lists of revoked certificates by name, each with what it says of itself.
  package var lists: [(name: String, summaries: [RevocationSummary])] {
    store.revocationNames.map { ($0, store.revocationSummaries(named: $0)) }
  }

  /// A list of the lab in PEM.
  package func list(_ name: String) throws(UsageProblem) -> [UInt8] {
    guard let text = store.revocationPEM(named: name) else {
      throw .unknown("revocation list", name, among: store.revocationNames)
    }
    return text
  }

  /// What the lists of a file say of themselves.
  package func lists(inFile path: String) throws(Failure) -> [RevocationSummary] {
    try CertificateInspection.revocations(.file(path))
  }

  /// The lists of a file in PEM, without what else stands there.
  package func list(inFile path: String) throws(Failure) -> [UInt8] {
    try CertificateInspection.revocationPEM(.file(path))
  }

  /// Makes a list of these certificates, given by identity or serial, in PEM. All must be of one CA; `authority`
  /// names it where serials alone don't tell. What the CA's lists in an older file name stays revoked, since when
  /// it was.
  package func revoke(
    _ words: [String], authority: String?, keeping older: String?, days: Int
  ) throws -> [UInt8] {
    let found = try words.map { word throws(UsageProblem) in try revoked(word) }
    let authorities = Set(found.compactMap(\.authority) + (authority.map { [$0] } ?? []))
    guard authorities.count <= 1 else {
      throw UsageProblem(
        "A list is signed by one CA, and these are of \(authorities.sorted().joined(separator: " and ")): make one list for each."
      )
    }
    let signer = authorities.first ?? "lab-intermediate"
    var serials: [[UInt8]] = []
    for serial in found.map(\.serial) where !serials.contains(serial) { serials.append(serial) }
    if let older { try lists(inFile: older).forEach { try check($0, isOf: signer) } }
    return try store.revocationList(
      of: signer, serials: serials, keeping: older.map(PEMSource.file), days: days, now: now)
  }

  private func check(_ list: RevocationSummary, isOf signer: String) throws(UsageProblem) {
    guard list.issuer == store.summary(named: signer)?.subject else {
      throw UsageProblem(
        "The list in \(Notation.escaped(list.source)) is of another CA (\(list.issuer)). Name another file.")
    }
  }

  private func revoked(_ word: String) throws(UsageProblem) -> (serial: [UInt8], authority: String?) {
    if let summary = store.summary(named: word), let bytes = Self.serial(summary.serial) {
      return (bytes, try authority(of: identities.first { $0.name == word }))
    }
    guard let bytes = Self.serial(word) else {
      throw .unknown("identity or serial", word, among: names)
    }
    let known = identities.first {
      store.summary(named: $0.name)?.serial == Notation.hex(bytes, separator: ":")
    }
    return (bytes, try authority(of: known))
  }

  /// Who signed it, and may take it back.
  private func authority(of identity: IdentityDeclaration?) throws(UsageProblem) -> String? {
    if let identity, identity.issuer == identity.name {
      throw UsageProblem(
        "\(identity.name) is signed by itself: there is no CA above it that could revoke it. Whoever trusts it must "
          + "stop doing so.")
    }
    return identity?.issuer
  }

  /// The bytes of `10:04` or `1004`.
  static func serial(_ text: String) -> [UInt8]? {
    let digits = Array(text.utf8.filter { $0 != UInt8(ascii: ":") })
    guard !digits.isEmpty, digits.count % 2 == 0, digits.count <= 40 else { return nil }
    var bytes: [UInt8] = []
    for start in stride(from: 0, to: digits.count, by: 2) {
      let pair = String(decoding: digits[start..<start + 2], as: UTF8.self)
      guard pair.allSatisfy(\.isHexDigit), let byte = UInt8(pair, radix: 16) else { return nil }
      bytes.append(byte)
    }
    return bytes
  }
}
