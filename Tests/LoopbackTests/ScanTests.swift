import LabCore
import LabFacts
import LabRuntime
import LabTesting
import Testing

/// What a scan asks, and what it makes of the answers of a server that is known.
struct ScanTests {
  private static let asked = TLSOptions(
    trust: ["lab-ca"], expectedName: "localhost", serverName: "localhost")

  private func answer(_ probe: ScanProbe, _ number: Int, at port: Int, _ bench: BenchHarness) async throws
    -> EndState
  {
    let id = EndID("scan", number)
    await bench.perform(
      .connect(
        id, ConnectOrder(to: Endpoint("127.0.0.1", port), transport: .tls, tls: probe.options)))
    let state = try await bench.wait("probe \(number) is answered") { state in
      state.ends[id].map { $0.tls.established != nil || $0.isOver || !$0.failures.isEmpty } ?? false
    }
    await bench.perform(.close(id, .clean))
    return try #require(state.ends[id])
  }

  private func scan(_ server: TLSOptions) async throws -> [String] {
    var lines: [String] = []
    try await withBench { bench in
      await bench.perform(.listen("srv", ListenOrder(transport: .tls, kind: .echo, tls: server)))
      let port = try #require(
        try await bench.wait("it listens") { $0.servers["srv"]?.listening != nil }
          .servers["srv"]?.listening?.endpoint.port)
      for (number, probe) in ScanProbe.first(ScanTests.asked).enumerated() {
        let end = try await answer(probe, number + 1, at: port, bench)
        lines += [ScanReport.line(probe, end)].compactMap { $0 }
      }
      let orders = ScanProbe.orders(ScanTests.asked)
      let one = try await answer(orders[0], 11, at: port, bench)
      let other = try await answer(orders[1], 12, at: port, bench)
      lines.append(ScanReport.preference(one, other))
    }
    return lines
  }

  @Test func `a server of today takes two versions, and its own order counts`() async throws {
    let lines = try await scan(TLSOptions(identity: "server"))
    #expect(lines[0].hasPrefix("TLS 1.3         yes: TLS_AES_256_GCM_SHA384"))
    #expect(lines[1].hasPrefix("TLS 1.2         yes: "))
    #expect(lines[2] == "TLS 1.1         no: protocol-version, alert 70 protocol_version")
    #expect(lines[4] == "without SNI     accepted, with CN=netlab.test,O=netlab")
    #expect(lines[5] == "certificate     trusted, and it carries the name")
    #expect(lines[6].hasPrefix("order of suites the server's own: TLS_AES_256_GCM_SHA384"))
  }

  @Test func `a server that leaves the order to clients, and wants a name`() async throws {
    let lines = try await scan(
      TLSOptions(
        identity: "server", serverPreference: false, identitiesByName: ["localhost": "server"],
        refusesUnknownNames: true))
    #expect(lines[4].hasPrefix("without SNI     refused: a name is required (missing-sni"))
    #expect(lines[6] == "order of suites the client's: each time its first")
  }

  @Test func `a server of TLS 1.2 alone answers nothing about suites of 1.3`() async throws {
    let lines = try await scan(TLSOptions(identity: "server", maxVersion: .tls12))
    #expect(lines[0] == "TLS 1.3         no: protocol-version, alert 70 protocol_version")
    #expect(lines[6].hasPrefix("order of suites not known"))
  }
}
