package import LabFacts

/// Asks a SOCKS proxy for a way to a target: SOCKS 4, 4a, or 5 (RFC 1928) with a login by name and password
/// (RFC 1929).
///
/// Where the client resolves (`socks4`, `socks5`), the target must be an address already.
package struct SocksClient: Dialogue {
  /// Legal ways with SOCKS 5: opening → method → (login →) reply → over; with SOCKS 4: opening → reply4 → over.
  private enum Awaiting {
    case opening
    case method
    case login
    case reply
    case reply4
    case over
  }

  private let form: SocksForm
  private let target: Endpoint
  private let credentials: Credentials?
  private var awaiting = Awaiting.opening
  private var heard = HeardBytes()

  /// Nothing where the language is not SOCKS.
  package init?(_ language: ProxyOrder.Language, target: Endpoint, credentials: Credentials? = nil) {
    guard let form = SocksForm(language) else { return nil }
    self.form = form
    self.target = target
    self.credentials = credentials
  }

  package mutating func take(_ event: DialogueEvent) -> [DialogueAction] {
    if case .over = awaiting { return [] }
    switch event {
    case .opened: return begin()
    case .heard(let bytes):
      heard.add(bytes)
      return readAll()
    case .ended: return end()
    case .tlsUp: return []
    }
  }

  private mutating func begin() -> [DialogueAction] {
    if let advice = form.objection(to: target) {
      return [.note(.sent, advice)] + fail(ProxyFailure.make(.badAddress, by: .here, target: target))
    }
    if let subject = form.objection(to: credentials) { return fail(ProxyFailure.setting(subject)) }
    guard form.version == 5 else {
      awaiting = .reply4
      return ask(SocksRequest.four(target, user: credentials?.user ?? ""))
    }
    awaiting = .method
    return [
      .say([5, UInt8(methods.count)] + methods), .note(.sent, "methods: \(SocksMethod.names(methods))"),
    ]
  }

  private var methods: [UInt8] {
    credentials == nil ? [SocksMethod.none] : [SocksMethod.none, SocksMethod.password]
  }

  private func ask(_ request: [UInt8]?) -> [DialogueAction] {
    let how = IPAddress(target.host) == nil ? "name, the proxy looks it up" : "address"
    return (request.map { [.say($0)] } ?? [])
      + [.note(.sent, "connect to \(Notation.escaped(target.description)) (\(how))")]
  }

  private mutating func end() -> [DialogueAction] {
    fail(ProxyFailure.make(.socksWrongProtocol, by: .peer, heard: heard, target: target))
  }

  private mutating func fail(_ failure: Failure) -> [DialogueAction] {
    awaiting = .over
    return [.fail(failure)]
  }
}

// What the proxy says, one answer after the other.
extension SocksClient {
  private mutating func readAll() -> [DialogueAction] {
    var actions: [DialogueAction] = []
    while let more = readOne() { actions += more }
    return actions
  }

  /// Nothing where it takes more bytes to go on.
  private mutating func readOne() -> [DialogueAction]? {
    guard let first = heard.unread.first else { return nil }
    switch awaiting {
    case .opening, .over: return nil
    case .method: return first == 5 ? readMethod() : wrongProtocol()
    case .login: return first == 1 ? readLogin() : wrongProtocol()
    case .reply: return first == 5 ? readReply() : wrongProtocol()
    case .reply4: return first == 0 ? readReply4() : wrongProtocol()
    }
  }

  private mutating func wrongProtocol() -> [DialogueAction] {
    fail(ProxyFailure.make(.socksWrongProtocol, by: .here, heard: heard, target: target))
  }

  private mutating func readMethod() -> [DialogueAction]? {
    guard let method = heard.take(2)?.last else { return nil }
    let note = DialogueAction.note(.received, "method \(method): \(SocksMethod.name(method))")
    if method == SocksMethod.unacceptable { return [note] + fail(refusal(.socksAuth)) }
    guard methods.contains(method) else { return [note] + wrongProtocol() }
    if method == SocksMethod.password, let credentials {
      awaiting = .login
      return [
        note, .say(SocksRequest.login(credentials)), .note(.sent, "user and password (not shown)"),
      ]
    }
    return [note] + askForTarget()
  }

  private mutating func readLogin() -> [DialogueAction]? {
    guard let status = heard.take(2)?.last else { return nil }
    guard status == 0 else {
      return [.note(.received, "user or password refused")] + fail(refusal(.socksAuth))
    }
    return [.note(.received, "user and password accepted")] + askForTarget()
  }

  private mutating func askForTarget() -> [DialogueAction] {
    awaiting = .reply
    return ask(SocksAddress.write(target).map { [5, SocksRequest.connect, 0] + $0 })
  }

  /// A refusal counts from its second byte on: some proxies send no more of it.
  private mutating func readReply() -> [DialogueAction]? {
    guard heard.unread.count >= 2 else { return nil }
    let reply = Int(heard.unread[1])
    guard reply == SocksReply.succeeded else { return refused(reply) }
    switch SocksAddress.read(heard.unread.dropFirst(3)) {
    case .needsMore: return nil
    case .unknownType: return wrongProtocol()
    case .target(_, let length): return open(after: 3 + length, reply: reply)
    }
  }

  private mutating func readReply4() -> [DialogueAction]? {
    guard heard.unread.count >= 2 else { return nil }
    let reply = Int(heard.unread[1])
    switch reply {
    case SocksReply.granted4: return heard.unread.count >= 8 ? open(after: 8, reply: reply) : nil
    case SocksReply.rejected4...SocksReply.otherUser4: return refused(reply)
    default: return wrongProtocol()  // an open set of numbers, of which SOCKS 4 knows four
    }
  }

  private mutating func open(after count: Int, reply: Int) -> [DialogueAction] {
    _ = heard.take(count)
    awaiting = .over
    return [.note(.received, SocksReply.line(reply)), .done(rest: heard.takeAll())]
  }

  private mutating func refused(_ reply: Int) -> [DialogueAction] {
    [.note(.received, SocksReply.line(reply))] + fail(refusal(SocksReply.failureCode(reply), reply: reply))
  }

  private func refusal(_ code: FailureCode, reply: Int? = nil) -> Failure {
    ProxyFailure.make(code, by: .peer, heard: heard, target: target, socksReply: reply)
  }
}
