import Foundation
import LabCore
import LabFacts
import LabTesting
import LabTLS
import Testing

/// Our servers and clients against the openssl command.
@Suite(.serialized, .timeLimit(.minutes(2))) struct OpenSSLTests {
  @Test(arguments: [TLSVersion.tls12, .tls13])
  func `openssl s_client talks to our server`(version: TLSVersion) async throws {
    let folder = try Scratch()
    defer { folder.remove() }
    let pki = try TestPKI(folder.path)
    try await withBench(pki: pki.store) { bench in
      await bench.perform(
        .listen("srv", ListenOrder(transport: .tls, kind: .greet, tls: TLSOptions(identity: "server"))))
      let state = try await bench.wait("srv listens") { $0.servers["srv"]?.listening != nil }
      let port = try #require(state.servers["srv"]?.listening?.endpoint.port)
      let client = try Peer(
        "openssl",
        [
          "s_client", "-connect", "127.0.0.1:\(port)", "-CAfile", pki.path("lab-ca.crt"), "-servername",
          "netlab.test", "-verify_hostname", "netlab.test", "-verify_return_error", "-quiet", "-no_ign_eof",
          version == .tls12 ? "-tls1_2" : "-tls1_3",
        ])
      await client.say("Sabine\n")
      let heard = await client.read(until: "Hey Sabine!")
      #expect(heard.contains("Hey Sabine!"))
      // The client may hear the answer before the lab has taken in what it said.
      let up = try await bench.wait("srv has heard it") { $0.ends[EndID("srv", 1)]?.dataReceived.total == 7 }
      #expect(up.text("srv.conn(1).tls.version") == "TLS \(version.rawValue)")
      #expect(up.text("srv.conn(1).tls.sni") == "netlab.test")
      #expect(up.text("srv.conn(1).app.received") == "Sabine\\n")
      await client.endInput()
      _ = await client.finish()
    }
  }

  @Test(arguments: [TLSVersion.tls12, .tls13])
  func `our client talks to openssl s_server`(version: TLSVersion) async throws {
    let folder = try Scratch()
    defer { folder.remove() }
    let pki = try TestPKI(folder.path)
    let server = try Peer(
      "openssl",
      [
        "s_server", "-accept", "127.0.0.1:0", "-cert", pki.path("server.crt"), "-key", pki.path("server.key"),
        "-naccept", "1", "-rev", version == .tls12 ? "-tls1_2" : "-tls1_3",
      ])
    // It prints the port the kernel gave it.
    let said = await server.read(until: "ACCEPT 127.0.0.1:")
    let line = try #require(said.split(separator: "\n").first { $0.hasPrefix("ACCEPT") })
    let port = try #require(line.split(separator: ":").last.flatMap { Int($0) })
    try await withBench(pki: pki.store) { bench in
      let id = EndID("cli", 1)
      let options = TLSOptions(trust: ["lab-ca"], expectedName: "netlab.test", serverName: "netlab.test")
      await bench.perform(
        .connect(id, ConnectOrder(to: Endpoint("127.0.0.1", port), transport: .tls, tls: options)))
      try await bench.wait("cli is up") { $0.ends[id]?.tls.established != nil }
      await bench.perform(.send(id, Array("olleh\n".utf8)))
      let state = try await bench.wait("the answer comes") {
        $0.text("cli.app.received")?.contains("hello") == true
      }
      #expect(state.text("cli.tls.version") == "TLS \(version.rawValue)")
      #expect(state.text("cli.tls.verify") == "0")
      await bench.perform(.close(id, .clean))
      try await bench.wait("cli closes") { $0.ends[id]?.phase == .closed }
    }
    let end = await server.finish()
    #expect(end.status == 0)
  }

  @Test func `openssl refuses an unknown CA, and our server says who decided`() async throws {
    let folder = try Scratch()
    defer { folder.remove() }
    let pki = try TestPKI(folder.path)
    try await withBench(pki: pki.store) { bench in
      await bench.perform(
        .listen("srv", ListenOrder(transport: .tls, kind: .greet, tls: TLSOptions(identity: "server"))))
      let state = try await bench.wait("srv listens") { $0.servers["srv"]?.listening != nil }
      let port = try #require(state.servers["srv"]?.listening?.endpoint.port)
      let client = try await Peer.run(
        "openssl",
        ["s_client", "-connect", "127.0.0.1:\(port)", "-verify_return_error", "-no-CAfile", "-no-CApath"])
      #expect(client.status != 0)
      let failed = try await bench.wait("srv fails") { $0.ends[EndID("srv", 1)]?.failures.isEmpty == false }
      #expect(failed.text("srv.error.key") == "peer-unknown-ca")
      #expect(failed.text("srv.error.decided_by") == "peer")
    }
  }
}
