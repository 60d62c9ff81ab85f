import LabCore
import LabFacts
import LabTesting
import Testing

/// Who closed first is what the wire tells, whoever decided about a failure.
@Suite(.timeLimit(.minutes(5))) struct WhoClosedTests {
  /// A client of the lab against a server that does as a test tells it.
  private func closing(
    of order: (Endpoint) -> ConnectOrder, against serve: (RawPeer) async throws -> Void
  ) async throws -> (Fact.Closing?, Failure?) {
    var result: (Fact.Closing?, Failure?) = (nil, nil)
    try await withBench { bench in
      let (listener, endpoint) = try RawPeer.listen()
      let client = EndID("cli", 1)
      await bench.perform(.connect(client, order(endpoint)))
      let peer = try await listener.accept()
      try await serve(peer)
      let state = try await bench.wait("the client is over") { $0.ends[client]?.isOver == true }
      result = (state.ends[client]?.closing, state.ends[client]?.failures.first)
      // Until here it stays open.
      withExtendedLifetime(peer) {}
    }
    return result
  }

  private func mail(_ endpoint: Endpoint) -> ConnectOrder {
    ConnectOrder(to: endpoint, starttls: .smtp, transport: .plain)
  }

  @Test func `a server that refuses and stays open did not close first`() async throws {
    let (closing, failure) = try await closing(of: mail) { try await $0.send(Array("554 no\r\n".utf8)) }
    #expect(failure?.code == .mailRefused)
    #expect(failure?.decidedBy == .peer)
    #expect(closing?.by == .here)
  }

  @Test(arguments: [("+O", FailureCode.starttlsPortMixup, Failure.Decider.here), ("22", .emptyReply, .peer)])
  func `a server that ends within its greeting closed first, whoever decided`(
    greeting: String, code: FailureCode, by: Failure.Decider
  ) async throws {
    let (closing, failure) = try await closing(of: mail) { peer in
      try await peer.send(Array(greeting.utf8))
      peer.endOutput()
    }
    #expect(failure?.code == code)
    #expect(failure?.decidedBy == by)
    #expect(closing?.by == .peer)
  }

  @Test(arguments: [(true, Failure.Decider.peer), (false, .here)])
  func `an alert closes the connection where a FIN follows it`(
    ends: Bool, by: Failure.Decider
  ) async throws {
    let order = { (endpoint: Endpoint) in ConnectOrder(to: endpoint, transport: .tls, tls: TLSOptions()) }
    let (closing, failure) = try await closing(of: order) { peer in
      _ = try await peer.receive(5)
      try await peer.send([0x15, 3, 3, 0, 2, 2, 40])
      if ends { peer.endOutput() }
    }
    #expect(failure?.code == .handshakeFailure)
    #expect(failure?.decidedBy == .peer)
    #expect(closing?.by == by)
  }
}
