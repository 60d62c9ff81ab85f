import LabCore

/// What a property is called when people are told of it. The table that checks, waits and cards share.
struct PropertyWords: Equatable {
  /// `unread data`, as in `srv connection 1: unread data is 900 bytes`.
  let name: String
  /// What a number of it counts: `bytes`.
  var unit: String?
  /// What single values are called.
  var values: [String: String] = [:]
  /// Bytes and texts as they came: shown in quotes.
  var isQuoted = false
  /// The whole statement where it is so: `the handshake is done`.
  var yes: String?
  /// And where it is not.
  var no: String?

  /// The words of a property by the name that lesson files have for it. One that is not in the table keeps its name.
  init(_ property: String) {
    let ofFailure = "failure."
    if property.hasPrefix(ofFailure),
      let known = FailureProperty(rawValue: String(property.dropFirst(ofFailure.count)))
    {
      self = known.words
    } else {
      self = Property(rawValue: property)?.words ?? PropertyWords(name: property)
    }
  }

  private init(
    name: String, unit: String? = nil, values: [String: String] = [:], isQuoted: Bool = false,
    yes: String? = nil, no: String? = nil
  ) {
    self.name = name
    self.unit = unit
    self.values = values
    self.isQuoted = isQuoted
    self.yes = yes
    self.no = no
  }

  fileprivate static func called(_ name: String, in unit: String? = nil) -> PropertyWords {
    PropertyWords(name: name, unit: unit)
  }

  fileprivate static func called(_ name: String, values: [String: String]) -> PropertyWords {
    PropertyWords(name: name, values: values)
  }

  fileprivate static func quoted(_ name: String) -> PropertyWords {
    PropertyWords(name: name, isQuoted: true)
  }

  fileprivate static func so(_ yes: String, _ no: String, called name: String? = nil) -> PropertyWords {
    PropertyWords(name: name ?? yes, yes: yes, no: no)
  }

  /// Is it told without a value?
  func isStatement(_ comparisons: [Comparison]) -> Bool {
    comparisons.count == 1 && comparisons.contains { statement($0) != nil }
  }

  /// `unread data is at least 1 byte and is at most 900 bytes`.
  func sentence(_ comparisons: [Comparison]) -> String {
    if comparisons.count == 1, let only = comparisons.first, let statement = statement(only) {
      return statement
    }
    return name + " " + comparisons.map { $0.words(self) }.joined(separator: " and ")
  }

  private func statement(_ comparison: Comparison) -> String? {
    switch comparison {
    case .holds, .exists(true): yes
    case .exists(false): no
    case .equal(let literal), .allEqual(let literal):
      literal.isTrue ? yes : literal.isFalse ? no : nil
    case .notEqual, .atLeast, .atMost, .contains, .startsWith, .oneOf, .inRange, .allDistinct: nil
    }
  }

  /// A value that was seen.
  func seen(_ value: Value) -> String {
    switch value {
    case .number(let number): counted(String(number))
    case .text(let text): told(text)
    case .bool, .list, .range: value.description
    }
  }

  /// A text that was seen, or is wanted.
  func told(_ text: String) -> String { values[text] ?? (isQuoted ? "\"\(text)\"" : text) }

  /// Who closed, and who decided.
  fileprivate static let sides = ["here": "this side", "peer": "the other side", "kernel": "the kernel"]
  /// By the raw value of `Phase`.
  fileprivate static let moments = [
    "setup": "the setup", "resolve": "the look-up of the name", "proxy": "the talk with the proxy",
    "upgrade": "the time before TLS", "handshake-start": "the time before ServerHello",
    "handshake": "the handshake", "handshake-after-certificate": "the handshake after the certificate",
    "established": "the time after the handshake", "shutdown": "the end",
  ]

  /// A number with what it counts.
  func counted(_ number: String) -> String {
    guard let unit else { return number }
    let isPlural = unit.hasSuffix("s") && unit != "ms"
    return number == "1" && isPlural ? "1 \(unit.dropLast())" : "\(number) \(unit)"
  }
}

extension Literal {
  fileprivate var isTrue: Bool { self == .bool(true) || self == .text("true") }
  fileprivate var isFalse: Bool { self == .bool(false) || self == .text("false") }
}

extension Property {
  fileprivate var words: PropertyWords {
    switch self {
    case .port: .called("port")
    case .host: .called("host")
    case .address: .called("address")
    case .tlsAddress: .called("address for TLS")
    case .preferredPort: .called("preferred port")
    case .backlog: .called("backlog")
    case .listening: .so("it listens", "it does not listen")
    case .accepting: .so("it calls accept()", "it does not call accept()")
    case .connectionCount: .called("number of connections")
    case .kernelState: .called("state in the kernel")
    case .kernelQueue: .called("accept queue", in: "connections")
    case .kernelBacklog: .called("room of the accept queue", in: "connections")
    case .peerPort: .called("port of its peer")
    case .peerAddress: .called("address of its peer")
    case .role: .called("role")
    case .transport: .called("transport")
    case .state: .called("state")
    case .tcpEstablished: .so("it is connected", "it is not connected")
    case .closed: .so("it is closed", "it is not closed", called: "way of closing")
    case .closedBy: .called("side that closed first", values: PropertyWords.sides)
    case .sent: .quoted("sent data")
    case .received: .quoted("received data")
    case .sentBytes: .called("sent data", in: "bytes")
    case .receivedBytes: .called("received data", in: "bytes")
    case .reads: .called("list of reads")
    case .readCount: .called("number of reads")
    case .lastReadBytes: .called("last read", in: "bytes")
    case .kernelReceiveQueue: .called("unread data", in: "bytes")
    case .kernelSendQueue: .called("data not confirmed yet", in: "bytes")
    case .wireSent: .quoted("data sent on the wire")
    case .wireReceived: .quoted("data received on the wire")
    case .wireSentBytes: .called("data sent on the wire", in: "bytes")
    case .wireReceivedBytes: .called("data received on the wire", in: "bytes")
    case .wireSentHex: .called("hex of the data sent on the wire")
    case .wireFirstReceivedHex: .called("hex of the first data received on the wire")
    case .wireLastSentHex: .called("hex of the last data sent on the wire")
    case .wireLastSentBytes: .called("last data sent on the wire", in: "bytes")
    case .handshakeDone: .so("the handshake is done", "the handshake is not done")
    case .tlsVersion: .called("TLS version")
    case .suite: .called("cipher suite")
    case .group: .called("key exchange group")
    case .alpn: .called("protocol agreed on by ALPN")
    case .serverName: .called("server name (SNI)")
    case .bits: .called("strength of the cipher", in: "bits")
    case .verify: .called("verify code")
    case .verifyEnforced: .so("a bad certificate ends it", "a bad certificate does not end it")
    case .messagesSent: .called("list of sent messages")
    case .messagesReceived: .called("list of received messages")
    case .alertSent: .called("alert sent")
    case .alertReceived: .called("alert received")
    case .held: .called("number of records held at its gate")
    case .helloVersions: .called("list of versions in the ClientHello")
    case .helloName:
      .so(
        "the ClientHello names a server", "the ClientHello names no server",
        called: "server name in the ClientHello")
    case .readWithKey: .quoted("data that the server's key opens")
    case .readWithKeyWhy: .called("reason why the server's key opens nothing")
    case .certificateSubject: .called("subject of the certificate")
    case .certificateIssuer: .called("issuer of the certificate")
    case .certificateNames: .called("list of names in the certificate")
    case .certificateNotBefore: .called("first day of the certificate")
    case .certificateNotAfter: .called("last day of the certificate")
    case .certificateCount: .called("number of certificates")
    case .errorKey: .so("it failed", "it did not fail", called: "failure")
    case .errorPhase: .called("moment of the failure", values: PropertyWords.moments)
    case .errorDecidedBy: .called("side that decided", values: PropertyWords.sides)
    case .errorNumber: .called("errno")
    case .errorReason: .called("OpenSSL reason")
    case .errorVerify: .called("verify code")
    case .errorAlert: .called("alert")
    case .errorText: .quoted("error text")
    case .errorCount: .called("number of failures")
    case .httpCount: .called("number of HTTP requests")
    case .httpStatus: .called("list of HTTP statuses")
    case .httpTargets: .called("list of HTTP targets")
    case .running: .so("it runs", "it does not run")
    case .runCount: .called("number of runs")
    case .commandLine: .quoted("command line")
    case .exit: .called("exit code")
    case .output: .quoted("output")
    case .errorOutput: .quoted("error output")
    case .netError: .called("network error")
    }
  }
}

extension FailureProperty {
  fileprivate var words: PropertyWords {
    switch self {
    case .code: .called("failure")
    case .side: .called("end that failed")
    case .phase: .called("moment of the failure", values: PropertyWords.moments)
    case .layer: .called("layer")
    case .decidedBy: .called("side that decided", values: PropertyWords.sides)
    case .errno: .called("errno")
    case .library: .called("OpenSSL library")
    case .reason: .called("OpenSSL reason")
    case .alert: .called("alert")
    case .alertName: .called("name of the alert")
    case .verify: .called("verify code")
    case .expectedName: .called("wanted name")
    case .presentedNames: .called("list of names in the certificate")
    case .notBefore: .called("first day of the certificate")
    case .notAfter: .called("last day of the certificate")
    case .judgedAt: .called("date of the judgement")
    case .chainLength: .called("length of the chain", in: "certificates")
    case .leafIsSelfSigned:
      .so("the certificate is self-signed", "the certificate is not self-signed")
    case .trustedCount: .called("number of trusted CAs")
    case .firstReceived: .quoted("beginning of what came")
    case .firstReceivedHex: .called("hex of the first bytes that came")
    case .waited: .called("time waited", in: "ms")
    case .subject: .called("name in question")
    case .endpoint: .called("address")
    case .verbatim: .quoted("error text")
    case .mailStage: .called("stage of the mail dialogue")
    case .mailReply: .called("reply code")
    case .httpStatus: .called("status of the proxy")
    }
  }
}
