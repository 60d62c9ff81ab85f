import LabFacts

/// The commands of a small SMTP server (RFC 5321). Messages are counted and thrown away.
struct SmtpTalk: MailTalk {
  private enum Mode: Equatable {
    case commands
    case login(SASLExchange)
    /// Behind DATA, with the lines so far.
    case message(lines: Int)
  }

  var house: MailHouse
  private var mode = Mode.commands
  private var hasGreeted = false
  private var isLoggedIn = false
  private var hasSender = false
  private var recipients = 0

  init(_ house: MailHouse) { self.house = house }

  var greeting: [MailStep] { [.say("220 \(house.host) ESMTP netlab ready")] }

  mutating func begin() { self = SmtpTalk(house) }

  mutating func next(_ reader: inout LineReader) -> [MailStep]? {
    guard let piece = reader.next() else { return nil }
    if case .message(let lines) = mode { return message(piece, lines) }
    guard case .line(let line) = piece else { return [.say("500 5.5.2 Line too long")] }
    if case .login(let exchange) = mode { return [.heard("***")] + login(exchange.hear(line)) }
    return [.heard(MailText.shown(line))] + obey(MailText.words(line))
  }

  private mutating func obey(_ words: [String]) -> [MailStep] {
    let argument = words.count > 1 ? words[1].uppercased() : ""
    switch words.first?.uppercased() {
    case "EHLO": return hello(words, isExtended: true)
    case "HELO": return hello(words, isExtended: false)
    case "STARTTLS": return upgrade(words)
    case "AUTH": return authenticate(words)
    case "MAIL": return sender(argument)
    case "RCPT": return recipient(argument)
    case "DATA": return data()
    case "NOOP": return [.say("250 2.0.0 OK")]
    case "RSET": return reset()
    case "QUIT": return [.say("221 2.0.0 \(house.host) goes"), .bye]
    case "VRFY": return [.say("252 2.5.0 Send some mail, and see")]
    default: return [.say("500 5.5.1 Unknown command")]
    }
  }

  private mutating func hello(_ words: [String], isExtended: Bool) -> [MailStep] {
    guard words.count > 1 else { return [.say("501 5.5.4 Say your name, too")] }
    forgetMail()
    hasGreeted = true
    guard isExtended else { return [.say("250 \(house.host)")] }
    let upgrade = house.offersTLS ? ["STARTTLS"] : []
    let login = house.insistsOnTLS ? [] : ["AUTH PLAIN LOGIN"]
    let middle = [house.host, "PIPELINING"] + upgrade + login
    return middle.map { .say("250-\($0)") } + [.say("250 8BITMIME")]
  }

  private func upgrade(_ words: [String]) -> [MailStep] {
    guard !house.isTLS else { return [.say("503 5.5.1 TLS is on already")] }
    guard house.hasTLS else { return [.say("502 5.5.1 This server has no TLS")] }
    guard words.count == 1 else { return [.say("501 5.5.4 STARTTLS takes no parameters")] }
    return [.say("220 2.0.0 Ready to start TLS"), .upgrade]
  }

  private mutating func authenticate(_ words: [String]) -> [MailStep] {
    guard hasGreeted else { return greetFirst }
    guard !house.insistsOnTLS else { return tlsFirst }
    guard !isLoggedIn else { return [.say("503 5.5.1 You are logged in already")] }
    let exchange: SASLExchange
    switch words.dropFirst().first?.uppercased() {
    case "PLAIN": exchange = .plain
    case "LOGIN": exchange = .loginUser
    default: return [.say("504 5.5.4 PLAIN and LOGIN are known here")]
    }
    return words.count > 2 ? login(exchange.hear(Array(words[2].utf8))) : login(.ask(exchange))
  }

  private mutating func login(_ outcome: SASLExchange.Outcome) -> [MailStep] {
    mode = .commands
    switch outcome {
    case .ask(let exchange):
      mode = .login(exchange)
      return [.say("334 \(exchange.question)")]
    case .visitor(let visitor):
      isLoggedIn = house.letsIn(visitor)
      return [.say(isLoggedIn ? "235 2.7.0 Welcome" : "535 5.7.8 Name or password not accepted")]
    case .cancelled: return [.say("501 5.7.0 Login given up")]
    }
  }

  private mutating func sender(_ argument: String) -> [MailStep] {
    guard hasGreeted else { return greetFirst }
    guard !house.insistsOnTLS else { return tlsFirst }
    guard isLoggedIn || house.credentials == nil else { return [.say("530 5.7.0 Log in first")] }
    guard argument.hasPrefix("FROM:") else { return [.say("501 5.5.4 It is MAIL FROM:<address>")] }
    guard !hasSender else { return [.say("503 5.5.1 There is a sender already")] }
    hasSender = true
    return [.say("250 2.1.0 OK")]
  }

  private mutating func recipient(_ argument: String) -> [MailStep] {
    guard hasSender else { return [.say("503 5.5.1 MAIL FROM comes first")] }
    guard argument.hasPrefix("TO:") else { return [.say("501 5.5.4 It is RCPT TO:<address>")] }
    recipients += 1
    return [.say("250 2.1.5 OK")]
  }

  private mutating func data() -> [MailStep] {
    guard recipients > 0 else { return [.say("503 5.5.1 RCPT TO comes first")] }
    mode = .message(lines: 0)
    return [.say("354 Go on, and end with a dot on a line of its own")]
  }

  private mutating func message(_ piece: LineReader.Piece, _ lines: Int) -> [MailStep] {
    guard piece == .line([UInt8(ascii: ".")]) else {
      mode = .message(lines: lines + 1)
      return []
    }
    let count = recipients
    mode = .commands
    forgetMail()
    return [
      .heard("a message of \(lines) lines"),
      .say("250 2.0.0 \(lines) lines for \(count) read and thrown away"),
    ]
  }

  private mutating func reset() -> [MailStep] {
    forgetMail()
    return [.say("250 2.0.0 OK")]
  }

  private mutating func forgetMail() {
    hasSender = false
    recipients = 0
  }

  private var greetFirst: [MailStep] { [.say("503 5.5.1 Say EHLO first")] }
  private var tlsFirst: [MailStep] { [.say("530 5.7.0 Must issue a STARTTLS command first")] }
}
