import LabFacts
import LabTLS
import LabTesting

extension HandshakeCell {
  /// Ends that want different things.
  static let disagreements: [HandshakeCell] = [
    disagree(
      "no shared suite", .tls12, 193, 40, told: .handshakeFailure, .noSharedCipher,
      server: { $0.ciphers = "ECDHE-ECDSA-AES256-GCM-SHA384" },
      client: { $0.ciphers = "ECDHE-ECDSA-AES128-GCM-SHA256" }),
    disagree(
      "RSA certificate, ECDSA suites", .tls12, 193, 40, told: .handshakeFailure, .noSharedCipher,
      server: { $0.identity = try Setups.identity("server-rsa") },
      client: { $0.ciphers = "ECDHE-ECDSA-AES128-GCM-SHA256" }),
    disagree(
      "no shared suite", .tls13, 193, 40, told: .handshakeFailure, .noSharedCipher,
      server: {
        $0.minVersion = .tls13
        $0.suites = "TLS_AES_256_GCM_SHA384"
      }, client: { $0.suites = "TLS_AES_128_GCM_SHA256" }),
    disagree(
      "no certificate at the server", .tls12, 193, 40, told: .handshakeFailure, .serverNoCertificate,
      server: { $0.identity = nil }),
    disagree(
      "no certificate at the server", .tls13, 193, 40, told: .handshakeFailure, .serverNoCertificate,
      server: { $0.identity = nil }),
    disagree(
      "a server of TLS 1.3 alone", .tls12, 258, 70, told: .protocolVersion, .protocolVersion,
      server: { $0.minVersion = .tls13 }),
    disagree(
      "a server of TLS 1.2 alone", .tls13, 258, 70, told: .protocolVersion, .protocolVersion,
      server: { $0.maxVersion = .tls12 }, client: { $0.minVersion = .tls13 }),
    disagree(
      "a client of TLS 1.1", .tls11, 258, 70, told: .protocolVersion, .protocolVersion),
    disagree(
      "a client of TLS 1.0", .tls10, 258, 70, told: .protocolVersion, .protocolVersion),
    disagree(
      "no shared group", .tls13, 101, 40, told: .handshakeFailure, .noSharedParams,
      server: {
        $0.minVersion = .tls13
        $0.groups = "P-256"
      }, client: { $0.groups = "X25519" }),
    disagree(
      "DHE alone, without parameters", .tls12, 193, 40, told: .handshakeFailure, .noSharedCipher,
      server: { $0.identity = try Setups.identity("server-rsa") },
      client: { $0.ciphers = "DHE-RSA-AES128-GCM-SHA256" }),
    disagree(
      "no shared application protocol", .tls12, 235, 120, told: .noAlpnOverlap, .noAlpnOverlap,
      server: { $0.alpn = ["http/1.1"] }, client: { $0.alpn = ["h2"] }),
    disagree(
      "no shared application protocol", .tls13, 235, 120, told: .noAlpnOverlap, .noAlpnOverlap,
      server: { $0.alpn = ["http/1.1"] }, client: { $0.alpn = ["h2"] }),
    disagree(
      "a name the server does not know", .tls12, 234, 112, told: .missingSni, .missingSni,
      server: { $0.refusesUnknownNames = true }),
    disagree(
      "a name the server does not know", .tls13, 234, 112, told: .missingSni, .missingSni,
      server: { $0.refusesUnknownNames = true }),
    disagree(
      "no name at a server that wants one", .tls12, 234, 112, told: .missingSni, .missingSni,
      server: { $0.refusesUnknownNames = true }, client: { $0.serverName = nil }),
    disagree(
      "no name at a server that wants one", .tls13, 234, 112, told: .missingSni, .missingSni,
      server: { $0.refusesUnknownNames = true }, client: { $0.serverName = nil }),
  ]

  private static func disagree(
    _ name: String, _ version: TLSVersion, _ reason: Int, _ alert: Int, told: FailureCode,
    _ code: FailureCode, server: @escaping Change = { _ in }, client: @escaping Change = { _ in }
  ) -> HandshakeCell {
    HandshakeCell(
      name: name, version: version, atClient: End(code: told, reason: 1000 + alert, alert: alert),
      atServer: End(code: code, reason: reason, alert: alert), client: client, server: server)
  }
}
