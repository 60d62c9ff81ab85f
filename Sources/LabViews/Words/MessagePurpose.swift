import LabFacts

/// What each message of a handshake is for, in a few words and in one sentence.
struct MessagePurpose: Equatable, Sendable {
  /// At most 38 columns.
  let short: String
  let sentence: String

  init(_ short: String, _ sentence: String) {
    self.short = short
    self.sentence = sentence
  }

  /// TLS 1.3 kept some messages of TLS 1.2 and changed what they are for.
  init(of message: HandshakeMessage, isVersion13: Bool) {
    if message.type == 2, !message.values(.retryRequest).isEmpty {
      self = MessagePurpose(
        "asks for another key share",
        "A HelloRetryRequest: the server wants a key share for another group, in a second ClientHello."
      )
    } else if message.type == HandshakeMessage.changeCipherSpec, isVersion13 {
      self = MessagePurpose(
        "for old middleboxes, means nothing",
        "TLS 1.3 sends it so that old middleboxes let the connection through. Nobody acts on it.")
    } else {
      self =
        MessagePurpose.table[message.type]
        ?? MessagePurpose("", "The lab has no words for this message.")
    }
  }

  private static let table: [Int: MessagePurpose] = [
    0: MessagePurpose("asks for a new handshake", "The server asks the client to begin another handshake."),
    1: MessagePurpose(
      "offers versions, suites, key shares",
      "The client offers what it can do, and says which name it wants. Anyone on the way can read it."
    ),
    2: MessagePurpose(
      "picks version, suite and key",
      "The server picks one version, one suite and one group, and gives its half of the key exchange."),
    4: MessagePurpose(
      "a ticket for a faster return",
      "The server hands out a ticket. With it the next handshake is shorter."),
    5: MessagePurpose("ends the early data", "The client has sent all its early data."),
    8: MessagePurpose(
      "answers the other offers, hidden",
      "The server answers the rest of the ClientHello. From here on an eavesdropper reads nothing."),
    11: MessagePurpose(
      "says who the sender claims to be",
      "The sender shows its certificate chain. That alone proves nothing: anyone can copy a certificate."),
    12: MessagePurpose(
      "the server's key half, signed",
      "The server gives its half of the key exchange, signed with the key of its certificate."),
    13: MessagePurpose(
      "asks the client who it is",
      "The server asks for a certificate of the client and says which it takes."),
    14: MessagePurpose(
      "the server waits for the client", "The server has said its part; now the client speaks."),
    15: MessagePurpose(
      "proves it has the private key",
      "The sender signs all messages so far. That proves it has the key of the certificate it showed."),
    16: MessagePurpose("the client's half of the key", "The client gives its half of the key exchange."),
    20: MessagePurpose(
      "checksum over the whole handshake",
      "A checksum over every message so far, made with the new keys. One changed byte, and it does not fit."
    ),
    22: MessagePurpose(
      "fresh word from the CA", "The server brings a signed answer of its CA: not revoked, as of lately."),
    24: MessagePurpose("changes to fresh keys", "The sender uses new keys from here on."),
    25: MessagePurpose("a certificate, compressed", "A certificate chain in compressed form."),
    HandshakeMessage.changeCipherSpec: MessagePurpose(
      "from here on this side encrypts", "Whatever this side sends after it is encrypted."),
  ]
}

/// The parts of a message a learner looks at, in words.
enum MessageFields {
  /// `versions: TLS 1.3, TLS 1.2`, the telling ones first.
  static func lines(_ message: HandshakeMessage) -> [String] {
    order.compactMap { name in
      let values = message.values(name)
      guard !values.isEmpty, let title = title(name) else { return nil }
      let count = counted.contains(name) ? "\(values.count) offered: " : ""
      return "\(title): \(count)\(values.joined(separator: ", "))"
    }
  }

  /// The one or two that fit beside the name.
  static func brief(_ message: HandshakeMessage) -> String? {
    if message.type == 1 { return message.values(.serverName).first.map { "sni \($0)" } }
    if message.type == 2 { return message.values(.suite).first }
    if message.type == 11 { return message.values(.certificates).first ?? "empty" }
    return nil
  }

  private static let counted: Set<HandshakeField.Name> = [.suites, .groups, .signatureAlgorithms]

  private static let order: [HandshakeField.Name] = [
    .serverName, .versions, .legacyVersion, .suite, .suites, .group, .keyShares, .groups, .alpn,
    .certificates,
    .authorities, .signatureAlgorithm, .signatureAlgorithms, .lifetime, .retryRequest, .sizes,
  ]

  private static func title(_ name: HandshakeField.Name) -> String? {
    switch name {
    case .serverName: "name wanted (SNI)"
    case .versions: "versions"
    case .legacyVersion: "version field"
    case .suite: "suite chosen"
    case .suites: "suites"
    case .group: "group"
    case .keyShares: "key shares"
    case .groups: "groups"
    case .alpn: "ALPN"
    case .certificates: "chain"
    case .authorities: "takes certificates of"
    case .signatureAlgorithm: "signed with"
    case .signatureAlgorithms: "signatures"
    case .lifetime: "lifetime"
    case .retryRequest: "retry with"
    case .sizes: "bytes"
    case .random, .sessionID, .extensions: nil
    }
  }
}
