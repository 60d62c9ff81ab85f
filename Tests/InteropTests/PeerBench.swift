import LabCore
import LabFacts
import LabTesting
import LabTLS
import Testing

/// What a test with a peer needs: a bench, the certificates as files, and where our server listens.
struct Meeting {
  let bench: BenchHarness
  let pki: TestPKI
  static let (ours, client) = (EndID("srv", 1), EndID("cli", 1))

  /// Runs a body with a bench and a folder of certificates.
  static func run(_ body: (Meeting) async throws -> Void) async throws {
    let folder = try Scratch()
    defer { folder.remove() }
    let pki = try TestPKI(folder.path, identities)
    try await withBench(pki: pki.store) { try await body(Meeting(bench: $0, pki: pki)) }
  }

  /// Starts a server of ours; answers its port.
  func listen(_ order: ListenOrder) async throws -> Int {
    await bench.perform(.listen("srv", order))
    let state = try await bench.wait("srv listens") { $0.servers["srv"]?.listening != nil }
    return try #require(state.servers["srv"]?.listening?.endpoint.port)
  }

  /// Starts a relay of ours; answers its port.
  func relay(_ order: RelayOrder) async throws -> Int {
    await bench.perform(.relay("relay", order))
    let state = try await bench.wait("relay listens") { $0.servers["relay"]?.listening != nil }
    return try #require(state.servers["relay"]?.listening?.endpoint.port)
  }

  /// Starts a client of ours to a peer.
  func connect(_ port: Int, _ transport: Transport = .tls, _ tls: TLSOptions = Meeting.trusting) async {
    await connect(ConnectOrder(to: Endpoint("127.0.0.1", port), transport: transport, tls: tls))
  }

  func connect(_ order: ConnectOrder) async { await bench.perform(.connect(Meeting.client, order)) }

  /// Our end, when it is over.
  func over(_ id: EndID = Meeting.ours) async throws -> EndState {
    let state = try await bench.wait("\(id) is over") { $0.ends[id]?.isOver == true }
    return try #require(state.ends[id])
  }

  /// Sends, waits for the answer, and closes in order; answers our end.
  func exchange(_ words: String, for answer: String) async throws -> EndState {
    await bench.perform(.send(Meeting.client, Array(words.utf8)))
    try await bench.wait("the answer comes") {
      String(decoding: $0.ends[Meeting.client]?.dataReceived.kept ?? [], as: UTF8.self).contains(answer)
    }
    await bench.perform(.close(Meeting.client, .clean))
    return try await over(Meeting.client)
  }

  static let trusting = TLSOptions(trust: ["lab-ca"], expectedName: "netlab.test", serverName: "netlab.test")
  static let server = TLSOptions(identity: "server")

  static func only(_ version: TLSVersion, _ options: TLSOptions) -> TLSOptions {
    var options = options
    (options.minVersion, options.maxVersion) = (version, version)
    return options
  }

  private static let identities =
    TestIdentities.all + [
      leaf("expired", .server, from: -30, to: -1), leaf("client", .client),
      leaf("client-expired", .client, from: -30, to: -1),
    ]

  private static func leaf(
    _ name: String, _ use: IdentityDeclaration.Use, from: Int = -1, to: Int = 300
  ) -> IdentityDeclaration {
    IdentityDeclaration(
      name: name, use: use, commonName: name,
      alternativeNames: use == .server ? ["DNS:netlab.test", "DNS:localhost"] : [], issuer: "lab-ca",
      validFromDays: from, validToDays: to)
  }
}
