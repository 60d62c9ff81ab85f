import LabCatalog
import LabFacts
import LabNet
import LabTLS

extension LabRuntime {
  func startDemo() {
    demoIsWanted = true
    guard demo == nil, let pki else { return }
    let bench = makeBench(.demo, pki)
    let fresh = Demo(preferredPort: surroundings.demoPort)
    demoBench = bench
    demo = fresh
    demoBegan = .now
    demoCertificateText =
      pki.certificateText(named: "server")?.split(separator: "\n").map(String.init) ?? []
    bench.perform(fresh.begin())
  }

  func stopDemo() {
    demoIsWanted = false
    guard demo != nil else { return }
    demo = nil
    let bench = demoBench
    demoBench = nil
    Task { await bench?.shutDown() }
  }

  func takeDemoFact(_ fact: Fact, _ at: ContinuousClock.Instant) {
    guard var current = demo else { return }
    let effects = current.take(fact, microseconds: (at - demoBegan).microseconds)
    demo = current
    demoBench?.perform(effects)
  }

  var demoSnapshot: DemoSnapshot? {
    // Until it listens there is no address to show.
    guard let demo, demo.port != nil || demo.failure != nil else { return nil }
    let port = String(demo.port ?? surroundings.demoPort)
    let url = "https://localhost:\(port)/"
    let authority = pki?.summary(named: "lab-ca")
    let caPath = pki?.certificatePath(named: "lab-ca") ?? ""
    return DemoSnapshot(
      lab: demo.lab, url: url, plainURL: "http://localhost:\(port)/",
      certificate: pki?.summary(named: "server"),
      certificateText: demoCertificateText,
      caPath: caPath, caFingerprint: authority?.fingerprint ?? "",
      trustSteps: TrustGuide.all(caPath: caPath, url: url, fingerprint: authority?.fingerprint ?? ""),
      keepsRunning: demo.keepsRunning, failure: demo.failure)
  }
}
