import LabFacts

/// Reads what goes wrong on purpose with what a program sends.
enum FaultReader {
  private static let verbs = ["slow", "truncate", "stall", "flip", "reset", "stall_before"]

  static func faults(_ reader: NodeReader) -> [WireFault] { (reader.list() ?? []).compactMap(fault) }

  private static func fault(_ reader: NodeReader) -> WireFault? {
    guard let map = reader.map("a fault", keys: verbs + ["after"]), let verb = map.exactlyOne(of: verbs),
      let body = map[verb]
    else { return nil }
    let after: After? = map["after"]?.word()
    return action(verb, body).map { WireFault($0, afterHandshake: after == .handshake) }
  }

  private enum After: String, CaseIterable {
    case handshake
  }

  private static func action(_ verb: String, _ body: NodeReader) -> WireFault.Action? {
    if verb == "stall_before" { return body.text().map { .stallBefore(message: $0) } }
    guard let number = body.int(0...10_000_000) else { return nil }
    switch verb {
    case "slow": return .slow(milliseconds: max(1, min(1000, number)))
    case "truncate": return .truncate(after: number)
    case "stall": return .stall(after: number)
    case "flip": return .flipBit(at: number)
    default: return .reset(after: number)  // the last of `verbs` with a number
    }
  }
}
