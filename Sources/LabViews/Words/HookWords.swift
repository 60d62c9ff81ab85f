import LabFacts

/// What a relay does to bytes, in words.
enum HookWords {
  /// `passes bytes on as they are`, or all of its hooks.
  static func all(_ hooks: [ByteHook]) -> String {
    guard !hooks.isEmpty else { return "passes bytes on as they are" }
    return hooks.map { "\(present($0))\(way($0.way))" }.joined(separator: ", then ")
  }

  static func past(_ hook: ByteHook) -> String {
    switch hook.action {
    case .view: "looked at the bytes"
    case .upperCase: "made them upper case"
    case .rot13: "turned the letters by 13"
    case .delay(let milliseconds): "kept them for \(milliseconds) ms"
    case .drop: "threw them away"
    case .flipBit(let offset): "turned over a bit at \(offset)"
    case .cut(let count): "cut the connection after \(count) bytes"
    case .replace(let from, let to):
      "put \"\(Notation.escaped(to))\" in place of \"\(Notation.escaped(from))\""
    }
  }

  private static func present(_ hook: ByteHook) -> String {
    switch hook.action {
    case .view: "shows what passes"
    case .upperCase: "makes it upper case"
    case .rot13: "turns its letters by 13"
    case .delay(let milliseconds): "keeps it for \(milliseconds) ms"
    case .drop(let every): every == 1 ? "throws it away" : "throws each chunk number \(every) away"
    case .flipBit(let offset): "turns over a bit of byte \(offset)"
    case .cut(let count): "cuts after \(count) bytes"
    case .replace(let from, let to):
      "puts \"\(Notation.escaped(to))\" in place of \"\(Notation.escaped(from))\""
    }
  }

  private static func way(_ way: ByteHook.Way) -> String {
    switch way {
    case .up: " towards the backend"
    case .down: " towards the client"
    case .both: ""
    }
  }
}
