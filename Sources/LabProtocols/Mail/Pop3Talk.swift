import LabFacts

/// The commands of a small POP3 server (RFC 1939, RFC 2449, RFC 2595). Its mailboxes are empty.
struct Pop3Talk: MailTalk {
  var house: MailHouse
  private var user: String?
  private var isLoggedIn = false

  init(_ house: MailHouse) { self.house = house }

  var greeting: [MailStep] { [.say("+OK \(house.host) netlab POP3 ready")] }

  mutating func begin() { self = Pop3Talk(house) }

  mutating func next(_ reader: inout LineReader) -> [MailStep]? {
    guard let piece = reader.next() else { return nil }
    guard case .line(let line) = piece else { return [.say("-ERR Line too long")] }
    return [.heard(MailText.shown(line))] + obey(line)
  }

  private mutating func obey(_ line: [UInt8]) -> [MailStep] {
    let words = MailText.words(line)
    switch words.first?.uppercased() {
    case "CAPA": return capabilities()
    case "STLS": return upgrade()
    case "USER": return name(words)
    case "PASS": return password(line)
    case "NOOP" where isLoggedIn, "RSET" where isLoggedIn: return [.say("+OK")]
    case "STAT" where isLoggedIn: return [.say("+OK 0 0")]
    case "LIST" where isLoggedIn, "UIDL" where isLoggedIn: return list(words)
    case "RETR" where isLoggedIn, "DELE" where isLoggedIn, "TOP" where isLoggedIn: return noMessage
    case "NOOP", "RSET", "STAT", "LIST", "UIDL", "RETR", "DELE", "TOP": return [.say("-ERR Log in first")]
    case "QUIT": return [.say("+OK \(house.host) goes"), .bye]
    default: return [.say("-ERR Unknown command")]
    }
  }

  private func capabilities() -> [MailStep] {
    let login = house.insistsOnTLS ? [] : ["USER"]
    let upgrade = house.offersTLS && !isLoggedIn ? ["STLS"] : []
    return (["+OK This is known here:"] + login + upgrade + ["UIDL", "TOP", "RESP-CODES", "."]).map {
      .say($0)
    }
  }

  private func upgrade() -> [MailStep] {
    guard !house.isTLS else { return [.say("-ERR TLS is on already")] }
    guard house.hasTLS else { return [.say("-ERR This server has no TLS")] }
    guard !isLoggedIn else { return [.say("-ERR STLS comes before the login")] }
    return [.say("+OK Begin TLS"), .upgrade]
  }

  private mutating func name(_ words: [String]) -> [MailStep] {
    guard !isLoggedIn else { return [.say("-ERR You are logged in already")] }
    guard !house.insistsOnTLS else { return [.say("-ERR STLS comes first")] }
    guard words.count > 1 else { return [.say("-ERR It is USER name")] }
    user = words[1]
    return [.say("+OK And the password?")]
  }

  /// A password may have spaces in it: it is all that follows the word (RFC 1939 section 7).
  private mutating func password(_ line: [UInt8]) -> [MailStep] {
    guard !isLoggedIn, let name = user else { return [.say("-ERR USER comes first")] }
    user = nil
    let password = SASLPlain.text(line.dropFirst("PASS ".utf8.count))
    isLoggedIn = house.letsIn(password.map { Credentials(user: name, password: $0) })
    return [.say(isLoggedIn ? "+OK 0 messages" : "-ERR [AUTH] Name or password not accepted")]
  }

  private func list(_ words: [String]) -> [MailStep] {
    words.count > 1 ? noMessage : [.say("+OK 0 messages"), .say(".")]
  }

  private var noMessage: [MailStep] { [.say("-ERR No such message")] }
}
