import LabCore
import LabFacts
import LabTesting
import LabTLS
import Testing

/// Runs a body with the demo's server on a port of the kernel's choice: its bench, its port, its
/// certificates, and a folder of the test's own.
func withDemo(_ body: (BenchHarness, Int, TestPKI, Scratch) async throws -> Void) async throws {
  let folder = try Scratch()
  defer { folder.remove() }
  let pki = try TestPKI(folder.path)
  try await withBench(pki: pki.store) { bench in
    await bench.perform(
      .listen(
        "demo",
        ListenOrder(
          transport: .tls, kind: .http, site: "demo", tls: TLSOptions(identity: "server", alpn: ["http/1.1"]))
      ))
    let state = try await bench.wait("the demo listens") { $0.servers["demo"]?.listening != nil }
    let port = try #require(state.servers["demo"]?.listening?.endpoint.port)
    try await body(bench, port, pki, folder)
  }
}
