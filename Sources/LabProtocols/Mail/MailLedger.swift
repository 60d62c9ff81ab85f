import LabFacts

/// What a relay that offers STARTTLS in a backend's place keeps account of: the answers that are still to
/// come, and the capabilities in them.
struct MailLedger: Equatable, Sendable {
  enum Command: Equatable {
    /// For the backend; its answer is looked at.
    case pass
    /// STARTTLS; IMAP's has a tag.
    case upgrade(tag: String)
    /// The client wants more than to look around: from here on bytes only pass.
    case last
  }

  private enum Pending: Equatable {
    case greeting
    case capabilities
    case other
    case tagged(String)
  }

  let mail: MailProtocol
  var offersTLS: Bool
  private var pending = [Pending.greeting]
  /// The lines of an answer that must be whole before it is changed.
  private var held: [[UInt8]] = []

  init(_ mail: MailProtocol, offersTLS: Bool) {
    self.mail = mail
    self.offersTLS = offersTLS
  }

  /// No answer of the backend is outstanding.
  var isSettled: Bool { pending.isEmpty }

  /// What a line of the client is; one to be passed on is entered.
  mutating func command(_ line: [UInt8]) -> Command {
    let words = MailText.words(line)
    let place = mail == .imap ? 1 : 0
    guard words.count > place else { return .last }
    let name = words[place].uppercased()
    if name == mail.upgradeWord { return .upgrade(tag: mail == .imap ? words[0] : "") }
    // A line that announces a literal is not the whole command.
    guard mail.harmless.contains(name), line.last != UInt8(ascii: "}") else { return .last }
    pending.append(
      mail == .imap ? .tagged(words[0]) : mail.capabilityWords.contains(name) ? .capabilities : .other)
    return .pass
  }

  /// What the client is told in place of a line of the backend.
  mutating func answer(_ line: [UInt8]) -> [[UInt8]] {
    switch mail {
    case .imap: imapAnswer(line)
    case .smtp: smtpAnswer(line)
    case .pop3: pop3Answer(line)
    }
  }

  private mutating func imapAnswer(_ line: [UInt8]) -> [[UInt8]] {
    let tag = String(decoding: line.prefix { $0 != 0x20 }, as: UTF8.self)
    if let place = pending.firstIndex(of: tag == "*" ? .greeting : .tagged(tag)) { pending.remove(at: place) }
    return [ImapCapabilities.line(line, offeringTLS: offersTLS)]
  }

  private mutating func smtpAnswer(_ line: [UInt8]) -> [[UInt8]] {
    let isLast = line.count < 4 || line[3] != UInt8(ascii: "-")
    guard pending.first == .capabilities else {
      if isLast && !pending.isEmpty { pending.removeFirst() }
      return [line]
    }
    held.append(line)
    guard isLast || held.count > answerLimit else { return [] }
    pending.removeFirst()
    defer { held = [] }
    return MailText.begins(line, with: "250") ? changedExtensions() : held
  }

  /// An EHLO answer: the host, then one extension a line, the last with a space behind the code.
  private func changedExtensions() -> [[UInt8]] {
    let texts = held.map { Array($0.dropFirst(4)) }
    let kept = texts.filter { !MailText.isWord($0.prefix { $0 != 0x20 }, "STARTTLS") }
    let all = kept + (offersTLS ? [Array("STARTTLS".utf8)] : [])
    return all.dropLast().map { Array("250-".utf8) + $0 } + all.suffix(1).map { Array("250 ".utf8) + $0 }
  }

  private mutating func pop3Answer(_ line: [UInt8]) -> [[UInt8]] {
    guard pending.first == .capabilities else {
      if !pending.isEmpty { pending.removeFirst() }
      return [line]
    }
    if held.isEmpty {
      guard MailText.begins(line, with: "+OK") else {
        pending.removeFirst()
        return [line]
      }
      // From here on it is a list, up to its dot.
      held = [line]
      return [line]
    }
    guard line == [UInt8(ascii: ".")] else { return MailText.isWord(line[...], "STLS") ? [] : [line] }
    pending.removeFirst()
    held = []
    return (offersTLS ? [Array("STLS".utf8)] : []) + [line]
  }
}

extension MailProtocol {
  /// The word that asks for TLS, and stands for it among the capabilities.
  var upgradeWord: String { self == .pop3 ? "STLS" : "STARTTLS" }

  /// Commands that change nothing and say nothing secret.
  fileprivate var harmless: Set<String> {
    switch self {
    case .imap: ["CAPABILITY", "NOOP", "ID"]
    case .smtp: ["EHLO", "HELO", "NOOP", "RSET"]
    case .pop3: ["CAPA", "NOOP"]
    }
  }

  fileprivate var capabilityWords: Set<String> { self == .pop3 ? ["CAPA"] : ["EHLO"] }

  /// What a client hears that may begin TLS.
  func goAhead(tag: String) -> String {
    switch self {
    case .imap: "\(tag) OK Begin TLS"
    case .smtp: "220 2.0.0 Ready to start TLS"
    case .pop3: "+OK Begin TLS"
    }
  }

  /// What a client hears that asks for TLS once more.
  func alreadyTLS(tag: String) -> String {
    switch self {
    case .imap: "\(tag) BAD TLS is on already"
    case .smtp: "503 5.5.1 TLS is on already"
    case .pop3: "-ERR TLS is on already"
    }
  }
}

private let answerLimit = 100
