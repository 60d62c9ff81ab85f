import LabCatalog
import LabCore
import LabFacts
import LabRuntime
import Testing

/// One fault, and what both ends make of it, by code.
struct SandboxCase: CustomTestStringConvertible, Sendable {
  let actor: ActorID
  let fault: String
  let kind: SandboxOutcome.Kind
  let client: FailureCode?
  let server: FailureCode?

  init(
    _ actor: ActorID, _ fault: String, _ kind: SandboxOutcome.Kind, client: FailureCode? = nil,
    server: FailureCode? = nil
  ) {
    self.actor = actor
    self.fault = fault
    self.kind = kind
    self.client = client
    self.server = server
  }

  var testDescription: String { "\(fault) at \(actor)" }

  static let manners = [
    SandboxCase("cli", "reset", .serverError, server: .resetByPeer),
    SandboxCase("tcli", "reset", .serverError, server: .resetByPeer),
    SandboxCase(
      "tcli", "no-goodbye", .serverError, client: .eofWithoutCloseNotify, server: .eofWithoutCloseNotify),
    SandboxCase("tcli", "plain", .serverError, server: .plainToTlsPort),
    SandboxCase("tcli", "three-bytes", .nothing),
    SandboxCase("tsrv", "refuse-accept", .nothing),
    SandboxCase("srv", "never-reads", .nothing),
    SandboxCase("tsrv", "accept-or-die", .answered),
    SandboxCase("tcli", "unchecked", .answered),
    SandboxCase("tcli", "slow-clock", .clientError, client: .notYetValid, server: .peerRejectedCert),
  ]

  static let wire = [
    SandboxCase(
      "tsrv", "truncate", .clientError, client: .eofWithoutCloseNotify, server: .eofWithoutCloseNotify),
    SandboxCase("tcli", "cut", .serverError, server: .resetByPeer),
    SandboxCase("cli", "stall", .answered),
    SandboxCase("tcli", "slow", .answered),
    SandboxCase("tcli", "stall-finished", .nothing),
    SandboxCase("tsrv", "stall-certificate", .nothing),
    SandboxCase("tsrv", "truncate-hello", .clientError, client: .eofInHandshake, server: .malformedHandshake),
    SandboxCase("tcli", "flip-hello", .serverError, client: .malformedHandshake, server: .doubleTls),
  ]

  static let certificates = [
    SandboxCase("tsrv", "expired", .clientError, client: .expired, server: .peerRejectedCert),
    SandboxCase("tsrv", "not-yet-valid", .clientError, client: .notYetValid, server: .peerRejectedCert),
    SandboxCase("tsrv", "other", .clientError, client: .hostnameMismatch, server: .peerRejectedCert),
    SandboxCase("tsrv", "self-signed", .clientError, client: .selfSignedLeaf, server: .peerUnknownCa),
    SandboxCase(
      "tsrv", "no-intermediate", .clientError, client: .missingIntermediate, server: .peerUnknownCa),
    SandboxCase("tsrv", "stranger", .clientError, client: .unknownCa, server: .peerUnknownCa),
    SandboxCase("tsrv", "wrong-purpose", .clientError, client: .wrongPurpose, server: .peerRejectedCert),
    SandboxCase("tcli", "crl-stale", .clientError, client: .revocationUnknown, server: .peerRejectedCert),
    SandboxCase("tsrv", "wrong-key", .serverError, server: .badKeyPair),
    SandboxCase("tsrv", "missing-file", .serverError, server: .certFileMissing),
  ]
}

// As in the shipped lessons: never two at once.
extension LessonTests {
  /// The sandbox on real sockets.
  @Suite struct SandboxTests {
    @Test(
      .timeLimit(.minutes(1)), arguments: SandboxCase.manners + SandboxCase.wire + SandboxCase.certificates)
    func `a fault shows at both ends as what it is`(fault: SandboxCase) async throws {
      let client = fault.actor == "cli" || fault.actor == "srv" ? "cli" : "tcli"
      let snapshot = try await SandboxBench.run([.fault(fault.actor, fault.fault)])
      let run = try #require(snapshot.sandbox?.state.runs.first)
      let outcome = try #require(run.outcomes.first { $0.client.rawValue == client })
      let seen = "client \(outcome.clientSaw) | server \(outcome.serverSaw)"
      #expect(outcome.kind == fault.kind, "\(seen)")
      #expect(outcome.clientFailure?.code == fault.client, "\(seen)")
      #expect(outcome.serverFailure?.code == fault.server, "\(seen)")
      #expect(run.changes.isEmpty == false)
    }

    @Test(.timeLimit(.minutes(1))) func `in good order both pairs are answered, and a prediction is judged`()
      async throws
    {
      let snapshot = try await SandboxBench.run([.predict("a")])
      let run = try #require(snapshot.sandbox?.state.runs.first)
      #expect(run.outcomes.map(\.kind) == [.answered, .answered])
      #expect(run.verdict == true)
      #expect(run.lab?.failures.isEmpty == true)
    }

    @Test(.timeLimit(.minutes(2)), arguments: ["sp2-port-hopping", "wb1-http-to-tls", "px3-socks-first"])
    func `a lesson's programs run in the sandbox, and the lesson stays as it is`(lesson: String) async throws
    {
      let snapshot = try await SandboxBench.run([.asksFirst(false)], lesson: lesson)
      let state = try #require(snapshot.sandbox?.state)
      #expect(state.origin == snapshot.run?.lesson.code)
      #expect(state.runs.first?.outcomes.count == state.setup.clients.count)
      #expect(snapshot.run?.awaiting == .advance)
    }
  }
}
