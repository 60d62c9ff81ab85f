/// What YAML 1.1 makes of a word without quotes. Authors mean text more often than YAML does.
enum PlainScalar: Equatable {
  case text
  case bool(Bool)
  /// `on`, `off`, `yes`, `no`, `y`, `n`: truth values in disguise.
  case disguisedBool(Bool)
  case number(Int)
  /// `010` is eight.
  case octal
  /// `10:30` is 630.
  case sexagesimal
  case decimal
  case empty

  init(_ word: String) {
    switch word.lowercased() {
    case "true": self = .bool(true)
    case "false": self = .bool(false)
    case "on", "yes", "y": self = .disguisedBool(true)
    case "off", "no", "n": self = .disguisedBool(false)
    case "", "~", "null": self = .empty
    default: self = PlainScalar.number(word)
    }
  }

  private static func number(_ word: String) -> PlainScalar {
    let digits = word.drop { $0 == "-" || $0 == "+" }
    guard let first = digits.first, first.isASCII, first.isNumber, word.count - digits.count <= 1 else {
      return .text
    }
    let parts = digits.split(separator: ":", omittingEmptySubsequences: false)
    if parts.allSatisfy({ !$0.isEmpty && isDigits($0) }) {
      if parts.count > 1 {
        return parts.dropFirst().allSatisfy { (Int($0) ?? 60) < 60 } ? .sexagesimal : .text
      }
      if digits.count > 1, first == "0" { return .octal }
      return Int(word).map(PlainScalar.number) ?? .text
    }
    let halves = digits.split(separator: ".", omittingEmptySubsequences: false)
    return halves.count == 2 && halves.allSatisfy(isDigits) ? .decimal : .text
  }

  private static func isDigits(_ text: Substring) -> Bool { text.allSatisfy { $0.isASCII && $0.isNumber } }
}
