import LabFacts

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The numbers of SOCKS, and what they mean.
enum SocksReply {
  /// SOCKS 5, RFC 1928 section 6.
  static let succeeded = 0
  static let generalFailure = 1
  static let notAllowed = 2
  static let networkUnreachable = 3
  static let hostUnreachable = 4
  static let refused = 5
  static let expired = 6
  static let commandUnknown = 7
  static let addressTypeUnknown = 8

  /// SOCKS 4.
  static let granted4 = 0x5a
  static let rejected4 = 0x5b
  static let noIdent4 = 0x5c
  static let otherUser4 = 0x5d

  /// `reply 5: connection refused`; `reply 91: rejected or failed`.
  static func line(_ reply: Int) -> String { "reply \(reply): \(words[reply] ?? "not a reply of SOCKS")" }

  /// The diagnosis of a reply that is no success.
  static func failureCode(_ reply: Int) -> FailureCode {
    switch reply {
    case notAllowed, rejected4...otherUser4: .socksNotAllowed
    default: .socksTargetFailed  // an open set of numbers: whatever it is, there is no way to the target
    }
  }

  /// What SOCKS 5 says about a backend that cannot be reached.
  static func code(for failure: Failure) -> Int {
    // Two errors of the kernel have one diagnosis, and a reply each.
    if failure.evidence.errno == Int(ENETUNREACH) { return networkUnreachable }
    return backendReplies[failure.code] ?? generalFailure
  }

  private static let backendReplies: [FailureCode: Int] = [
    .refused: refused, .unreachable: hostUnreachable, .timeout: expired, .dnsNameUnknown: hostUnreachable,
    .dnsTemporary: hostUnreachable,
  ]

  private static let words = [
    succeeded: "succeeded", generalFailure: "general failure", notAllowed: "not allowed by the proxy's rules",
    networkUnreachable: "network unreachable", hostUnreachable: "host unreachable",
    refused: "connection refused", expired: "too long on the way (TTL expired)",
    commandUnknown: "command not supported", addressTypeUnknown: "address type not supported",
    granted4: "granted", rejected4: "rejected or failed",
    noIdent4: "the proxy cannot ask the client's identd",
    otherUser4: "the user id is not the right one",
  ]
}

/// Ways to log in to a SOCKS 5 proxy, RFC 1928 section 3.
enum SocksMethod {
  static let none: UInt8 = 0
  static let password: UInt8 = 2
  /// The answer that accepts none of those offered.
  static let unacceptable: UInt8 = 0xff

  /// `none, user/password`
  static func names(_ methods: some Sequence<UInt8>) -> String {
    methods.map(name).joined(separator: ", ")
  }

  static func name(_ method: UInt8) -> String {
    switch method {
    case none: "none"
    case 1: "GSSAPI"
    case password: "user/password"
    case unacceptable: "none of those is accepted"
    default: "number \(method)"
    }
  }
}
