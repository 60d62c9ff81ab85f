import LabFacts

/// The commands of a small IMAP server (RFC 3501). Everybody has one mailbox, INBOX, and it is empty.
struct ImapTalk: MailTalk {
  var house: MailHouse
  private var commands = ImapCommandReader()
  /// An AUTHENTICATE that waits for its answer, by its tag.
  private var loginTag: String?
  private var isLoggedIn = false
  private var hasMailbox = false

  init(_ house: MailHouse) { self.house = house }

  var greeting: [MailStep] { [.say("* OK [CAPABILITY \(capabilities)] \(house.host) netlab IMAP ready")] }

  mutating func begin() { self = ImapTalk(house) }

  mutating func next(_ reader: inout LineReader) -> [MailStep]? {
    if let tag = loginTag { return answer(tag, &reader) }
    switch commands.next(&reader) {
    case nil: return nil
    case .wantsContinuation: return [.say("+ Go on")]
    case .malformed(let tag): return [.say("\(tag ?? "*") BAD A command is TAG NAME and its arguments")]
    case .command(let command): return [.heard(command.shown)] + obey(command)
    }
  }

  private mutating func obey(_ command: ImapCommand) -> [MailStep] {
    let tag = command.tag
    switch command.name {
    case "CAPABILITY": return [.say("* CAPABILITY \(capabilities)"), ok(tag)]
    case "NOOP": return [ok(tag)]
    case "ID": return [.say("* ID (\"name\" \"netlab\")"), ok(tag)]
    case "LOGOUT": return [.say("* BYE \(house.host) goes"), ok(tag), .bye]
    case "STARTTLS": return upgrade(tag)
    case "LOGIN": return login(command)
    case "AUTHENTICATE": return authenticate(command)
    default:
      guard ImapTalk.known.contains(command.name) else { return [.say("\(tag) BAD Unknown command")] }
      return isLoggedIn ? read(command) : [.say("\(tag) NO Log in first")]
    }
  }

  private func upgrade(_ tag: String) -> [MailStep] {
    guard !house.isTLS else { return [.say("\(tag) BAD TLS is on already")] }
    guard house.hasTLS else { return [.say("\(tag) BAD This server has no TLS")] }
    guard !isLoggedIn else { return [.say("\(tag) BAD STARTTLS comes before the login")] }
    return [.say("\(tag) OK Begin TLS"), .upgrade]
  }

  private mutating func login(_ command: ImapCommand) -> [MailStep] {
    if let refusal = refusal(command.tag) { return refusal }
    guard command.arguments.count == 2, let user = SASLPlain.text(command.arguments[0]),
      let password = SASLPlain.text(command.arguments[1])
    else { return [.say("\(command.tag) BAD It is LOGIN name password")] }
    return enter(command.tag, Credentials(user: user, password: password))
  }

  private mutating func authenticate(_ command: ImapCommand) -> [MailStep] {
    if let refusal = refusal(command.tag) { return refusal }
    guard let mechanism = command.arguments.first, MailText.isWord(mechanism[...], "PLAIN") else {
      return [.say("\(command.tag) NO PLAIN is known here")]
    }
    guard command.arguments.count > 1 else {
      loginTag = command.tag
      return [.say("+ ")]
    }
    return enter(command.tag, SASLPlain.credentials(command.arguments[1]))
  }

  private mutating func answer(_ tag: String, _ reader: inout LineReader) -> [MailStep]? {
    guard let piece = reader.next() else { return nil }
    loginTag = nil
    guard case .line(let line) = piece, line != [UInt8(ascii: "*")] else {
      return [.heard("***"), .say("\(tag) BAD Login given up")]
    }
    return [.heard("***")] + enter(tag, SASLPlain.credentials(line))
  }

  private mutating func enter(_ tag: String, _ visitor: Credentials?) -> [MailStep] {
    isLoggedIn = house.letsIn(visitor)
    return isLoggedIn
      ? [.say("\(tag) OK [CAPABILITY \(capabilities)] Welcome")]
      : [.say("\(tag) NO [AUTHENTICATIONFAILED] Name or password not accepted")]
  }

  private func refusal(_ tag: String) -> [MailStep]? {
    if isLoggedIn { return [.say("\(tag) BAD You are logged in already")] }
    return house.insistsOnTLS ? [.say("\(tag) NO [PRIVACYREQUIRED] STARTTLS comes first")] : nil
  }

  /// Commands about mail, answered from an empty mailbox.
  private mutating func read(_ command: ImapCommand) -> [MailStep] {
    let tag = command.tag
    switch command.name {
    case "SELECT", "EXAMINE": return select(command)
    case "LIST", "LSUB": return [.say("* \(command.name) () \"/\" INBOX"), ok(tag)]
    case "STATUS":
      return [.say("* STATUS INBOX (MESSAGES 0 RECENT 0 UIDNEXT 1 UIDVALIDITY 1 UNSEEN 0)"), ok(tag)]
    case "SEARCH": return hasMailbox ? [.say("* SEARCH"), ok(tag)] : selectFirst(tag)
    case "UID" where command.arguments.first.map { MailText.isWord($0[...], "SEARCH") } == true:
      return hasMailbox ? [.say("* SEARCH"), ok(tag)] : selectFirst(tag)
    case "CLOSE", "UNSELECT":
      guard hasMailbox else { return selectFirst(tag) }
      hasMailbox = false
      return [ok(tag)]
    case "FETCH", "STORE", "UID", "CHECK", "EXPUNGE": return hasMailbox ? [ok(tag)] : selectFirst(tag)
    default: return [.say("\(tag) NO [CANNOT] This server keeps no mail")]
    }
  }

  private mutating func select(_ command: ImapCommand) -> [MailStep] {
    guard let name = command.arguments.first, MailText.isWord(name[...], "INBOX") else {
      hasMailbox = false
      return [.say("\(command.tag) NO [NONEXISTENT] INBOX is all there is")]
    }
    hasMailbox = true
    let access = command.name == "EXAMINE" ? "READ-ONLY" : "READ-WRITE"
    return [
      .say("* 0 EXISTS"), .say("* 0 RECENT"), .say("* FLAGS (\\Seen \\Answered \\Flagged \\Deleted \\Draft)"),
      .say("* OK [UIDVALIDITY 1] valid"), .say("* OK [UIDNEXT 1] next"),
      .say("\(command.tag) OK [\(access)] INBOX is empty"),
    ]
  }

  private var capabilities: String {
    let upgrade = house.offersTLS && !isLoggedIn ? ["STARTTLS"] : []
    let login = isLoggedIn ? [] : house.insistsOnTLS ? ["LOGINDISABLED"] : ["AUTH=PLAIN", "SASL-IR"]
    return (["IMAP4rev1", "LITERAL+", "ID"] + upgrade + login).joined(separator: " ")
  }

  private func ok(_ tag: String) -> MailStep { .say("\(tag) OK done") }
  private func selectFirst(_ tag: String) -> [MailStep] { [.say("\(tag) BAD SELECT comes first")] }

  private static let known: Set<String> = [
    "SELECT", "EXAMINE", "LIST", "LSUB", "STATUS", "SEARCH", "UID", "CLOSE", "UNSELECT", "FETCH", "STORE",
    "CHECK",
    "EXPUNGE", "CREATE", "DELETE", "RENAME", "SUBSCRIBE", "UNSUBSCRIBE", "APPEND", "COPY",
  ]
}
