package import LabFacts

/// Asks an HTTP proxy for a tunnel (CONNECT, RFC 9110 section 9.3.6).
package struct ConnectClient: Dialogue {
  /// Legal ways: opening → head → (body →) over.
  private enum Awaiting {
    case opening
    case head
    /// The tunnel was refused with this line and status; the body may say why.
    case body(line: String, status: Int, bytes: Int)
    case over
  }

  /// So much of a refusal's body is read, and shown.
  private static let bodyLimit = 256

  private let target: Endpoint
  private let credentials: Credentials?
  private let agent: String?
  private var awaiting = Awaiting.opening
  private var heard = HeardBytes()
  private var reader = HTTPHeadReader()

  /// `agent` is the User-Agent; absent, none is sent.
  package init(target: Endpoint, credentials: Credentials? = nil, agent: String? = nil) {
    self.target = target
    self.credentials = credentials
    self.agent = agent
  }

  package mutating func take(_ event: DialogueEvent) -> [DialogueAction] {
    switch event {
    case .opened: return begin()
    case .heard(let bytes): return hear(bytes)
    case .ended: return end()
    case .tlsUp: return []
    }
  }

  private mutating func begin() -> [DialogueAction] {
    guard TunnelTarget.isHost(target.host), (1...65535).contains(target.port) else {
      return fail(ProxyFailure.make(.badAddress, by: .here, target: target))
    }
    let login = credentials.map(BasicLogin.header)
    if case .some(.none) = login { return fail(ProxyFailure.setting("the proxy's user name")) }
    if let agent, agent.utf8.contains(where: { $0 < 0x20 || $0 == 0x7f }) {
      return fail(ProxyFailure.setting("the User-Agent"))
    }
    awaiting = .head
    return request(login: login ?? nil)
  }

  /// No `Proxy-Connection`: it was never a standard, and servers that pass it on break keep-alive.
  private func request(login: String?) -> [DialogueAction] {
    let open =
      ["CONNECT \(target) HTTP/1.1", "Host: \(target)"] + (agent.map { ["User-Agent: \($0)"] } ?? [])
    let secret = login.map { ["Proxy-Authorization: \($0)"] } ?? []
    let shown = open + (login == nil ? [] : ["Proxy-Authorization: Basic (name and password, not shown)"])
    let lines = open + secret + ["", ""]
    return [.say(Array(lines.joined(separator: "\r\n").utf8))]
      + shown.map { .note(.sent, Notation.escaped($0)) }
  }

  private mutating func hear(_ bytes: [UInt8]) -> [DialogueAction] {
    if case .over = awaiting { return [] }
    heard.add(bytes)
    switch awaiting {
    case .opening, .over: return []
    case .head: return readHead()
    case .body: return readBody()
    }
  }

  private mutating func readHead() -> [DialogueAction] {
    switch ConnectClient.opening(of: heard.first) {
    case .perhaps: return []
    case .foreign(let code): return fail(ProxyFailure.make(code, by: .here, heard: heard, target: target))
    case .http: break
    }
    switch reader.read(heard.takeAll()) {
    case .needsMore: return []
    case .malformed: return fail(ProxyFailure.make(.httpMalformed, by: .here, heard: heard, target: target))
    case .tooLong:
      return fail(
        ProxyFailure.make(
          .httpMalformed, by: .here, heard: heard, target: target, subject: HTTPHeadReader.tooLong))
    case .head(let head, let rest): return judge(head, rest: rest)
    }
  }

  private mutating func judge(_ head: HTTPHead, rest: [UInt8]) -> [DialogueAction] {
    guard let status = ConnectClient.status(of: head.startLine) else {
      return fail(ProxyFailure.make(.httpMalformed, by: .here, heard: heard, target: target))
    }
    let note = DialogueAction.note(.received, Notation.escaped(head.startLine))
    switch status {
    case 102...199, 100:
      // An interim answer; the real one comes after it (RFC 9110 section 15.2).
      reader = HTTPHeadReader()
      return [note] + hearAgain(rest)
    case 200...299:
      // The tunnel begins after the head, whatever Content-Length says.
      awaiting = .over
      return [note, .done(rest: rest)]
    default:  // an open set of numbers: all others say no
      awaiting = .body(line: head.startLine, status: status, bytes: ConnectClient.bodyLength(head))
      let wanted = head.value(of: "Proxy-Authenticate").map { "Proxy-Authenticate: \(Notation.escaped($0))" }
      return [note] + (wanted.map { [.note(.received, $0)] } ?? []) + hearAgain(rest)
    }
  }

  /// Goes on with bytes that were taken out and not used. They are in `first` already.
  private mutating func hearAgain(_ rest: [UInt8]) -> [DialogueAction] {
    heard.putBack(rest)
    switch awaiting {
    case .opening, .over: return []
    case .head: return rest.isEmpty ? [] : readHead()
    case .body: return readBody()
    }
  }

  private mutating func readBody(atEnd: Bool = false) -> [DialogueAction] {
    guard case .body(let line, let status, let count) = awaiting, atEnd || heard.unread.count >= count else {
      return []
    }
    let body = heard.unread.prefix(ConnectClient.bodyLimit)
    let notes: [DialogueAction] = body.isEmpty ? [] : [.note(.received, Notation.escaped(body))]
    let code = HTTPStatus.failureCode(status)
    return notes
      + fail(
        ProxyFailure.make(
          code, by: .peer, heard: heard, target: target, status: status, verbatim: [Notation.escaped(line)]))
  }

  private mutating func end() -> [DialogueAction] {
    switch awaiting {
    case .over: return []
    case .body: return readBody(atEnd: true)
    case .opening, .head:
      let code: FailureCode = heard.first.isEmpty ? .emptyReply : .httpMalformed
      return fail(ProxyFailure.make(code, by: .peer, heard: heard, target: target))
    }
  }

  private mutating func fail(_ failure: Failure) -> [DialogueAction] {
    awaiting = .over
    return [.fail(failure)]
  }
}

// What the bytes mean.
extension ConnectClient {
  private enum Opening {
    case http
    case perhaps
    case foreign(FailureCode)
  }

  /// Judged from the first byte on: somebody who speaks another protocol may never end a line.
  private static func opening(of first: [UInt8]) -> Opening {
    let http = Array("HTTP/1.".utf8)
    let record: [UInt8] = [0x15, 0x03]  // a TLS alert: "I waited for a ClientHello"
    if first.starts(with: http) { return .http }
    if first.starts(with: record) { return .foreign(.plainToTlsPort) }
    return http.starts(with: first) || record.starts(with: first) ? .perhaps : .foreign(.httpMalformed)
  }

  /// The number of `HTTP/1.1 200 OK`.
  private static func status(of line: String) -> Int? {
    let words = line.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
    guard words.count >= 2, words[1].utf8.count == 3, let status = Int(words[1]), (100...999).contains(status)
    else { return nil }
    return status
  }

  /// How much of the body is worth waiting for. A body without a length is not waited for: its end may never
  /// come, and the status is known.
  private static func bodyLength(_ head: HTTPHead) -> Int {
    let length = head.value(of: "Content-Length").flatMap { Int($0) } ?? 0
    return min(max(length, 0), bodyLimit)
  }
}
