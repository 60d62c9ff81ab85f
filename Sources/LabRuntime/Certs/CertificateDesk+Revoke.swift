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

  /// Makes a list of these certificates, given by identity or serial, in PEM. All must be of one CA; `authority`
  /// names it where serials alone don't tell. What an older list of the CA names stays revoked.
  package func revoke(
    _ words: [String], authority: String?, keeping older: [RevocationSummary], days: Int
  ) throws -> [UInt8] {
    let found = try words.map { word throws(UsageProblem) in try revoked(word) }
    let authorities = Set(found.compactMap(\.authority) + (authority.map { [$0] } ?? []))
    guard authorities.count <= 1 else {
      throw UsageProblem(
        "A list is signed by one CA, and these are of \(authorities.sorted().joined(separator: " and ")): make one list for each."
      )
    }
    let signer = authorities.first ?? "lab-intermediate"
    let kept = try older.flatMap { list throws(UsageProblem) in try self.serials(of: list, by: signer) }
    var serials: [[UInt8]] = []
    for serial in kept + found.map(\.serial) where !serials.contains(serial) { serials.append(serial) }
    return try store.revocationList(of: signer, serials: serials, days: days, now: now)
  }

  private func serials(of list: RevocationSummary, by signer: String) throws(UsageProblem) -> [[UInt8]] {
    guard list.issuer == store.summary(named: signer)?.subject else {
      throw UsageProblem(
        "The list in \(Notation.escaped(list.source)) is of another CA (\(list.issuer)). Name another file.")
    }
    guard list.count == list.serials.count else {
      throw UsageProblem("The list in \(Notation.escaped(list.source)) is too long to be added to.")
    }
    return list.serials.compactMap(Self.serial)
  }

  private func revoked(_ word: String) throws(UsageProblem) -> (serial: [UInt8], authority: String?) {
    if let summary = store.summary(named: word), let bytes = Self.serial(summary.serial) {
      return (bytes, identities.first { $0.name == word }?.issuer)
    }
    guard let bytes = Self.serial(word) else {
      throw .unknown("identity or serial", word, among: names)
    }
    let known = identities.first {
      store.summary(named: $0.name)?.serial == Notation.hex(bytes, separator: ":")
    }
    return (bytes, known?.issuer)
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
