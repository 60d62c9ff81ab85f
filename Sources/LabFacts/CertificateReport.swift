/// A certificate and what is wrong with it, judged at one moment.
package struct CertificateReport: Hashable, Sendable, Codable {
  /// Something that keeps a certificate from being taken.
  package enum Problem: String, Sendable, Codable, CaseIterable {
    case expired
    case notYetValid = "not-yet-valid"
    /// No subjectAltName: browsers look nowhere else.
    case noNames = "no-names"
    /// It does not carry the name that was asked about.
    case otherName = "other-name"
    case weakKey = "weak-key"
    case weakSignature = "weak-signature"
    /// A CA certificate where a leaf belongs.
    case isAuthority = "is-authority"
    /// A leaf certificate where a CA belongs.
    case isNoAuthority = "is-no-authority"
    case selfSigned = "self-signed"
    case wrongPurpose = "wrong-purpose"
    case keyMismatch = "key-mismatch"
    /// It lives longer than the 398 days that browsers allow.
    case livesTooLong = "lives-too-long"

    /// One sentence that says what is wrong.
    package var sentence: String {
      switch self {
      case .expired: "Its last day has passed."
      case .notYetValid: "Its first day has not come yet."
      case .noNames: "It has no subjectAltName: browsers look for names nowhere else."
      case .otherName: "It does not carry the name that was asked for."
      case .weakKey: "Its key is too short to be safe."
      case .weakSignature: "It is signed with an algorithm that is broken."
      case .isAuthority: "It is a CA certificate, not one for a server or client."
      case .isNoAuthority: "It stands where a CA belongs, but is none."
      case .selfSigned: "It is signed with its own key: nobody else vouches for it."
      case .wrongPurpose: "It was made for another purpose."
      case .keyMismatch: "The key does not belong to it."
      case .livesTooLong: "It lives longer than the 398 days that browsers allow."
      }
    }
  }

  package let summary: CertificateSummary
  package let problems: [Problem]

  package init(summary: CertificateSummary, problems: [Problem]) {
    self.summary = summary
    self.problems = problems
  }
}
