package import LabFacts

/// An IMAP relay that chooses the backend by the user's name (RFC 3501). Before the login it is a small server
/// itself; the login is repeated to the backend with the client's tag, and from its OK on it only passes
/// bytes on.
///
/// After a refused login the client may try again: with the same backend on the connection that is there,
/// with another on a new one. After a `close` of the backend nothing of it may be reported but its end.
package struct ImapRouter: RelayDialogue {
  /// A login, and where it goes.
  struct Login: Equatable, Sendable {
    let tag: String
    let visitor: Credentials
    let order: ConnectOrder
  }

  enum State: Equatable, Sendable {
    case talking
    /// AUTHENTICATE waits for the client's answer.
    case asked(tag: String)
    case handshake
    case connecting(Login)
    case greeting(Login)
    /// The login was said, but for these pieces, each of which waits for a `+`.
    case replying(Login, [[UInt8]])
    case over
  }

  let route: ImapRoute
  let host: String
  let patience: Int
  var isTLS: Bool
  var state = State.talking
  var client = LineReader()
  var commands = ImapCommandReader()
  var firstOfClient = MailFirstBytes()
  var backend = LineReader()
  var firstOfBackend = MailFirstBytes()
  /// The backend that is connected and waits for a better login.
  var connected: ConnectOrder?

  /// - Parameters:
  ///   - route: which user belongs to which backend.
  ///   - host: the name the relay calls itself.
  ///   - isTLS: the client's stream carries TLS from the start.
  ///   - patienceMilliseconds: how long a backend may take to greet, and to answer the login.
  package init(
    _ route: ImapRoute, host: String, isTLS: Bool = false, patienceMilliseconds: Int = 30_000
  ) {
    self.route = route
    self.host = host
    self.isTLS = isTLS
    patience = patienceMilliseconds
  }

  /// What to do about an event, in order.
  package mutating func take(_ event: RelayEvent) -> [RelayAction] {
    guard state != .over else { return [] }
    switch event {
    case .opened: return say("* OK [CAPABILITY \(capabilities)] \(host) netlab IMAP relay ready")
    case .heard(.client, let bytes): return hear(client: bytes)
    case .heard(.backend, let bytes): return hear(backend: bytes)
    case .ended(.client): return leave()
    case .ended(.backend): return backendEnded()
    case .backendUp: return backendUp()
    case .backendFailed(let failure): return backendFailed(failure)
    case .tlsUp(.client): return secured()
    case .tlsUp(.backend): return []
    case .timePassed: return timePassed()
    }
  }

  private mutating func secured() -> [RelayAction] {
    guard state == .handshake else { return [] }
    isTLS = true
    state = .talking
    return []
  }

  /// Ends both sides.
  mutating func leave() -> [RelayAction] {
    let closing = closeBackend()
    state = .over
    return closing + [.close(.client, .clean)]
  }

  /// Ends the backend's side where there is one.
  mutating func closeBackend() -> [RelayAction] {
    let isThere: Bool
    switch state {
    case .connecting, .greeting, .replying: isThere = true
    case .talking, .asked, .handshake, .over: isThere = connected != nil
    }
    connected = nil
    backend = LineReader()
    firstOfBackend = MailFirstBytes()
    return isThere ? [.close(.backend, .clean)] : []
  }

  func say(_ lines: String...) -> [RelayAction] {
    lines.map { .note(.client, .sent, MailText.shown(Array($0.utf8))) }
      + [.say(.client, lines.flatMap { MailText.wire($0) })]
  }

  var offersTLS: Bool { route.offersStartTLS && !isTLS }
  var insistsOnTLS: Bool { route.requiresTLS && !isTLS }

  /// No LITERAL+: what the backend can do after the login is not known yet.
  var capabilities: String {
    let login = insistsOnTLS ? ["LOGINDISABLED"] : ["AUTH=PLAIN", "SASL-IR"]
    return (["IMAP4rev1", "ID"] + (offersTLS ? ["STARTTLS"] : []) + login).joined(separator: " ")
  }
}
