package import LabFacts

/// The lab's certificates and keys, made on first use.
package struct PKIStore: Sendable {
  /// Makes what is missing or no longer as declared, under `directory` (nil: in memory only).
  /// `now` is in seconds since 1970 UTC.
  package static func prepare(
    declarations: [IdentityDeclaration], directory: String?, now: Int64
  ) throws(Failure) -> PKIStore { PKIStore() }

  package func identity(named name: String) -> IdentitySource? { nil }
  package func trust(named names: [String]) -> TrustSource { TrustSource() }
  package func summary(named name: String) -> CertificateSummary? { nil }
  package func certificatePEM(named name: String) -> [UInt8]? { nil }
  /// OpenSSL's text form of the certificate, safe to print.
  package func certificateText(named name: String) -> String? { nil }
}
