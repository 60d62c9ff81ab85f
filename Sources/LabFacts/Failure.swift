/// Something that went wrong, with its evidence. Recognised by numbers, never by text.
package struct Failure: Hashable, Sendable, Codable {
  /// Where it was noticed.
  package enum Layer: String, Sendable, Codable, CaseIterable {
    case setup
    case socket
    case tls
    case http
    /// Looking a name up.
    case names
    /// The dialogue with a proxy.
    case proxy
    /// The dialogue of a mail protocol before STARTTLS.
    case mail
  }

  /// Who judged. The side that reports a failure is often only the messenger.
  package enum Decider: String, Sendable, Codable, CaseIterable {
    /// The end that reports it.
    case here
    /// The other end, which said so (an alert, a reset).
    case peer
    /// The kernel of this machine.
    case kernel
  }

  package let layer: Layer
  package let code: FailureCode
  package let phase: Phase
  package let decidedBy: Decider
  package let evidence: Evidence
  /// What the libraries said, word for word. For display only.
  package let verbatim: [String]

  package init(
    layer: Layer, code: FailureCode, phase: Phase, decidedBy: Decider, evidence: Evidence = Evidence(),
    verbatim: [String] = []
  ) {
    self.layer = layer
    self.code = code
    self.phase = phase
    self.decidedBy = decidedBy
    self.evidence = evidence
    self.verbatim = verbatim
  }
}

/// How far things had got. The order of the cases is the order of a connection's life.
package enum Phase: String, Sendable, Codable, CaseIterable {
  /// Reading files, making a context: no socket yet.
  case setup
  case resolve
  case bind
  case listen
  case connect
  case accept
  /// TCP to a proxy is up, the way to the target is not.
  case proxy
  /// TCP is up, STARTTLS is being asked for.
  case upgrade
  /// TCP is up, no ServerHello has been seen or sent: nothing about certificates can be to blame.
  case handshakeStart = "handshake-start"
  /// After ServerHello, before any certificate.
  case handshake
  /// After the server's certificate was seen or sent.
  case handshakeAfterCertificate = "handshake-after-certificate"
  /// This end considers the handshake done.
  case established
  case shutdown

  /// Does a lesson's word cover this phase? `handshake` covers all three handshake phases.
  package func isCovered(by word: String) -> Bool {
    rawValue == word || (word == "handshake" && rawValue.hasPrefix("handshake"))
      || (word == "read" && self == .established)
  }
}

/// The proof that belongs to a failure. Absent where it does not apply.
package struct Evidence: Hashable, Sendable, Codable {
  /// ERR_GET_LIB of the OpenSSL error; 20 is libssl.
  package var library: Int?
  /// ERR_GET_REASON of the OpenSSL error.
  package var reason: Int?
  /// The alert that carried the verdict, and which way it went.
  package var alert: Alert?
  package var alertDirection: Direction?
  /// An X509_V_ERR number.
  package var verify: Int?
  package var errno: Int?
  /// The name this end insisted on.
  package var expectedName: String?
  /// The names in the certificate it was shown.
  package var presentedNames: [String] = []
  /// RFC 3339, UTC.
  package var notBefore: String?
  package var notAfter: String?
  /// The date the certificate was judged at. RFC 3339, UTC.
  package var judgedAt: String?
  /// Certificates in the chain the peer sent, leaf first, as subjects.
  package var chainSubjects: [String] = []
  package var leafIsSelfSigned: Bool?
  /// Certificates in this end's trust store.
  package var trustedCount: Int?
  /// The first bytes received from the peer on this connection, at most 64.
  package var firstReceived: [UInt8] = []
  /// How long was waited, in milliseconds.
  package var waitedMilliseconds: Int?
  /// The file or setting at fault.
  package var subject: String?
  /// The mail protocol that this end spoke before TLS, where the other did not.
  package var mailProtocol: MailProtocol?
  /// What a mail server said no to, before TLS.
  package var mailStage: MailStage?
  /// The reply code of an SMTP server (RFC 5321 section 4.2).
  package var mailReply: Int?
  /// The status of an HTTP answer.
  package var httpStatus: Int?
  /// The reply code of a SOCKS server; 0x5A to 0x5D for SOCKS 4, 0 to 8 for SOCKS 5.
  package var socksReply: Int?
  /// What getaddrinfo() answered (EAI_…).
  package var resolverError: Int?
  /// The address the call was about.
  package var endpoint: Endpoint?

  package init() {}
}
