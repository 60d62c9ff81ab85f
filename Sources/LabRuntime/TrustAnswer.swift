package import LabCatalog
package import LabFacts
import LabTLS

/// How to trust the lab's CA, with this machine's own file and fingerprint. Makes the CA where it is missing.
package struct TrustAnswer: Sendable {
  package let preface: [String]
  package let guides: [TrustGuide]

  /// Fails where the certificates can't be made or kept.
  package init(_ catalog: Catalog, state: StateFolder, port: Int, now: Int64) throws(Failure) {
    let store = try PKIStore.prepare(declarations: catalog.identities, directory: state.pki, now: now)
    let fingerprint = store.summary(named: "lab-ca")?.fingerprint ?? ""
    preface = TrustGuide.preface(fingerprint: fingerprint)
    guides = TrustGuide.all(
      caPath: store.certificatePath(named: "lab-ca") ?? state.pki, url: "https://localhost:\(port)/",
      fingerprint: fingerprint)
  }
}
