import COpenSSL
import COpenSSLSystem
import LabFacts

/// One identity as it was made: certificate and key in PEM, and what a later start must know of it.
struct IdentityMaterial: Sendable {
  let certificate: [UInt8]
  let key: [UInt8]
  let summary: CertificateSummary
  /// Seconds since 1970 UTC.
  let notBefore: Int64
  let notAfter: Int64

  /// Nil where the two are not a pair, or are not readable.
  init?(certificate: [UInt8], key: [UInt8]) {
    guard let parsed = IdentityMaterial.parse(certificate, key) else { return nil }
    self.certificate = certificate
    self.key = key
    summary = X509Reading.summary(parsed.certificate.pointer)
    guard let first = UTCTime.seconds(X509_get0_notBefore(parsed.certificate.pointer)),
      let last = UTCTime.seconds(X509_get0_notAfter(parsed.certificate.pointer))
    else { return nil }
    notBefore = first
    notAfter = last
  }

  /// The objects behind the text.
  func parsed() throws(Failure) -> (certificate: Certificate, key: PrivateKey) {
    guard let parsed = IdentityMaterial.parse(certificate, key) else {
      throw SetupFailure.make(.badKeyPair, subject: summary.subject)
    }
    return parsed
  }

  /// Is the material still what the declaration wants at `now`? A certificate that is meant to be good is
  /// renewed well before its end; one that is meant to be expired, or early, stays so as long as it is.
  func serves(_ declaration: IdentityDeclaration, now: Int64) -> Bool {
    Lifetime(from: notBefore, to: notAfter).serves(
      fromDays: declaration.validFromDays, toDays: declaration.validToDays, now: now)
  }

  private static func parse(_ certificate: [UInt8], _ key: [UInt8]) -> (
    certificate: Certificate, key: PrivateKey
  )? {
    guard let leaf = try? PEMReading.certificates(certificate, name: "").first,
      let secret = try? PEMReading.key(key, name: "", passphrase: nil),
      ErrorQueue.aside({ X509_check_private_key(leaf.pointer, secret.pointer) }) == 1
    else { return nil }
    return (leaf, secret)
  }
}

let secondsPerDay: Int64 = 86_400

/// From when to when something signed counts, in seconds since 1970 UTC.
struct Lifetime {
  let from: Int64
  let to: Int64

  /// Is it at `now` what a declaration in days wants: past, present or to come, and not near its end?
  func serves(fromDays: Int, toDays: Int, now: Int64) -> Bool {
    let wanted = Relation(0, fromDays, toDays)
    guard Relation(now, from: from, to: to) == wanted else { return false }
    guard wanted == .within else { return true }
    let life = to - from
    return to - now >= max(life / 4, min(14 * secondsPerDay, life / 2))
  }
}

/// Where a moment lies, seen from the life of a certificate.
private enum Relation {
  case before
  case within
  case after

  init(_ moment: Int64, from: Int64, to: Int64) {
    self = moment < from ? .before : moment > to ? .after : .within
  }

  init(_ moment: Int64, _ fromDays: Int, _ toDays: Int) {
    self.init(moment, from: Int64(fromDays) * secondsPerDay, to: Int64(toDays) * secondsPerDay)
  }
}
