/// What carries the bytes.
package enum Network: String, Sendable, Codable, CaseIterable {
  case tcp
  case udp
  /// A socket in the file system; the host of its endpoint is a path.
  case unix
  /// No socket at all: two pipes between two ends of this process.
  case pipe
}

/// A protocol in clear that can be upgraded to TLS on the same connection (STARTTLS).
package enum MailProtocol: String, Sendable, Codable, CaseIterable {
  /// RFC 3501.
  case imap
  /// RFC 3207.
  case smtp
  /// RFC 2595.
  case pop3
}

/// What a client that wants STARTTLS waits for an answer to.
package enum MailStage: String, Sendable, Codable, CaseIterable {
  case greeting
  case capabilities
  case upgrade
}

/// A name and a password. Never printed, never part of a fact.
package struct Credentials: Hashable, Sendable, Codable {
  package var user: String
  package var password: String

  package init(user: String, password: String) {
    self.user = user
    self.password = password
  }
}
