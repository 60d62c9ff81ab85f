package import LabFacts

/// What goes wrong on purpose with what an end sends, in words.
package enum FaultWords {
  /// `sends as it should`, or all of its faults.
  package static func all(_ faults: [WireFault]) -> String {
    faults.isEmpty ? "sends as it should" : faults.map(present).joined(separator: ", and ")
  }

  /// `turns over a bit of byte 5`.
  package static func present(_ fault: WireFault) -> String {
    let when = fault.afterHandshake ? " after its handshake" : ""
    return switch fault.action {
    case .slow(let milliseconds): "sends its first bytes\(when) one by one, \(milliseconds) ms apart"
    case .truncate(let count): "ends its direction after \(count) bytes\(when)"
    case .stall(let count): "sends nothing after \(count) bytes\(when)"
    case .flipBit(let offset): "turns over a bit of byte \(offset)\(when)"
    case .reset(let count): "resets the connection after \(count) bytes\(when)"
    case .stallBefore(let message): "sends nothing from \(message) on"
    }
  }

  /// `turned over a bit of byte 5`.
  package static func past(_ fault: WireFault) -> String {
    switch fault.action {
    case .slow(let milliseconds): "begins to send byte by byte, \(milliseconds) ms apart"
    case .truncate(let count): "ended its direction after \(count) bytes and threw the rest away"
    case .stall(let count): "stopped sending after \(count) bytes, without a word"
    case .flipBit(let offset): "turned over a bit of byte \(offset)"
    case .reset(let count): "reset the connection after \(count) bytes"
    case .stallBefore(let message): "kept \(message) back, and everything after it"
    }
  }
}
