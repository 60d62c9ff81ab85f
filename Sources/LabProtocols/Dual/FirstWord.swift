/// Which protocol the first bytes of a client belong to.
package enum FirstWord: Equatable, Sendable {
  /// What a client can be recognised by.
  package enum Speech: String, Sendable, CaseIterable {
    case tls
    case http
    case ssh
    /// A protocol that is none of these.
    case other
  }

  /// Nothing was said yet.
  case none
  /// Too little for certainty. All of it fits this protocol and no other.
  case perhaps(Speech)
  case certain(Speech)

  /// Judges the bytes said so far, from the first one on.
  package init(_ bytes: some Collection<UInt8>) {
    guard !bytes.isEmpty else {
      self = .none
      return
    }
    // Half a word is not yet another word: `G` may become `GET `, but never `SSH-`.
    for (speech, start) in FirstWord.starts {
      if bytes.starts(with: start) {
        self = .certain(speech)
        return
      }
      if start.starts(with: bytes) {
        self = .perhaps(speech)
        return
      }
    }
    self = .certain(.other)
  }

  /// The best guess there is; nothing where nothing was said.
  package var speech: Speech? {
    switch self {
    case .none: nil
    case .perhaps(let speech), .certain(let speech): speech
    }
  }

  /// The methods of RFC 9110 and RFC 5789, and the start of HTTP/2 (RFC 9113 section 3.4).
  private static let methods = [
    "GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH", "PRI",
  ]

  /// No two protocols have a beginning in common, so a half-said word fits one of them at most.
  private static let starts: [(Speech, [UInt8])] =
    // A handshake record of SSL 3.0 or later: type 22, major version 3 (RFC 8446 section 5.1).
    [(.tls, [0x16, 0x03]), (.ssh, Array("SSH-".utf8))]
    + methods.map { (.http, Array("\($0) ".utf8)) }
}
