import Foundation
import LabCore
import LabFacts
import LabTesting
import LabTLS
import Testing

/// The HTTPS demo's server against curl.
@Suite(.serialized, .timeLimit(.minutes(2))) struct CurlTests {
  private func curl(_ arguments: [String]) async throws -> (said: String, status: Int32) {
    try await Peer.run("curl", ["-sS", "-4", "--max-time", "20"] + arguments)
  }

  @Test func `with the CA it gets the page about its own connection`() async throws {
    try await withDemo { bench, port, pki, _ in
      let page = try await curl(["--cacert", pki.path("lab-ca.crt"), "https://localhost:\(port)/"])
      #expect(page.status == 0)
      let state = try await bench.wait("the request is told") {
        $0.value(of: "demo.http.count") == .number(1)
      }
      let peerPort = try #require(state.text("demo.conn(1).peer_port"))
      #expect(page.said.contains(peerPort))
      #expect(page.said.contains(String(port)))
      #expect(page.said.contains("TLS 1.3"))
    }
  }

  @Test func `a client that says goodbye and is gone has failed at nothing`() async throws {
    try await withDemo { bench, port, pki, _ in
      let page = try await curl([
        "--cacert", pki.path("lab-ca.crt"), "-o", "/dev/null", "https://localhost:\(port)/",
      ])
      #expect(page.status == 0)
      let state = try await bench.wait("the connection ends") { $0.ends[EndID("demo", 1)]?.phase == .closed }
      #expect(state.text("demo.conn(1).conn.closed") == "clean")
      #expect(state.failures.isEmpty)
    }
  }

  @Test func `two addresses, one connection: keep-alive`() async throws {
    try await withDemo { bench, port, pki, _ in
      let base = "https://localhost:\(port)"
      let both = try await curl([
        "--cacert", pki.path("lab-ca.crt"), "\(base)/whoami", "\(base)/favicon.ico", "-o", "/dev/null", "-o",
        "/dev/null",
      ])
      #expect(both.status == 0)
      let state = try await bench.wait("both requests are told") {
        $0.value(of: "demo.http.count") == .number(2)
      }
      #expect(state.text("demo.conn.count") == "1")
      #expect(state.text("demo.http.status") == "200, 200")
    }
  }

  @Test func `HEAD has no body, a missing page is 404`() async throws {
    try await withDemo { _, port, pki, _ in
      let head = try await curl(["--cacert", pki.path("lab-ca.crt"), "-I", "https://localhost:\(port)/"])
      #expect(head.said.hasPrefix("HTTP/1.1 200"))
      #expect(!head.said.contains("<html"))
      let missing = try await curl([
        "--cacert", pki.path("lab-ca.crt"), "-o", "/dev/null", "-w", "%{http_code}",
        "https://localhost:\(port)/nothing",
      ])
      #expect(missing.said == "404")
    }
  }

  @Test func `without the CA it leaves, and the card knows who decided`() async throws {
    try await withDemo { bench, port, _, _ in
      let refused = try await curl(["https://localhost:\(port)/"])
      #expect(refused.status == 60)
      let state = try await bench.wait("the refusal is told") {
        $0.ends[EndID("demo", 1)]?.failures.isEmpty == false
      }
      #expect(state.text("demo.error.key") == "peer-unknown-ca")
      #expect(state.text("demo.error.decided_by") == "peer")
    }
  }

  @Test func `http:// to the https port gets a readable 400, not a reset`() async throws {
    try await withDemo { bench, port, _, _ in
      let answer = try await curl(["-w", "%{http_code}", "http://localhost:\(port)/"])
      #expect(answer.status == 0)
      #expect(answer.said.hasSuffix("400"))
      #expect(answer.said.contains("https://localhost:\(port)/"))
      let state = try await bench.wait("it is told") { $0.ends[EndID("demo", 1)]?.failures.isEmpty == false }
      #expect(state.text("demo.error.key") == "plain-to-tls-port")
    }
  }
}
