import LabFacts

// Routes that are named by the options of IN.
extension ConnectorIn {
  func readRoute(_ words: inout ConnectorWords) throws(UsageProblem) -> Route? {
    switch kind {
    case .socks: return .socks(try policy(&words))
    case .connect: return .connect(try policy(&words))
    case .dual: return try dual(&words)
    case .imap, .imaps: return try imap(&words)
    case .tcp, .tls, .unix, .udp, .starttls, .stdio, .connectTLS, .dummy: return nil
    }
  }

  private func policy(_ words: inout ConnectorWords) throws(UsageProblem) -> ProxyPolicy {
    var policy = ProxyPolicy(credentials: try words.credentials())
    if let word = words.take("refuse") { policy.manners = try manners(word) }
    return policy
  }

  private func manners(_ word: String) throws(UsageProblem) -> ProxyPolicy.Manners {
    let code = word.hasPrefix("0x") ? Int(word.dropFirst(2), radix: 16) : Int(word)
    if let code { return .refuse(code: try checked(code)) }
    switch word {
    case "silence": return .silence
    case "garbage": return .garbage
    case "hang-up": return .hangUp
    case "no-method" where kind == .socks: return .noMethod
    case "no-method": throw UsageProblem("no-method is an answer of SOCKS 5. For connect take refuse=407.")
    case let other:
      let words =
        ["silence", "garbage", "hang-up"] + (kind == .socks ? ["no-method"] : ["403", "407", "502"])
      throw .unknown("way to refuse", other, among: words)
    }
  }

  /// Codes that refuse: statuses of HTTP, replies of SOCKS 5 (1 to 255) and 4 (0x5B to 0x5D, 91 to 93).
  private func checked(_ code: Int) throws(UsageProblem) -> Int {
    let range = kind == .connect ? 300...599 : 1...255
    guard range.contains(code), kind == .connect || code != 90 else {
      throw UsageProblem(
        "refuse=\(code) refuses nobody: \(kind == .connect ? "an HTTP status from 300 to 599 does" : "a SOCKS reply from 1 to 255 but 90 does")."
      )
    }
    return code
  }

  private func dual(_ words: inout ConnectorWords) throws(UsageProblem) -> Route {
    var ways: [String: ConnectorOut] = [:]
    for word in ["tls", "http", "ssh", "client", "server"] {
      if let text = words.take(word) { ways[word] = try stream(text, word) }
    }
    guard !ways.isEmpty else {
      throw UsageProblem(
        "dual needs somewhere to take clients: tls=, http=, ssh=, client= or server=HOST:PORT.")
    }
    let timeout = try words.take("timeout").map { value throws(UsageProblem) in
      try ConnectorWords.milliseconds("timeout", value)
    }
    return .dual(ways, timeoutMilliseconds: timeout ?? 1000)
  }

  private func imap(_ words: inout ConnectorWords) throws(UsageProblem) -> Route {
    var users: [String: ConnectorOut] = [:]
    for (user, text) in words.takeAll(beginning: "user.") {
      guard !user.isEmpty else {
        throw UsageProblem(
          "user. needs a name behind the dot: user.alice=HOST:PORT. For all others write others=.")
      }
      guard users[user] == nil else {
        throw UsageProblem("user.\(Notation.escaped(user))= is there twice: one user has one server.")
      }
      users[user] = try stream(text, "user.\(user)")
    }
    let others = try words.take("others").map { text throws(UsageProblem) in try stream(text, "others") }
    let requires = try words.take("require-tls").map { value throws(UsageProblem) in
      try flag("require-tls", value)
    }
    guard others != nil || !users.isEmpty else {
      try words.refuseUnknown(but: ["deadline"])
      throw UsageProblem(
        "\(kind.rawValue) needs servers: user.NAME=HOST:PORT for each user, or others=HOST:PORT.")
    }
    return .imap(users, others: others, requiresTLS: requires ?? false)
  }

  private func stream(_ text: String, _ word: String) throws(UsageProblem) -> ConnectorOut {
    let out = try ConnectorOut.parse(text, bare: true)
    guard out.kind != .udp, out.kind != .dummy else {
      throw UsageProblem(
        "\(word)= takes a stream, such as HOST:PORT or tls:HOST:PORT, and no \(out.kind.rawValue).")
    }
    return out
  }
}
