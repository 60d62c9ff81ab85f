import LabFacts

/// What differs between the protocols for a client that wants STARTTLS.
extension MailProtocol {
  /// What a server's line means to it.
  enum Answer: Equatable {
    /// The answer goes on.
    case more
    /// Agreed, and a list follows.
    case listBegins
    case good
    case bad
  }

  func capabilityCommand(_ name: String) -> String {
    switch self {
    case .imap: "\(capabilityTag) CAPABILITY"
    case .smtp: "EHLO \(name)"
    case .pop3: "CAPA"
    }
  }

  var upgradeCommand: String {
    switch self {
    case .imap: "\(upgradeTag) STARTTLS"
    case .smtp: "STARTTLS"
    case .pop3: "STLS"
    }
  }

  /// `inList`: the line is behind a `listBegins`.
  func answer(_ line: [UInt8], to asked: MailStage, inList: Bool) -> Answer {
    switch self {
    case .imap: imapAnswer(line, to: asked)
    case .smtp: smtpAnswer(line)
    case .pop3: pop3Answer(line, to: asked, inList: inList)
    }
  }

  /// The number a server's line begins with. Only SMTP has them.
  func replyCode(_ line: [UInt8]) -> Int? {
    let digits = line.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    return self == .smtp && digits.count == 3 ? Int(String(decoding: digits, as: UTF8.self)) : nil
  }

  /// Does this line of an answer about capabilities name STARTTLS?
  func offersTLS(_ line: [UInt8], inList: Bool) -> Bool {
    switch self {
    case .imap: ImapCapabilities.offersTLS(line)
    case .smtp: MailText.begins(line, with: "250") && isFirstWord(line.dropFirst(4), "STARTTLS")
    case .pop3: inList && isFirstWord(line[...], "STLS")
    }
  }

  /// A greeting without the response code that lists capabilities: they were those of the time before TLS.
  func withoutCapabilities(_ line: [UInt8]) -> [UInt8] {
    guard self == .imap, let code = ImapCapabilities.code(in: line) else { return line }
    return Array(line[..<code.lowerBound] + line[code.upperBound...].drop { $0 == 0x20 })
  }

  private func imapAnswer(_ line: [UInt8], to asked: MailStage) -> Answer {
    let words = line.split(separator: 0x20)
    guard let first = words.first, words.count > 1 else { return asked == .greeting ? .bad : .more }
    if asked == .greeting {
      return ["OK", "PREAUTH"].contains { MailText.isWord(words[1], $0) } ? .good : .bad
    }
    if MailText.begins(line, with: "* BYE") { return .bad }
    guard first.elementsEqual((asked == .upgrade ? upgradeTag : capabilityTag).utf8) else { return .more }
    return MailText.isWord(words[1], "OK") ? .good : .bad
  }

  private func smtpAnswer(_ line: [UInt8]) -> Answer {
    guard line.count < 4 || line[3] != UInt8(ascii: "-") else { return .more }
    return line.first == UInt8(ascii: "2") ? .good : .bad
  }

  private func pop3Answer(_ line: [UInt8], to asked: MailStage, inList: Bool) -> Answer {
    if inList { return line == [UInt8(ascii: ".")] ? .good : .more }
    guard MailText.begins(line, with: "+OK") else { return .bad }
    return asked == .capabilities ? .listBegins : .good
  }

  private func isFirstWord(_ bytes: ArraySlice<UInt8>, _ word: String) -> Bool {
    MailText.isWord(bytes.prefix { $0 != 0x20 }, word)
  }
}

private let capabilityTag = "c1"
private let upgradeTag = "c2"
