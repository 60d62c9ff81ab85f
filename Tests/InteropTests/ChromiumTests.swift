import Foundation
import LabCore
import LabFacts
import LabTesting
import LabTLS
import Testing

/// The HTTPS demo in a real browser. Required in CI; elsewhere it runs where Chromium is installed.
@Suite(
  .serialized, .timeLimit(.minutes(5)),
  .enabled(if: Chromium.isWanted, "Chromium is not installed; CI requires it"))
struct ChromiumTests {
  private func withDemo(_ body: (BenchHarness, Int, TestPKI, Scratch) async throws -> Void) async throws {
    let folder = try Scratch()
    defer { folder.remove() }
    let pki = try TestPKI(folder.path)
    try await withBench(pki: pki.store) { bench in
      await bench.perform(
        .listen(
          "demo",
          ListenOrder(
            transport: .tls, kind: .http, site: "demo",
            tls: TLSOptions(identity: "server", alpn: ["http/1.1"]))))
      let state = try await bench.wait("the demo listens") { $0.servers["demo"]?.listening != nil }
      let port = try #require(state.servers["demo"]?.listening?.endpoint.port)
      try await body(bench, port, pki, folder)
    }
  }

  @Test func `trusted, it shows the page`() async throws {
    try await withDemo { bench, port, pki, folder in
      try await Chromium.trust(pki.path("lab-ca.crt"), home: folder.path)
      let page = try await Chromium.dump("https://localhost:\(port)/", home: folder.path)
      #expect(page.contains("netlab"))
      #expect(page.contains("TLS 1.3"))
      let state = try await bench.wait("the request is told") {
        ($0.text("demo.http.targets") ?? "").hasPrefix("/")
      }
      #expect(state.ends.values.contains { $0.exchanges.last?.status == 200 })
    }
  }

  @Test func `untrusted, it warns, and the lab tells that the browser decided`() async throws {
    try await withDemo { bench, port, _, folder in
      let page = try await Chromium.dump("https://localhost:\(port)/", home: folder.path)
      #expect(page.contains("ERR_CERT_AUTHORITY_INVALID"))
      let state = try await bench.wait("the refusal is told") { !$0.failures.isEmpty }
      let failure = try #require(state.failures.elements.first?.failure)
      #expect(failure.decidedBy == .peer)
      #expect([FailureCode.peerUnknownCa, .peerRejectedCert].contains(failure.code))
    }
  }

  @Test func `http:// to the https port shows the page that says so`() async throws {
    try await withDemo { bench, port, _, folder in
      let page = try await Chromium.dump("http://localhost:\(port)/", home: folder.path)
      #expect(page.contains("https://localhost:\(port)/"))
      let state = try await bench.wait("it is told") { !$0.failures.isEmpty }
      #expect(state.failures.elements.first?.failure.code == .plainToTlsPort)
    }
  }
}

/// Headless Chromium with a profile of its own.
enum Chromium {
  static let name = ["chromium", "chromium-browser", "google-chrome"].first { Peer.find($0) != nil }
  static let isWanted = name != nil || ProcessInfo.processInfo.environment["CI"] == "true"

  /// Puts a CA into the certificate store of this home folder.
  static func trust(_ certificate: String, home: String) async throws {
    let store = "\(home)/.pki/nssdb"
    try FileManager.default.createDirectory(atPath: store, withIntermediateDirectories: true)
    let made = try await Peer.run("certutil", ["-d", "sql:\(store)", "-N", "--empty-password"])
    try #require(made.status == 0, "\(made.said)")
    let added = try await Peer.run(
      "certutil", ["-d", "sql:\(store)", "-A", "-t", "C,,", "-n", "netlab", "-i", certificate])
    try #require(added.status == 0, "\(added.said)")
  }

  /// What the browser makes of an address: the page's text form, and its own error names.
  static func dump(_ address: String, home: String) async throws -> String {
    let name = try #require(name, "Chromium is required in CI")
    let result = try await Peer.run(
      name,
      [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
        "--disable-background-networking", "--user-data-dir=\(home)/profile", "--virtual-time-budget=5000",
        "--dump-dom", address,
      ],
      environment: ["HOME": home, "XDG_CONFIG_HOME": home + "/config", "XDG_CACHE_HOME": home + "/cache"])
    return result.said
  }
}
