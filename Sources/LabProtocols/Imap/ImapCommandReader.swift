/// One command of an IMAP client, with its arguments as they are meant: without quotes, literals in place.
struct ImapCommand: Equatable, Sendable {
  let tag: String
  /// In capitals.
  let name: String
  let arguments: [[UInt8]]
  /// The command for people: literals are shown by their length only.
  let shown: String
}

/// Reads an IMAP client's commands: lines, with literals in them (RFC 3501 section 4.3, RFC 7888).
struct ImapCommandReader: Equatable, Sendable {
  enum Input: Equatable {
    case command(ImapCommand)
    /// The client waits for a `+` before it sends a literal.
    case wantsContinuation
    /// There is no command in it; the tag, where there was one.
    case malformed(tag: String?)
  }

  private enum Part: Equatable {
    case text([UInt8])
    case literal([UInt8])
  }

  private var parts: [Part] = []
  private var awaited: Int?
  /// Bytes of a literal beyond the limit that the client sends without asking.
  private var skipped = 0

  /// The next input, where it is there to its end.
  mutating func next(_ reader: inout LineReader) -> Input? {
    guard skip(&reader) else { return nil }
    if let count = awaited {
      guard let bytes = reader.take(count) else { return nil }
      parts.append(.literal(bytes))
      awaited = nil
    }
    guard let piece = reader.next() else { return nil }
    guard case .line(let line) = piece else { return abandon() }
    guard let literal = Literal(endOf: line) else { return whole(line) }
    guard kept + literal.count <= literalLimit, parts.count < partLimit else {
      // A client that waits for the `+` sends nothing after a refusal.
      if !literal.waits { skipped = literal.count }
      parts.append(.text(line))
      return abandon()
    }
    parts.append(.text(line.dropLast(literal.length)))
    awaited = literal.count
    return literal.waits ? .wantsContinuation : next(&reader)
  }

  private mutating func skip(_ reader: inout LineReader) -> Bool {
    while skipped > 0 {
      let count = min(skipped, reader.count)
      guard count > 0, reader.take(count) != nil else { return false }
      skipped -= count
    }
    return true
  }

  private mutating func whole(_ line: [UInt8]) -> Input {
    parts.append(.text(line))
    defer { parts = [] }
    guard let tag = tag else { return .malformed(tag: nil) }
    guard let words = words(), let name = words.dropFirst().first.flatMap(SASLPlain.text) else {
      // A lone word may be the answer to a question that was never asked: it is not said again.
      return .malformed(tag: line.contains(space) ? tag : nil)
    }
    return .command(
      ImapCommand(tag: tag, name: name.uppercased(), arguments: Array(words.dropFirst(2)), shown: shown))
  }

  private mutating func abandon() -> Input {
    defer { parts = [] }
    return .malformed(tag: tag)
  }

  /// 1*<any ASTRING-CHAR except "+"> (RFC 3501 section 9).
  private var tag: String? {
    guard case .text(let line) = parts.first else { return nil }
    let tag = line.prefix { $0 != space }
    let isTag = !tag.isEmpty && tag.allSatisfy { (0x21...0x7e).contains($0) && !noTag.contains($0) }
    return isTag ? String(decoding: tag, as: UTF8.self) : nil
  }

  private var kept: Int {
    parts.reduce(0) { sum, part in
      switch part {
      case .text(let bytes), .literal(let bytes): sum + bytes.count
      }
    }
  }

  private var shown: String {
    let bytes = parts.flatMap { part in
      switch part {
      case .text(let bytes): bytes
      case .literal(let bytes): Array("{\(bytes.count)}".utf8)
      }
    }
    return MailText.shown(bytes)
  }

  /// The words of all parts. Nil where a quoted string has no end.
  private func words() -> [[UInt8]]? {
    var words: [[UInt8]] = []
    for part in parts {
      switch part {
      case .literal(let bytes): words.append(bytes)
      case .text(let bytes):
        guard let more = ImapCommandReader.words(bytes) else { return nil }
        words += more
      }
    }
    return words
  }

  private static func words(_ text: [UInt8]) -> [[UInt8]]? {
    var words: [[UInt8]] = []
    var rest = text[...]
    while let first = rest.first {
      if first == space {
        rest = rest.dropFirst()
      } else if first == quote {
        guard let word = quoted(&rest) else { return nil }
        words.append(word)
      } else {
        let word = rest.prefix { $0 != space }
        words.append(Array(word))
        rest = rest.dropFirst(word.count)
      }
    }
    return words
  }

  /// Between the quotes, a backslash keeps the meaning of the byte behind it.
  private static func quoted(_ rest: inout ArraySlice<UInt8>) -> [UInt8]? {
    var word: [UInt8] = []
    rest = rest.dropFirst()
    while let byte = rest.popFirst() {
      if byte == quote { return word }
      guard byte == backslash else {
        word.append(byte)
        continue
      }
      guard let kept = rest.popFirst() else { return nil }
      word.append(kept)
    }
    return nil
  }
}

/// `{12}` or `{12+}` at the end of a line.
private struct Literal {
  let count: Int
  /// The client waits for a `+` of the server.
  let waits: Bool
  /// Of the text that announces it.
  let length: Int

  init?(endOf line: [UInt8]) {
    guard line.last == UInt8(ascii: "}"), let brace = line.lastIndex(of: UInt8(ascii: "{")) else {
      return nil
    }
    var digits = line[(brace + 1)...].dropLast()
    waits = digits.last != UInt8(ascii: "+")
    if !waits { digits = digits.dropLast() }
    guard (1...9).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }),
      let count = Int(String(decoding: digits, as: UTF8.self))
    else { return nil }
    self.count = count
    length = line.count - brace
  }
}

private let literalLimit = 8192
private let partLimit = 64
private let space = UInt8(ascii: " ")
private let quote = UInt8(ascii: "\"")
private let backslash = UInt8(ascii: "\\")
private let noTag = Set("(){%*\"\\+".utf8)
