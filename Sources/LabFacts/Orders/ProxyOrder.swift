/// A proxy on a client's way to its target.
package struct ProxyOrder: Equatable, Sendable, Codable {
  /// How the client asks it.
  package enum Language: String, Sendable, Codable, CaseIterable {
    /// SOCKS 4: addresses only, the client resolves.
    case socks4
    /// SOCKS 4a: the proxy resolves.
    case socks4a
    /// SOCKS 5 (RFC 1928) with an address: the client resolves.
    case socks5
    /// SOCKS 5 with a name: the proxy resolves.
    case socks5h
    /// HTTP CONNECT (RFC 9110 section 9.3.6).
    case connect
  }

  package var language: Language
  package var at: Endpoint
  package var credentials: Credentials?
  /// The User-Agent of a CONNECT.
  package var agent: String?

  package init(
    language: Language, at: Endpoint, credentials: Credentials? = nil, agent: String? = nil
  ) {
    self.language = language
    self.at = at
    self.credentials = credentials
    self.agent = agent
  }
}

/// How a proxy of the lab treats those who ask it.
package struct ProxyPolicy: Equatable, Sendable, Codable {
  package enum Manners: Equatable, Sendable, Codable {
    /// Does what it is asked.
    case serve
    /// Answers every request with this HTTP status or SOCKS reply code.
    case refuse(code: Int)
    /// SOCKS 5: accepts none of the offered methods (0xFF).
    case noMethod
    /// Reads and never answers.
    case silence
    /// Answers with bytes of no protocol.
    case garbage
    /// Hangs up on the request.
    case hangUp
  }

  package var manners: Manners
  /// Whom it serves. Absent: everybody.
  package var credentials: Credentials?

  package init(manners: Manners = .serve, credentials: Credentials? = nil) {
    self.manners = manners
    self.credentials = credentials
  }
}
