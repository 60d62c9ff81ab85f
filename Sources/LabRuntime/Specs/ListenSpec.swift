import LabFacts

/// One word with its value, and where it came from.
package struct Setting: Equatable, Sendable {
  package enum Origin: Equatable, Sendable, CustomStringConvertible {
    case builtIn
    case flag
    /// `serve.yaml:3:7`.
    case file(String)
    case spec

    package var description: String {
      switch self {
      case .builtIn: "default"
      case .flag: "flag"
      case .file(let place): place
      case .spec: "spec"
      }
    }
  }

  package let word: String
  package let value: String
  package let origin: Origin

  package init(_ word: String, _ value: String, _ origin: Origin) {
    self.word = word
    self.value = value
    self.origin = origin
  }

  /// The value as it may be shown.
  package var shown: String {
    ["password", "passphrase"].contains(word) ? "(hidden)" : Notation.escaped(value)
  }
}

/// What a listener speaks beneath its application.
package enum ListenProtocol: String, Sendable, CaseIterable {
  case tcp
  case tls
  case udp

  /// Reads a word, and knows what is often written instead.
  static func named(_ word: String, in text: String) throws(UsageProblem) -> ListenProtocol {
    if let known = ListenProtocol(rawValue: word) { return known }
    let said = Notation.escaped(word)
    switch word {
    case "ssl": throw UsageProblem("There is no protocol \"\(said)\". Did you mean tls?")
    case "https": throw UsageProblem("\(said) is TLS with HTTP above: write …/tls,kind=http.")
    case "http", "imap", "smtp", "pop3", "echo", "greet", "discard":
      throw UsageProblem("\(said) is what a server does, not what carries it: write …/tcp,kind=\(said).")
    case "imaps", "smtps", "pop3s":
      throw UsageProblem("\(said) is TLS with a mail protocol above: write …/tls,kind=\(said.dropLast()).")
    case let other: throw .unknown("protocol", other, among: allCases.map(\.rawValue))
    }
  }
}

/// Where a server listens, as people write it: `8443/tls`, `[::1]:9443/tls,kind=http`, `*:7777`,
/// `unix:/run/lab.sock,proto=tls`, `9999/udp`.
package struct ListenSpec: Equatable, Sendable {
  /// As it was written.
  package let text: String
  package let address: AddressSpec
  /// Absent where the text names none.
  package let proto: ListenProtocol?
  /// The options of the text, in order.
  package let settings: [Setting]

  /// Reads one text. The reason for a refusal names what is wrong in it.
  package static func parse(_ text: String) throws(UsageProblem) -> ListenSpec {
    let list = try OptionList(text)
    var head = list.head
    var proto: ListenProtocol?
    if !head.hasPrefix("unix:"), let slash = head.lastIndex(of: "/") {
      proto = try .named(String(head[head.index(after: slash)...]), in: text)
      head = String(head[..<slash])
    }
    let address = try AddressSpec.parse(head)
    guard address.port != nil || address.path != nil else {
      throw UsageProblem(
        "\"\(Notation.escaped(head))\" names no port. Write \(Notation.escaped(head)):8443, or :0 to let the kernel choose."
      )
    }
    var settings: [Setting] = []
    for (word, value) in list.pairs {
      guard ListenWords.all.contains(word) else {
        throw .unknown("option of a listener", word, among: ListenWords.all)
      }
      settings.append(Setting(word, value, .spec))
    }
    if let word = settings.last(where: { $0.word == "proto" }) {
      let named = try ListenProtocol.named(word.value, in: text)
      guard proto == nil || proto == named else {
        throw UsageProblem("\(Notation.escaped(text)) names two protocols. Keep one.")
      }
      proto = named
    }
    return ListenSpec(
      text: text, address: address, proto: proto, settings: settings.filter { $0.word != "proto" })
  }
}
