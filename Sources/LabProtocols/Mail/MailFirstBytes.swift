import LabFacts

/// Judges what a peer says first at a port that speaks a mail protocol in clear.
struct MailFirstBytes: Equatable, Sendable {
  enum Stranger: Equatable, Sendable {
    /// A TLS record: this client began with TLS, and the port does not.
    case tls
    case http
    /// A header of the PROXY protocol, version 1 or 2.
    case proxyHeader
    /// A greeting that is none of this protocol.
    case otherGreeting
  }

  enum Verdict: Equatable, Sendable {
    case unclear
    case fine
    case strange(Stranger)
  }

  private(set) var bytes: [UInt8] = []
  private var isFine = false

  /// What the bytes so far are, at the end of a server. Once they are fine, they stay so.
  mutating func judgeClient(_ more: [UInt8]) -> Verdict {
    guard !isFine else { return .fine }
    keep(more)
    let verdict = MailFirstBytes.ofClient(bytes)
    isFine = verdict == .fine
    return verdict
  }

  /// The same at the end of a client, which waits for a greeting.
  mutating func judgeServer(_ more: [UInt8], of mail: MailProtocol) -> Verdict {
    guard !isFine else { return .fine }
    keep(more)
    let verdict = MailFirstBytes.ofServer(bytes, mail)
    isFine = verdict == .fine
    return verdict
  }

  /// Has something come that no greeting of this protocol begins with? What was cut short may still have been one.
  func beginsNoGreeting(of mail: MailProtocol) -> Bool {
    !MailFirstBytes.greetings(mail).contains { greeting in
      bytes.starts(with: greeting.utf8) || greeting.utf8.starts(with: bytes)
    }
  }

  /// The failure that this is, at the end that noticed it, which speaks a mail protocol.
  func failure(_ stranger: Stranger, at mail: MailProtocol) -> Failure {
    let code: FailureCode = stranger == .proxyHeader ? .proxyProtocolMixup : .starttlsPortMixup
    return .mail(code, at: mail, firstReceived: bytes)
  }

  private mutating func keep(_ more: [UInt8]) { bytes += more.prefix(64 - bytes.count) }

  private static func ofClient(_ bytes: [UInt8]) -> Verdict {
    for (signature, stranger) in signatures {
      if bytes.starts(with: signature) { return .strange(stranger) }
      if signature.starts(with: bytes) { return .unclear }
    }
    return isRequest(bytes)
  }

  /// `GET /`, `CONNECT host:port`: the second word is one that no mail protocol has there.
  private static func isRequest(_ bytes: [UInt8]) -> Verdict {
    let line = bytes.prefix { $0 != 10 }
    let isWhole = line.count < bytes.count || bytes.count == 64
    let words = line.split(separator: UInt8(ascii: " "), maxSplits: 2)
    guard let method = words.first, methods.contains(String(decoding: method, as: UTF8.self)) else {
      return isWhole || line.contains(UInt8(ascii: " ")) || !couldBeMethod(line) ? .fine : .unclear
    }
    guard words.count > 1, isWhole || words.count > 2 else { return isWhole ? .fine : .unclear }
    let target = words[1]
    let isTarget =
      target.first == UInt8(ascii: "/") || target == [UInt8(ascii: "*")] || target.contains(UInt8(ascii: ":"))
    return isTarget ? .strange(.http) : .fine
  }

  private static func couldBeMethod(_ line: ArraySlice<UInt8>) -> Bool {
    methods.contains { $0.utf8.starts(with: line) }
  }

  /// A server's first byte tells; its line is waited for, so that it can be shown.
  private static func ofServer(_ bytes: [UInt8], _ mail: MailProtocol) -> Verdict {
    guard let first = bytes.first else { return .unclear }
    let isText = (0x20...0x7e).contains(first)
    guard bytes.contains(10) || bytes.count == 64 || (!isText && bytes.count >= 5) else { return .unclear }
    if bytes.starts(with: [0x15, 3]) || bytes.starts(with: [0x16, 3]) { return .strange(.tls) }
    if bytes.starts(with: "HTTP/".utf8) { return .strange(.http) }
    return greetings(mail).contains(where: { bytes.starts(with: $0.utf8) }) ? .fine : .strange(.otherGreeting)
  }

  private static func greetings(_ mail: MailProtocol) -> [String] {
    switch mail {
    case .imap: ["* "]
    // 554 and 421 are greetings too, of servers that refuse.
    case .smtp: ["220", "554", "421"]
    case .pop3: ["+OK", "-ERR"]
    }
  }

  private static let signatures: [([UInt8], Stranger)] = [
    ([0x16, 3], .tls), (Array("PROXY ".utf8), .proxyHeader),
    ([13, 10, 13, 10, 0, 13, 10, 0x51, 0x55, 0x49, 0x54, 10], .proxyHeader),
  ]
  private static let methods = [
    "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT", "PRI",
  ]
}

extension Failure {
  /// A failure of a mail dialogue, before TLS.
  static func mail(
    _ code: FailureCode, at mail: MailProtocol? = nil, by decider: Decider = .here,
    firstReceived: [UInt8] = [], waited: Int? = nil, stage: MailStage? = nil, reply: Int? = nil,
    verbatim: [String] = []
  ) -> Failure {
    var evidence = Evidence()
    evidence.mailProtocol = mail
    evidence.waitedMilliseconds = waited
    evidence.mailStage = stage
    evidence.mailReply = reply
    evidence.firstReceived = Array(firstReceived.prefix(64))
    return Failure(
      layer: .mail, code: code, phase: .upgrade, decidedBy: decider, evidence: evidence, verbatim: verbatim)
  }
}
