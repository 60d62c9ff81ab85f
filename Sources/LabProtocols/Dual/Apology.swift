package import LabFacts

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What a relay tells a client it cannot serve, in the language the client speaks.
package struct Apology: Equatable, Sendable {
  /// What went wrong, and nothing to take for a command: safe to print.
  package let words: String
  private let status: Int

  /// For a client whose backend cannot be reached; `target` is where the client wanted to go. In words:
  /// `could not reach example.test:443: connection refused (errno 111, ECONNREFUSED)`.
  package init(for failure: Failure, target: Endpoint) {
    words = "could not reach \(Notation.escaped(target.description)): \(Apology.reason(failure))"
    status = failure.code == .timeout || failure.code == .handshakeTimeout ? 504 : 502
  }

  /// For a client that nothing here serves. The words are our own.
  init(_ words: String) {
    self.words = words
    status = 502
  }

  /// The bytes for a client that began like this.
  package func bytes(for first: FirstWord) -> [UInt8] {
    switch first.speech {
    case .tls: Apology.internalError
    case .http: page.bytes
    // SSH clients show lines that come before the server's version (RFC 4253 section 4.2).
    case .ssh, .other, .none: Array("netlab: \(words)\r\n".utf8)
    }
  }

  /// The answer to an HTTP request.
  var page: HTTPAnswer {
    HTTPAnswer(status: status, sentence: "netlab: \(words).")
  }

  /// A fatal alert internal_error (80) in clear: all that a TLS client understands before a handshake.
  private static let internalError: [UInt8] = [0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x50]
}

// Why, in words and numbers.
extension Apology {
  private static func reason(_ failure: Failure) -> String {
    let words = reasons[failure.code] ?? failure.code.rawValue
    guard let number = failure.evidence.errno else { return words }
    return words
      + " (errno \(number)\(errnoNames[Int32(truncatingIfNeeded: number)].map { ", \($0)" } ?? ""))"
  }

  /// The failures a connection to a backend meets most; the others are told by their key.
  private static let reasons: [FailureCode: String] = [
    .refused: "connection refused", .timeout: "no answer in time", .unreachable: "no route to it",
    .dnsNameUnknown: "its name is unknown", .dnsTemporary: "its name could not be looked up now",
    .resetByPeer: "connection reset", .badAddress: "that is no address to connect to",
    .blockedLocally: "blocked on this machine", .tooManyFiles: "too many open files here",
    .addrNotAvail: "no free address here", .handshakeTimeout: "its TLS handshake took too long",
    .tlsToPlainPort: "it does not speak TLS", .unknownCa: "its certificate is of an unknown authority",
    .hostnameMismatch: "its certificate is for another name", .expired: "its certificate has expired",
    .selfSignedLeaf: "its certificate is self-signed",
    .proxyUnreachable: "the proxy on the way is unreachable",
    .starttlsMissing: "it offers no STARTTLS", .mailRefused: "it said no before TLS",
  ]

  private static let errnoNames: [Int32: String] = [
    ECONNREFUSED: "ECONNREFUSED", ETIMEDOUT: "ETIMEDOUT", ENETUNREACH: "ENETUNREACH",
    EHOSTUNREACH: "EHOSTUNREACH", ENETDOWN: "ENETDOWN", EHOSTDOWN: "EHOSTDOWN", ECONNRESET: "ECONNRESET",
    EADDRNOTAVAIL: "EADDRNOTAVAIL", EACCES: "EACCES", EPERM: "EPERM", EMFILE: "EMFILE", ENFILE: "ENFILE",
    EINVAL: "EINVAL", EAFNOSUPPORT: "EAFNOSUPPORT", ENOENT: "ENOENT", EPIPE: "EPIPE",
  ]
}
