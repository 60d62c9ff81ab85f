package import LabCanvas

/// What curses makes of the bytes from the keyboard, still in its own words.
package enum KeyInput: Hashable, Sendable {
  case scalar(UInt32)
  case key(Key)
}

/// Turns what arrived together into keys. Sequences the terminal database does not know are taken apart
/// here: their letters must not act as commands.
package enum KeyDecoder {
  package static func keys(_ inputs: [KeyInput]) -> [Key] {
    var keys: [Key] = []
    var rest = inputs[...]
    while let input = rest.popFirst() {
      switch input {
      case .key(let key): keys.append(key)
      case .scalar(0x1b): keys.append(sequence(&rest) ?? .escape)
      case .scalar(let value): keys.append(key(value))
      }
    }
    return keys
  }

  /// Cuts off a mouse report that has begun and not ended: its digits must not act as keys.
  package static func splitMouse(_ inputs: [KeyInput]) -> (whole: [KeyInput], held: [KeyInput]) {
    guard let start = inputs.lastIndex(of: .scalar(0x1b)) else { return (inputs, []) }
    let tail = inputs[start...].dropFirst()
    guard tail.starts(with: [.scalar(0x5b), .scalar(0x3c)]) else { return (inputs, []) }
    let isOpen = tail.dropFirst(2).allSatisfy {
      scalar($0).map { $0 == ";" || ("0"..."9").contains($0) } ?? false
    }
    return isOpen ? (Array(inputs[..<start]), Array(inputs[start...])) : (inputs, [])
  }

  /// One character. Ctrl-H is Backspace and Ctrl-J is Enter on every terminal.
  private static func key(_ value: UInt32) -> Key {
    switch value {
    case 0x0a, 0x0d: .enter
    case 0x09: .tab
    case 0x08, 0x7f: .backspace
    case 0x01...0x1a: control(value)
    case 0x00...0x1f, 0x80...0x9f: .unknown
    default: Unicode.Scalar(value).map { .character(Character($0)) } ?? .unknown
    }
  }

  private static func control(_ value: UInt32) -> Key {
    Unicode.Scalar(value + 0x60).map { .control(Character($0)) } ?? .unknown
  }

  /// The rest of `ESC [ … final` or `ESC O letter`; nil if Esc was a key by itself. Alt with a letter is Esc,
  /// then that letter, as a slow line would deliver it.
  private static func sequence(_ rest: inout ArraySlice<KeyInput>) -> Key? {
    guard let opener = scalar(rest.first), opener == "[" || opener == "O" else { return nil }
    var body = rest.dropFirst()
    var parameters = ""
    while let next = scalar(body.first) {
      body = body.dropFirst()
      if next.value >= 0x40 && next.value < 0x7f || opener == "O" {
        rest = body
        if parameters.hasPrefix("<") { return mouse(parameters.dropFirst(), final: next) }
        return named(parameters: parameters, final: next)
      }
      guard next.value >= 0x20 && next.value < 0x40 else { return nil }
      parameters.unicodeScalars.append(next)
    }
    return nil
  }

  private static func scalar(_ input: KeyInput?) -> Unicode.Scalar? {
    if case .scalar(let value) = input { Unicode.Scalar(value) } else { nil }
  }

  private static func named(parameters: String, final: Unicode.Scalar) -> Key {
    switch final {
    case "A": .up
    case "B": .down
    case "C": .right
    case "D": .left
    case "H": .home
    case "F": .end
    case "M": .enter
    case "Z": .backTab
    case "P": .function(1)
    case "Q": .function(2)
    case "R": .function(3)
    case "S": .function(4)
    case "~": tilde[parameters.split(separator: ";").first.map(String.init) ?? ""] ?? .unknown
    default: .unknown
    }
  }

  /// `button ; column ; row`, both from 1; `m` is the release. Of the buttons only the left one counts.
  private static func mouse(_ parameters: Substring, final: Unicode.Scalar) -> Key {
    let numbers = parameters.split(separator: ";").compactMap { Int($0) }
    guard final == "M", numbers.count == 3, numbers[1] > 0, numbers[2] > 0 else { return .unknown }
    let (x, y) = (numbers[1] - 1, numbers[2] - 1)
    return switch numbers[0] {
    case 0: .click(x: x, y: y)
    case 64: .wheelUp(x: x, y: y)
    case 65: .wheelDown(x: x, y: y)
    default: .unknown
    }
  }

  private static let tilde: [String: Key] = [
    "1": .home, "3": .delete, "4": .end, "5": .pageUp, "6": .pageDown, "7": .home, "8": .end,
    "11": .function(1), "12": .function(2), "13": .function(3), "14": .function(4), "15": .function(5),
    "17": .function(6), "18": .function(7), "19": .function(8), "20": .function(9), "21": .function(10),
    "23": .function(11), "24": .function(12),
  ]
}
