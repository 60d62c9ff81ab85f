/// One handshake message as it was seen at one end, whole and decrypted (RFC 8446 section 4).
package struct HandshakeMessage: Hashable, Sendable, Codable {
  /// HandshakeType: 1 is ClientHello. ChangeCipherSpec, a record of its own, is 257 here so that
  /// the ladder can show it in its place.
  package let type: Int
  /// Bytes of the message with its 4-byte header (for ChangeCipherSpec, 1).
  package let length: Int
  /// True where the record that carried it was encrypted.
  package let encrypted: Bool
  /// What a learner looks at, in the order of the message.
  package let fields: [HandshakeField]

  package init(type: Int, length: Int, encrypted: Bool, fields: [HandshakeField] = []) {
    self.type = type
    self.length = length
    self.encrypted = encrypted
    self.fields = fields
  }

  package static let changeCipherSpec = 257

  package var name: String { TLSNames.handshakeType(type) }

  /// The values of the named field, empty where the message has none.
  package func values(_ name: HandshakeField.Name) -> [String] {
    fields.first { $0.name == name }?.values ?? []
  }
}

/// One named part of a handshake message, in words.
package struct HandshakeField: Hashable, Sendable, Codable {
  package enum Name: String, Sendable, Codable, CaseIterable {
    case legacyVersion = "legacy_version"
    case versions = "supported_versions"
    case random
    case sessionID = "session_id"
    case suites = "cipher_suites"
    case suite = "cipher_suite"
    case groups = "supported_groups"
    case group
    case keyShares = "key_shares"
    case signatureAlgorithms = "signature_algorithms"
    case serverName = "server_name"
    case alpn
    case extensions
    case retryRequest = "hello_retry_request"
    case certificates
    case authorities = "certificate_authorities"
    case signatureAlgorithm = "signature_algorithm"
    case lifetime
    case sizes
  }

  package let name: Name
  /// Safe to print.
  package let values: [String]

  package init(_ name: Name, _ values: [String]) {
    self.name = name
    self.values = values
  }
}
