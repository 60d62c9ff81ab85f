import LabFacts

/// The client's side: commands before the login.
extension ImapRouter {
  mutating func hear(client bytes: [UInt8]) -> [RelayAction] {
    guard state != .handshake else { return [.note(.client, .received, MailText.thrownAway(bytes))] }
    client.append(bytes)
    switch firstOfClient.judgeClient(bytes) {
    case .unclear: return []
    case .strange(let stranger): return turnAway(stranger)
    case .fine: return obeyClient()
    }
  }

  /// Obeys what is there, until something has to be waited for.
  mutating func obeyClient() -> [RelayAction] {
    var actions: [RelayAction] = []
    while let more = nextOfClient() { actions += more }
    guard client.count <= keptLimit else { return actions + say("* BYE Too much at once") + leave() }
    return actions
  }

  private mutating func nextOfClient() -> [RelayAction]? {
    if case .asked(let tag) = state { return answer(tag) }
    guard state == .talking, let input = commands.next(&client) else { return nil }
    switch input {
    case .wantsContinuation: return say("+ Go on")
    case .malformed(let tag): return say("\(tag ?? "*") BAD A command is TAG NAME and its arguments")
    case .command(let command): return [.note(.client, .received, command.shown)] + obey(command)
    }
  }

  private mutating func obey(_ command: ImapCommand) -> [RelayAction] {
    let tag = command.tag
    switch command.name {
    case "CAPABILITY": return say("* CAPABILITY \(capabilities)", "\(tag) OK done")
    case "NOOP": return say("\(tag) OK done")
    case "ID": return say("* ID (\"name\" \"netlab\")", "\(tag) OK done")
    case "LOGOUT": return say("* BYE \(host) goes", "\(tag) OK done") + leave()
    case "STARTTLS": return upgrade(tag)
    case "LOGIN":
      guard command.arguments.count == 2, let user = SASLPlain.text(command.arguments[0]),
        let password = SASLPlain.text(command.arguments[1])
      else { return say("\(tag) BAD It is LOGIN name password") }
      return enter(tag, Credentials(user: user, password: password))
    case "AUTHENTICATE": return authenticate(command)
    default: return say("\(tag) BAD Log in first")
    }
  }

  private mutating func upgrade(_ tag: String) -> [RelayAction] {
    guard !isTLS else { return say("\(tag) BAD TLS is on already") }
    guard offersTLS else { return say("\(tag) BAD This relay offers no STARTTLS") }
    state = .handshake
    let rest = client.drain()
    commands = ImapCommandReader()
    return say("\(tag) OK Begin TLS")
      + (rest.isEmpty ? [] : [.note(.client, .received, MailText.thrownAway(rest))])
      + [.startTLS(.client)]
  }

  private mutating func authenticate(_ command: ImapCommand) -> [RelayAction] {
    guard let mechanism = command.arguments.first, MailText.isWord(mechanism[...], "PLAIN") else {
      return say("\(command.tag) NO PLAIN is known here")
    }
    // In clear the password must not even be asked for.
    guard !insistsOnTLS else { return privacy(command.tag) }
    guard command.arguments.count > 1 else {
      state = .asked(tag: command.tag)
      return say("+ ")
    }
    return enter(command.tag, SASLPlain.credentials(command.arguments[1]))
  }

  private mutating func answer(_ tag: String) -> [RelayAction]? {
    guard let piece = client.next() else { return nil }
    state = .talking
    let heard: [RelayAction] = [.note(.client, .received, "***")]
    guard case .line(let line) = piece, line != [UInt8(ascii: "*")] else {
      return heard + say("\(tag) BAD Login given up")
    }
    return heard + enter(tag, SASLPlain.credentials(line))
  }

  /// Finds the backend of a user, the name's case as given.
  private mutating func enter(_ tag: String, _ visitor: Credentials?) -> [RelayAction] {
    guard !insistsOnTLS else { return privacy(tag) }
    guard let visitor, let order = route.users[visitor.user] ?? route.others else {
      return say("\(tag) NO [AUTHENTICATIONFAILED] Name or password not accepted")
    }
    let way = "user \(Notation.escaped(visitor.user)) belongs to \(Notation.escaped(order.to.description))"
    return [.note(.client, .received, way)] + call(Login(tag: tag, visitor: visitor, order: order))
  }

  private func privacy(_ tag: String) -> [RelayAction] {
    say("\(tag) NO [PRIVACYREQUIRED] STARTTLS comes first")
  }

  private mutating func turnAway(_ stranger: MailFirstBytes.Stranger) -> [RelayAction] {
    let farewell = MailProtocol.imap.farewell(to: stranger, host: host)
    return [.note(.client, .received, MailText.shown(firstOfClient.bytes))]
      + (farewell.map { say($0) } ?? [])
      + [.fail(.client, firstOfClient.failure(stranger, at: .imap))] + leave()
  }
}

/// What a client may send ahead while it waits.
private let keptLimit = 65_536
