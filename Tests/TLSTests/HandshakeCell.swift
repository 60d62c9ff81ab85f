import LabFacts
import LabTLS
import LabTesting
import Testing

/// A handshake that fails, with the numbers both ends see.
struct HandshakeCell: Sendable, CustomTestStringConvertible {
  /// What one end says.
  struct End: Equatable, Sendable {
    var code: FailureCode
    /// ERR_GET_REASON of libssl; a received alert is 1000 more than its number.
    var reason: Int
    var alert: Int
    var verify: Int?
  }

  typealias Change = @Sendable (inout TLSSetup) throws -> Void

  var name: String
  var version: TLSVersion
  var atClient: End
  var atServer: End
  var client: Change
  var server: Change

  var testDescription: String { "\(name), TLS \(version.rawValue)" }

  static let both = [TLSVersion.tls12, .tls13]

  /// The client refuses what the server shows.
  static func served(
    _ name: String, identity: String = "server", _ code: FailureCode, verify: Int, alert: Int,
    told: FailureCode, client: @escaping Change = { _ in }, server: @escaping Change = { _ in }
  ) -> [HandshakeCell] {
    both.map { version in
      HandshakeCell(
        name: name, version: version, atClient: End(code: code, reason: 134, alert: alert, verify: verify),
        atServer: End(code: told, reason: 1000 + alert, alert: alert), client: client,
        server: { setup in
          setup.identity = try Setups.identity(identity)
          try server(&setup)
        })
    }
  }

  /// The server refuses what the client shows.
  static func shown(
    _ name: String, identity: String, _ code: FailureCode, verify: Int, alert: Int,
    server: @escaping Change = { _ in }
  ) -> [HandshakeCell] {
    both.map { version in
      HandshakeCell(
        name: name, version: version,
        atClient: End(code: .clientCertRejected, reason: 1000 + alert, alert: alert),
        atServer: End(code: code, reason: 134, alert: alert, verify: verify),
        client: { $0.identity = try Setups.identity(identity) },
        server: { setup in
          setup.clientCertificate = .require
          try server(&setup)
        })
    }
  }

  func run(_ trace: TraceLevel = .full) throws -> TLSConversation {
    var client = try Setups.client { $0.maxVersion = version }
    var server = try Setups.server()
    try self.client(&client)
    try self.server(&server)
    let talk = try TLSConversation(client: client, server: server, trace: trace)
    talk.carryAll()
    return talk
  }

  static func end(_ failure: Failure?) -> End? {
    guard let failure, let reason = failure.evidence.reason, let alert = failure.evidence.alert else {
      return nil
    }
    let isOurs = failure.decidedBy == .here && reason == 134
    return End(
      code: failure.code, reason: reason, alert: alert.number, verify: isOurs ? failure.evidence.verify : nil)
  }
}

extension HandshakeCell {
  /// Certificates of servers, as clients see them.
  static let serverCertificates: [HandshakeCell] = [
    served("expired", identity: "expired", .expired, verify: 10, alert: 45, told: .peerRejectedCert),
    served(
      "not yet valid", identity: "not-yet-valid", .notYetValid, verify: 9, alert: 42, told: .peerRejectedCert),
    served("unknown CA", identity: "stranger", .unknownCa, verify: 20, alert: 48, told: .peerUnknownCa),
    served(
      "missing intermediate", identity: "no-intermediate", .missingIntermediate, verify: 20, alert: 48,
      told: .peerUnknownCa),
    served(
      "self-signed", identity: "self-signed", .selfSignedLeaf, verify: 18, alert: 48, told: .peerUnknownCa),
    served(
      "wrong host", identity: "other", .hostnameMismatch, verify: 62, alert: 42, told: .peerRejectedCert),
    served("wrong address", .hostnameMismatch, verify: 64, alert: 42, told: .peerRejectedCert) {
      $0.expectedName = "127.0.0.2"
    },
    served(
      "common name only", identity: "cn-only", .hostnameMismatch, verify: 62, alert: 42,
      told: .peerRejectedCert),
    served(
      "no name at a lenient server", identity: "other", .hostnameMismatch, verify: 62, alert: 42,
      told: .peerRejectedCert, client: { $0.serverName = nil }),
    served("revoked", identity: "revoked", .revoked, verify: 23, alert: 44, told: .peerRejectedCert) {
      $0.revocations = try Setups.revocations("lab-crl")
    },
    served("expired revocation list", .revocationUnknown, verify: 12, alert: 45, told: .peerRejectedCert) {
      $0.revocations = try Setups.revocations("lab-crl-expired")
    },
    served(
      "no revocation list of this issuer", identity: "stranger", .revocationUnknown, verify: 3, alert: 48,
      told: .peerUnknownCa
    ) {
      $0.trust = try TLSIdentities.store().trust(named: ["stranger-ca"])
      $0.revocations = try Setups.revocations("lab-crl")
    },
    served(
      "client certificate at a server", identity: "wrong-purpose", .wrongPurpose, verify: 26, alert: 43,
      told: .peerRejectedCert),
    served(
      "two intermediates at depth 1", identity: "long-chain", .chainTooLong, verify: 22, alert: 48,
      told: .peerUnknownCa
    ) { $0.verifyDepth = 1 },
    served(
      "a key of 1024 bits", identity: "weak-key", .weakKey, verify: 66, alert: 42, told: .peerRejectedCert,
      server: { $0.minVersion = .tls10 }),
  ].flatMap(\.self)

  /// Certificates of clients, at a server that requires one.
  static let clientCertificates: [HandshakeCell] =
    [
      shown("client expired", identity: "client-expired", .expired, verify: 10, alert: 45),
      shown("client not yet valid", identity: "client-not-yet-valid", .notYetValid, verify: 9, alert: 42),
      shown("client of an unknown CA", identity: "client-unknown-ca", .unknownCa, verify: 20, alert: 48),
      shown("client self-signed", identity: "client-self-signed", .selfSignedLeaf, verify: 18, alert: 48),
      shown("client revoked", identity: "revoked-client", .revoked, verify: 23, alert: 44) {
        $0.revocations = try Setups.revocations("lab-crl")
      },
      shown(
        "client under an expired revocation list", identity: "client", .revocationUnknown, verify: 12,
        alert: 45
      ) { $0.revocations = try Setups.revocations("lab-crl-expired") },
      shown(
        "server certificate at a client", identity: "client-wrong-purpose", .wrongPurpose, verify: 26,
        alert: 43),
      shown(
        "client two intermediates away at depth 1", identity: "client-long-chain", .chainTooLong, verify: 22,
        alert: 48
      ) { $0.verifyDepth = 1 },
    ].flatMap(\.self) + [
      HandshakeCell(
        name: "no client certificate", version: .tls12,
        atClient: End(code: .handshakeFailure, reason: 1040, alert: 40),
        atServer: End(code: .clientCertRequired, reason: 199, alert: 40), client: { _ in },
        server: { $0.clientCertificate = .require }),
      HandshakeCell(
        name: "no client certificate", version: .tls13,
        atClient: End(code: .clientCertRequired, reason: 1116, alert: 116),
        atServer: End(code: .clientCertRequired, reason: 199, alert: 116), client: { _ in },
        server: { $0.clientCertificate = .require }),
    ]
}
