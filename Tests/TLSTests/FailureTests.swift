import LabFacts
import LabTLS
import LabTesting
import Testing

/// A handshake that must fail, and what each end must say about it.
struct FailureCase: Sendable, CustomTestStringConvertible {
  /// What one end says.
  struct Verdict: Equatable, Sendable {
    var code: FailureCode
    var phase: Phase
    var decidedBy: Failure.Decider
  }

  var name: String
  var client: @Sendable () throws -> TLSSetup
  var server: @Sendable () throws -> TLSSetup
  /// Nil: this end notices nothing.
  var atClient: Verdict?
  var atServer: Verdict?
  var verify: Int?

  var testDescription: String { name }

  static func here(_ code: FailureCode, _ phase: Phase) -> Verdict {
    Verdict(code: code, phase: phase, decidedBy: .here)
  }

  static func told(_ code: FailureCode, _ phase: Phase) -> Verdict {
    Verdict(code: code, phase: phase, decidedBy: .peer)
  }

  /// The client refuses the server's certificate.
  static func certificate(
    _ name: String, server: String, trust: [String] = ["lab-ca"], code: FailureCode, verify: Int,
    told: FailureCode = .peerUnknownCa, change: @escaping @Sendable (inout TLSSetup) -> Void = { _ in }
  ) -> FailureCase {
    FailureCase(
      name: name, client: { try Setups.client(trust: trust, change) }, server: { try Setups.server(server) },
      atClient: here(code, .handshakeAfterCertificate),
      atServer: self.told(told, .handshakeAfterCertificate), verify: verify)
  }

  static let certificates: [FailureCase] = [
    certificate("unknown CA", server: "server", trust: [], code: .unknownCa, verify: 20),
    certificate("a CA nobody trusts", server: "stranger", code: .unknownCa, verify: 20),
    certificate("self-signed", server: "self-signed", code: .selfSignedLeaf, verify: 18),
    certificate("no intermediate", server: "no-intermediate", code: .missingIntermediate, verify: 20),
    certificate(
      "wrong name", server: "other", code: .hostnameMismatch, verify: 62, told: .peerRejectedCert),
    certificate(
      "wrong address", server: "server", code: .hostnameMismatch, verify: 64, told: .peerRejectedCert
    ) { $0.expectedName = "127.0.0.2" },
    certificate("expired", server: "expired", code: .expired, verify: 10, told: .peerRejectedCert),
    certificate(
      "not yet valid", server: "not-yet-valid", code: .notYetValid, verify: 9, told: .peerRejectedCert),
    certificate(
      "a client whose clock says 2001", server: "server", code: .notYetValid, verify: 9,
      told: .peerRejectedCert
    ) { $0.date = 1_000_000_000 },
    certificate(
      "wrong purpose", server: "wrong-purpose", code: .wrongPurpose, verify: 26, told: .peerRejectedCert),
    certificate("a chain that is too long", server: "server", code: .chainTooLong, verify: 22) {
      $0.verifyDepth = 0
    },
    certificate(
      "a name the root may not vouch for", server: "outside", code: .caConstraint, verify: 47,
      told: .peerRejectedCert
    ) { $0.expectedName = "example.com" },
  ]

  static let agreements: [FailureCase] = [
    FailureCase(
      name: "versions apart", client: { try Setups.client { $0.maxVersion = .tls12 } },
      server: { try Setups.server { $0.minVersion = .tls13 } },
      atClient: told(.protocolVersion, .handshakeStart), atServer: here(.protocolVersion, .handshakeStart)),
    FailureCase(
      name: "no shared suite, TLS 1.2",
      client: {
        try Setups.client {
          $0.maxVersion = .tls12
          $0.ciphers = "ECDHE-ECDSA-AES128-GCM-SHA256"
        }
      }, server: { try Setups.server { $0.ciphers = "ECDHE-ECDSA-AES256-GCM-SHA384" } },
      atClient: told(.handshakeFailure, .handshakeStart), atServer: here(.noSharedCipher, .handshakeStart)),
    FailureCase(
      name: "no shared suite, TLS 1.3",
      client: { try Setups.client { $0.suites = "TLS_AES_128_GCM_SHA256" } },
      server: {
        try Setups.server {
          $0.minVersion = .tls13
          $0.suites = "TLS_AES_256_GCM_SHA384"
        }
      }, atClient: told(.handshakeFailure, .handshakeStart),
      atServer: here(.noSharedCipher, .handshakeStart)),
    FailureCase(
      name: "no shared group", client: { try Setups.client { $0.groups = "X25519" } },
      server: {
        try Setups.server {
          $0.minVersion = .tls13
          $0.groups = "P-256"
        }
      }, atClient: told(.handshakeFailure, .handshakeStart),
      atServer: here(.noSharedParams, .handshakeStart)),
    FailureCase(
      name: "a server without a certificate", client: { try Setups.client() },
      server: { try Setups.server(nil) }, atClient: told(.handshakeFailure, .handshakeStart),
      atServer: here(.serverNoCertificate, .handshakeStart)),
    FailureCase(
      name: "no shared application protocol", client: { try Setups.client { $0.alpn = ["h2"] } },
      server: { try Setups.server { $0.alpn = ["http/1.1"] } },
      atClient: told(.noAlpnOverlap, .handshakeStart), atServer: here(.noAlpnOverlap, .handshakeStart)),
  ]

  static let clientCertificates: [FailureCase] = [
    FailureCase(
      name: "client certificate missing, TLS 1.3", client: { try Setups.client() },
      server: { try Setups.server { $0.clientCertificate = .require } },
      atClient: told(.clientCertRequired, .established),
      atServer: here(.clientCertRequired, .handshakeAfterCertificate)),
    FailureCase(
      name: "client certificate missing, TLS 1.2", client: { try Setups.client { $0.maxVersion = .tls12 } },
      server: { try Setups.server { $0.clientCertificate = .require } },
      atClient: told(.handshakeFailure, .handshakeAfterCertificate),
      atServer: here(.clientCertRequired, .handshakeAfterCertificate)),
    FailureCase(
      name: "client certificate of a stranger, TLS 1.3",
      client: {
        let identity = try Setups.identity("client-stranger")
        return try Setups.client { $0.identity = identity }
      }, server: { try Setups.server { $0.clientCertificate = .require } },
      atClient: told(.clientCertRejected, .established),
      atServer: here(.unknownCa, .handshakeAfterCertificate)),
    FailureCase(
      name: "server certificate at a client, TLS 1.2",
      client: {
        let identity = try Setups.identity("server")
        return try Setups.client {
          $0.identity = identity
          $0.maxVersion = .tls12
        }
      }, server: { try Setups.server { $0.clientCertificate = .require } },
      atClient: told(.clientCertRejected, .handshakeAfterCertificate),
      atServer: here(.wrongPurpose, .handshakeAfterCertificate)),
  ]
}

struct FailureTests {
  @Test(arguments: FailureCase.certificates + FailureCase.agreements + FailureCase.clientCertificates)
  func `both ends tell their side of a failed handshake`(_ sample: FailureCase) throws {
    let talk = try TLSConversation(client: sample.client(), server: sample.server())
    talk.carryAll()
    #expect(verdict(talk.failure(.client)) == sample.atClient)
    #expect(verdict(talk.failure(.server)) == sample.atServer)
    for side in Side.allCases {
      let failure = try #require(talk.failure(side))
      #expect(failure.verbatim.first?.hasPrefix("error:0A") == true)
      #expect(failure.evidence.alertDirection == (failure.decidedBy == .peer ? .received : .sent))
      #expect(talk.facts(side).last == .failed(talk.engine(side).end, failure))
    }
    if let verify = sample.verify { #expect(talk.failure(.client)?.evidence.verify == verify) }
  }

  @Test func `a refused certificate leaves its evidence`() throws {
    let talk = try TLSConversation(client: Setups.client(), server: Setups.server("expired"))
    talk.carryAll()
    let evidence = try #require(talk.failure(.client)?.evidence)
    #expect(evidence.library == 20)
    #expect(evidence.reason == 134)
    #expect(evidence.alert == Alert(level: .fatal, number: 45))
    #expect(evidence.expectedName == "netlab.test")
    #expect(evidence.presentedNames == ["DNS:netlab.test", "DNS:localhost", "IP:127.0.0.1", "IP:::1"])
    #expect(evidence.notBefore == "2026-05-16T12:00:00Z")
    #expect(evidence.notAfter == "2026-06-14T12:00:00Z")
    #expect(evidence.judgedAt == "2026-06-15T12:00:00Z")
    #expect(evidence.chainSubjects == ["CN=netlab.test,O=netlab", "CN=netlab lab intermediate,O=netlab"])
    #expect(evidence.leafIsSelfSigned == false)
    #expect(evidence.trustedCount == 1)
    #expect(evidence.firstReceived.prefix(3) == [0x16, 0x03, 0x03])
    #expect(evidence.firstReceived.count == 64)
    #expect(
      talk.failure(.client)?.verbatim == ["error:0A000086:SSL routines::certificate verify failed"])
  }

  @Test func `a certificate that is not checked is judged all the same`() throws {
    let talk = try TLSConversation(
      client: Setups.client { $0.verify = false }, server: Setups.server("self-signed"))
    talk.carryAll()
    #expect(talk.dialogue(.client).contains("verified 18"))
    #expect(talk.client.isEstablished && talk.server.isEstablished)
    for case .verified(_, let verification) in talk.clientFacts { #expect(!verification.enforced) }
  }

  @Test(arguments: ["self-signed", "server"])
  func `a leaf that is trusted as itself is accepted`(_ name: String) throws {
    let talk = try TLSConversation(client: Setups.client(trust: [name]), server: Setups.server(name))
    talk.carryAll()
    #expect(talk.dialogue(.client).contains("verified 0"))
    #expect(talk.client.isEstablished)
  }

  @Test func `a client certificate that was asked for and not sent is no good certificate`() throws {
    let talk = try TLSConversation(
      client: Setups.client(), server: Setups.server { $0.clientCertificate = .ask })
    talk.carryAll()
    let found = talk.serverFacts.compactMap { fact -> Verification? in
      if case .verified(_, let verification) = fact { verification } else { nil }
    }
    #expect(found.map(\.code) == [0])
    #expect(found.map(\.chain) == [[]])
    #expect(talk.server.isEstablished)
  }

  @Test(arguments: [TLSVersion.tls12, .tls13])
  func `a client certificate is accepted and summed up`(_ version: TLSVersion) throws {
    let identity = try Setups.identity("client-alice")
    let client = try Setups.client {
      $0.identity = identity
      $0.maxVersion = version
    }
    let talk = try TLSConversation(
      client: client, server: Setups.server { $0.clientCertificate = .require })
    talk.carryAll()
    #expect(talk.server.isEstablished && talk.client.isEstablished)
    for case .verified(_, let verification) in talk.serverFacts {
      #expect(verification.chain.map(\.subject) == ["CN=Alice,O=netlab"])
      #expect(verification.code == 0)
    }
    #expect(talk.dialogue(.server).contains("verified 0"))
  }

  private func verdict(_ failure: Failure?) -> FailureCase.Verdict? {
    failure.map { FailureCase.Verdict(code: $0.code, phase: $0.phase, decidedBy: $0.decidedBy) }
  }
}
