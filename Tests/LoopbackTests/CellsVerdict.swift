import LabCore
import LabFacts
import LabTesting
import Testing

/// A failure by its numbers alone: what a table of cells compares.
struct Verdict: Equatable, Sendable, CustomStringConvertible {
  var code: FailureCode
  var by: Failure.Decider
  var library: Int?
  var reason: Int?
  var alert: Int?
  /// An X509_V_ERR that is one.
  var verify: Int?
  var errno: Int?

  /// A verdict of libssl, which is library 20.
  static func ssl(
    _ code: FailureCode, _ by: Failure.Decider, reason: Int, alert: Int? = nil, verify: Int? = nil
  ) -> Verdict {
    Verdict(code: code, by: by, library: 20, reason: reason, alert: alert, verify: verify)
  }

  /// An alert that the other end sent: libssl adds 1000.
  static func alert(_ number: Int, _ code: FailureCode) -> Verdict {
    ssl(code, .peer, reason: 1000 + number, alert: number)
  }

  static func socket(_ code: FailureCode, _ by: Failure.Decider, errno: Int? = nil) -> Verdict {
    Verdict(code: code, by: by, errno: errno)
  }

  var description: String {
    let numbers = [
      ("library", library), ("reason", reason), ("alert", alert), ("verify", verify), ("errno", errno),
    ]
    return
      ([code.rawValue, "by \(by)"] + numbers.compactMap { name, value in value.map { "\(name) \($0)" } })
      .joined(separator: " ")
  }
}

extension Verdict {
  init(_ failure: Failure) {
    let evidence = failure.evidence
    self.init(
      code: failure.code, by: failure.decidedBy, library: evidence.library, reason: evidence.reason,
      alert: evidence.alert?.number, verify: evidence.verify == 0 ? nil : evidence.verify,
      errno: evidence.errno)
  }
}

extension EndState {
  /// The verdict of its first failure.
  var verdict: Verdict? { failures.first.map { Verdict($0) } }
}

/// What two programs of the lab make of each other.
struct Meeting {
  let client: EndState
  let server: EndState?

  static let (clientID, serverID) = (EndID("cli", 1), EndID("srv", 1))

  /// A client meets a server; `after` goes on when both are up. Ends when both ends are over.
  static func run(
    _ bench: BenchHarness, server: ListenOrder, client: (Endpoint) -> ConnectOrder,
    after: (BenchHarness) async throws -> Void = { _ in }
  ) async throws -> Meeting {
    let endpoint = try await bench.listening("srv", server)
    await bench.perform(.connect(clientID, client(endpoint)))
    try await after(bench)
    let state = try await bench.wait("both ends are over") {
      $0.ends[clientID]?.isOver == true && $0.ends[serverID]?.isOver == true
    }
    return Meeting(client: try #require(state.ends[clientID]), server: state.ends[serverID])
  }

  /// The same under TLS with these options.
  static func tls(
    server: TLSOptions, client: TLSOptions, kind: ServerKind = .greet,
    after: (BenchHarness) async throws -> Void = { _ in }
  ) async throws -> Meeting {
    var meeting: Meeting?
    try await withIdentities { bench in
      meeting = try await run(
        bench, server: ListenOrder(transport: .tls, kind: kind, tls: server),
        client: { ConnectOrder(to: $0, transport: .tls, tls: client) }, after: after)
    }
    return try #require(meeting)
  }
}
