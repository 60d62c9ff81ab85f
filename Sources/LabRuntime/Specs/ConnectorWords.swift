import LabFacts

/// One connector as it was written: its kind, its address, and options that are taken out one by one. What a
/// message shows of it is never a value of an option, which may be a secret.
struct ConnectorWords {
  let kind: ConnectorKind
  private(set) var address: String
  private var left: [(key: String, value: String)]
  private var known: [String] = []

  /// `bare`: an address without a kind is TCP.
  init(_ text: String, bare: Bool = false) throws(UsageProblem) {
    let list: OptionList
    do throws(UsageProblem) { list = try OptionList(text) } catch {
      throw UsageProblem(
        "After the first comma of a connector each part is option=value, and one is not. Write a comma that "
          + "belongs to a value as \\,")
    }
    let head = list.head
    let word = String(head.prefix { $0 != ":" })
    if let kind = ConnectorKind(rawValue: word) {
      self.kind = kind
      address = String(head.dropFirst(word.count + 1))
    } else if bare || ConnectorWords.isAddress(head, word) {
      kind = .tcp
      address = head
    } else if word.hasPrefix("--") {
      throw UsageProblem(
        "\(Notation.escaped(word)) is a flag: flags go before the first --, connectors after.")
    } else {
      throw .unknown("connector", word, among: ConnectorKind.allCases.map(\.rawValue))
    }
    left = list.pairs
    guard !address.contains("@") else {
      throw UsageProblem(
        "\(kind.rawValue) takes an address without a user in it. A user belongs to the options user= and "
          + "password=.")
    }
  }

  private static func isAddress(_ head: String, _ word: String) -> Bool {
    Int(head) != nil || head.hasPrefix("[") || word == "*" || word == "localhost" || word.contains(".")
  }

  /// Takes the next word off the address: `imap` of `imap:localhost:143`.
  mutating func popWord() -> String {
    let word = String(address.prefix { $0 != ":" })
    address = String(address.dropFirst(word.count + 1))
    return word
  }

  /// The value of an option; the last one where it was given twice.
  mutating func take(_ key: String) -> String? { takeAll(key).last }

  mutating func takeAll(_ key: String) -> [String] {
    known.append(key)
    defer { left.removeAll { $0.key == key } }
    return left.filter { $0.key == key }.map(\.value)
  }

  /// Options that begin alike, such as `user.NAME`.
  mutating func takeAll(beginning start: String) -> [(name: String, value: String)] {
    known.append("\(start)NAME")
    defer { left.removeAll { $0.key.hasPrefix(start) } }
    return left.filter { $0.key.hasPrefix(start) }.map { (String($0.key.dropFirst(start.count)), $0.value) }
  }

  /// What is left are words of TLS.
  mutating func takeTLS(_ side: Side, over defaults: TLSRequest? = nil) throws(UsageProblem) -> TLSRequest {
    var request = defaults ?? TLSRequest(side: side)
    for (key, value) in left {
      guard TLSRequest.keys.contains(key) else {
        throw .unknown("option of \(kind.rawValue)", key, among: known + TLSRequest.keys)
      }
      try request.set(key, value)
    }
    left = []
    return request
  }

  /// Where something is missing, a misspelt option may be why. `later` names those that are read after it.
  func refuseUnknown(but later: [String]) throws(UsageProblem) {
    let all = known + later + TLSRequest.keys
    for (key, _) in left where !all.contains(key) {
      throw .unknown("option of \(kind.rawValue)", key, among: all)
    }
  }

  /// Nothing may be left.
  func finish() throws(UsageProblem) {
    guard let first = left.first else { return }
    if TLSRequest.keys.contains(first.key) {
      throw UsageProblem(
        "\(first.key) is an option of TLS, and \(kind.rawValue) speaks in clear. With TLS it is tls: or "
          + "connect_tls:.")
    }
    guard !known.isEmpty else {
      throw UsageProblem("\(kind.rawValue) has no options, not even \(Notation.escaped(first.key)).")
    }
    throw .unknown("option of \(kind.rawValue)", first.key, among: known)
  }

  // MARK: Values

  /// A host and a port that can be connected to.
  func target(defaultPort: Int? = nil, of text: String? = nil) throws(UsageProblem) -> Endpoint {
    let text = text ?? address
    guard !text.contains("@") else {
      throw UsageProblem("proxy= takes HOST:PORT. A user belongs to the options user= and password=.")
    }
    let spec = try AddressSpec.parse(text)
    guard let host = spec.host, host != "*", let port = spec.port ?? defaultPort, port > 0 else {
      throw UsageProblem(
        "\(kind.rawValue) as OUT needs a host and a port, such as \(kind.rawValue):localhost:7777. "
          + "\"\(Notation.escaped(text))\" lacks one.")
    }
    return Endpoint(host, port)
  }

  /// A time in seconds: `10`, `0.5`.
  static func milliseconds(_ key: String, _ value: String) throws(UsageProblem) -> Int {
    guard let seconds = Double(value), seconds > 0, seconds <= 86_400 else {
      throw UsageProblem("\(key) wants seconds, such as 10 or 0.5, not \"\(Notation.escaped(value))\".")
    }
    return max(1, Int((seconds * 1000).rounded()))
  }

  mutating func credentials() throws(UsageProblem) -> Credentials? {
    let (user, password) = (take("user"), take("password"))
    if user == nil && password == nil { return nil }
    guard let user, !user.isEmpty else { throw UsageProblem("password= needs user= beside it.") }
    return Credentials(user: user, password: password ?? "")
  }

  mutating func mail() throws(UsageProblem) -> MailProtocol {
    let word = popWord()
    guard let mail = MailProtocol(rawValue: word) else {
      throw .unknown("protocol of starttls", word, among: MailProtocol.allCases.map(\.rawValue))
    }
    return mail
  }
}
