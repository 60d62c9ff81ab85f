/// Values as a lesson file has them, on one line.
enum YamlText {
  /// Bare where YAML takes it for that text, quoted elsewhere.
  static func word(_ text: String) -> String {
    let isBare =
      text.first?.isLetter == true && PlainScalar(text) == .text
      && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "_-.".contains($0)) }
    return isBare ? text : quoted(text)
  }

  /// `[a, b]` for `a, b`.
  static func words(_ text: String) -> String { "[" + text.listed.map(word).joined(separator: ", ") + "]" }

  static func quoted(_ text: String) -> String {
    let body = text.unicodeScalars.map { scalar -> String in
      switch scalar {
      case "\"": "\\\""
      case "\\": "\\\\"
      case "\n": "\\n"
      case "\r": "\\r"
      case "\t": "\\t"
      case _ where scalar.value < 0x20 || scalar.value == 0x7f: hex(Int(scalar.value))
      default: String(scalar)  // Everything else may stand in quotes as it is.
      }
    }
    return "\"" + body.joined() + "\""
  }

  private static func hex(_ value: Int) -> String {
    let digits = String(value, radix: 16)
    return "\\x" + (digits.count < 2 ? "0" : "") + digits
  }

  /// `srv`, or `127.0.0.1 srv` for that server's port under another address.
  static func target(_ text: String) -> String {
    let words = text.split(separator: " ").map(String.init)
    return words.count == 2 ? "{ host: \(quoted(words[0])), port_of: \(words[1]) }" : text
  }

  /// `user password`.
  static func login(_ text: String) -> String {
    let words = text.split(separator: " ").map { quoted(String($0)) }
    return words.count == 2 ? "{ user: \(words[0]), password: \(words[1]) }" : quoted(text)
  }

  /// `prx socks5`, with a login after it.
  static func via(_ text: String) -> String {
    let words = text.split(separator: " ").map(String.init)
    guard words.count >= 2 else { return quoted(text) }
    let rest = words.count == 4 ? ", login: " + login(words.suffix(2).joined(separator: " ")) : ""
    return "{ proxy: \(words[0]), speak: \(words[1])\(rest) }"
  }

  /// `a.test=server, b.test=other`.
  static func names(_ text: String) -> String {
    let pairs = text.listed.map { $0.split(separator: "=", maxSplits: 1).map { word(String($0)) } }
    return "{ " + pairs.map { $0.joined(separator: ": ") }.joined(separator: ", ") + " }"
  }

  /// What a reader of lesson files makes of a text of that form; nothing where it has a complaint.
  static func parse<Value>(_ text: String, _ read: (NodeReader) -> Value?) -> Value? {
    let log = ProblemLog(file: "")
    guard let value = YamlFile.root(text, log).flatMap(read), log.problems.isEmpty else { return nil }
    return value
  }
}
