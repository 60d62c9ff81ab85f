package import LabFacts

/// What a relay does to bytes, by the words of the command line: `rot13`, `up:delay:50`, `down:cut:1000`.
enum ConnectorHooks {
  private static let plain = ["view", "upper", "rot13"]
  private static let counted = ["delay", "drop", "flip", "cut"]

  static func parse(_ text: String) throws(UsageProblem) -> ByteHook {
    var parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    var way = ByteHook.Way.both
    if let named = ByteHook.Way(rawValue: parts[0]), parts.count > 1 {
      way = named
      parts.removeFirst()
    }
    return ByteHook(try action(parts[0], parts.dropFirst().first, extra: parts.count > 2), way: way)
  }

  private static func action(
    _ word: String, _ value: String?, extra: Bool
  ) throws(UsageProblem) -> ByteHook.Action {
    guard plain.contains(word) || counted.contains(word) else {
      throw .unknown("hook", word, among: plain + counted)
    }
    guard !extra, plain.contains(word) == (value == nil) else {
      throw UsageProblem(
        "hook=\(word) is written \(plain.contains(word) ? word : "\(word):NUMBER"), with up: or down: before it for one way."
      )
    }
    let value = value ?? ""
    switch word {
    case "view": return .view
    case "upper": return .upperCase
    case "rot13": return .rot13
    case "delay": return .delay(milliseconds: try number("delay", value, 1...3_600_000))
    case "drop": return .drop(every: try number("drop", value, 1...1_000_000))
    case "flip": return .flipBit(at: try number("flip", value, 0...Int(Int32.max)))
    default: return .cut(after: try number("cut", value, 0...Int(Int32.max)))  // the last of `counted`
    }
  }
}

extension ByteHook {
  /// Hooks by their words: `up:rot13`, `delay:50`. `none` is no hook at all.
  package static func parse(_ words: [String]) throws(UsageProblem) -> [ByteHook] {
    var hooks: [ByteHook] = []
    for word in words where word != "none" { hooks.append(try ConnectorHooks.parse(word)) }
    return hooks
  }
}
