package import LabCatalog
package import LabFacts
import LabTLS

/// What `netlab demo --trust` tells.
package enum TrustAnswer {
  /// The demo as it would be, with this machine's own CA file and fingerprint. Makes the CA where it is
  /// missing; fails where the certificates can't be made or kept.
  package static func demo(
    _ catalog: Catalog, state: StateFolder, port: Int, now: Int64
  ) throws(Failure) -> DemoSnapshot {
    let store = try PKIStore.prepare(declarations: catalog.identities, directory: state.pki, now: now)
    let fingerprint = store.summary(named: "lab-ca")?.fingerprint ?? ""
    let path = store.certificatePath(named: "lab-ca") ?? state.pki
    let url = "https://localhost:\(port)/"
    return DemoSnapshot(
      url: url, caPath: path, caFingerprint: fingerprint,
      trustSteps: TrustGuide.all(caPath: path, url: url, fingerprint: fingerprint))
  }
}
