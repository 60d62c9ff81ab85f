/// What a program wrote to a terminal, taken apart. Knows the grammar only: texts, controls and sequences.
package struct TerminalParser: Hashable, Sendable {
  package enum Token: Hashable, Sendable {
    case character(Unicode.Scalar)
    case control(UInt8)
    /// `ESC`, intermediates, final: `ESC ( 0` is `("(", "0")`.
    case escape(String, Character)
    /// `ESC [ private parameters final`.
    case sequence(mark: String, parameters: [Int], final: Character)
    /// A title, a clipboard: `ESC ] … BEL`.
    case string(String)
    case invalid(UInt8)
  }

  private enum State: Hashable, Sendable {
    case ground
    case escape(String)
    case sequence(String)
    case string([UInt8], escaped: Bool)
  }

  private var state = State.ground
  private var utf8: [UInt8] = []

  package init() {}

  package mutating func tokens(_ bytes: some Sequence<UInt8>) -> [Token] {
    var tokens: [Token] = []
    for byte in bytes {
      if let token = token(byte) { tokens.append(token) }
    }
    return tokens
  }

  private mutating func token(_ byte: UInt8) -> Token? {
    switch state {
    case .ground: return ground(byte)
    case .escape(let intermediates): return escape(byte, intermediates)
    case .sequence(let body): return sequence(byte, body)
    case .string(let body, let escaped): return string(byte, body, escaped)
    }
  }

  private mutating func ground(_ byte: UInt8) -> Token? {
    if byte == 0x1b {
      state = .escape("")
      return nil
    }
    if byte < 0x20 || byte == 0x7f { return .control(byte) }
    if byte < 0x80 { return .character(Unicode.Scalar(byte)) }
    return multibyte(byte)
  }

  private mutating func multibyte(_ byte: UInt8) -> Token? {
    utf8.append(byte)
    var decoder = UTF8()
    var iterator = utf8.makeIterator()
    let needed = byteCount(utf8[0])
    guard needed > 0, utf8.count <= needed, utf8.count == 1 || byte & 0xc0 == 0x80 else {
      utf8 = []
      return .invalid(byte)
    }
    guard utf8.count == needed else { return nil }
    utf8 = []
    if case .scalarValue(let scalar) = decoder.decode(&iterator) { return .character(scalar) }
    return .invalid(byte)
  }

  private func byteCount(_ first: UInt8) -> Int {
    switch first {
    case 0xc2...0xdf: 2
    case 0xe0...0xef: 3
    case 0xf0...0xf4: 4
    default: 0
    }
  }

  private mutating func escape(_ byte: UInt8, _ intermediates: String) -> Token? {
    switch byte {
    case UInt8(ascii: "["): state = .sequence("")
    case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "_"), UInt8(ascii: "^"):
      state = .string([], escaped: false)
    case 0x20...0x2f: state = .escape(intermediates + String(Unicode.Scalar(byte)))
    default:
      state = .ground
      return .escape(intermediates, Character(Unicode.Scalar(byte)))
    }
    return nil
  }

  private mutating func sequence(_ byte: UInt8, _ body: String) -> Token? {
    guard byte >= 0x40 else {
      state = .sequence(body + String(Unicode.Scalar(byte)))
      return nil
    }
    state = .ground
    let mark = body.filter { !$0.isNumber && $0 != ";" && $0 != ":" }
    let numbers = body.filter { !mark.contains($0) }
    let parameters =
      numbers.isEmpty
      ? []
      : numbers.split(separator: ";", omittingEmptySubsequences: false)
        .map { Int($0) ?? 0 }
    return .sequence(mark: mark, parameters: parameters, final: Character(Unicode.Scalar(byte)))
  }

  private mutating func string(_ byte: UInt8, _ body: [UInt8], _ escaped: Bool) -> Token? {
    if byte == 0x07 || escaped && byte == UInt8(ascii: "\\") {
      state = .ground
      return .string(String(decoding: body, as: UTF8.self))
    }
    state = byte == 0x1b ? .string(body, escaped: true) : .string(body + [byte], escaped: false)
    return nil
  }
}
