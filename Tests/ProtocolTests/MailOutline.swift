import LabFacts
import LabProtocols

/// What a dialogue did, as text: what it said as it stands, everything else in brackets.
func outline(_ actions: [DialogueAction]) -> String {
  actions.map { action in
    switch action {
    case .say(let bytes): text(bytes)
    case .startTLS: "[TLS]"
    case .done(let rest): "[done \(text(rest))]"
    case .close(let manner): "[close \(manner.rawValue)]"
    case .fail(let failure): "[\(failure.code.rawValue)]"
    case .note: ""
    }
  }.joined()
}

/// The same of a relay's dialogue: `C:` is said to the client, `B:` to the backend.
func outline(_ actions: [RelayAction]) -> String {
  var party: RelayParty?
  return actions.map { action in
    switch action {
    case .say(let to, let bytes): return line(bytes, to, &party)
    case .pass(let from, let bytes): return line(bytes, from.other, &party)
    case .startTLS(let to): return mark("TLS", to, &party)
    case .connect(let order): return mark("connect \(order.to)", nil, &party)
    case .relay: return mark("relay", nil, &party)
    case .close(let to, let manner): return mark("close \(manner.rawValue)", to, &party)
    case .fail(let to, let failure): return mark(failure.code.rawValue, to, &party)
    case .wait, .note: return ""
    }
  }.joined()
}

private func line(_ bytes: [UInt8], _ to: RelayParty, _ party: inout RelayParty?) -> String {
  defer { party = to }
  return (party == to ? "" : to == .client ? "C:" : "B:") + text(bytes)
}

private func mark(_ word: String, _ to: RelayParty?, _ party: inout RelayParty?) -> String {
  party = nil
  return "[" + ([word] + (to.map { [$0.rawValue] } ?? [])).joined(separator: " ") + "]"
}

/// CRLF is written as a line's end; a bare LF would be written as `\n`.
private func text(_ bytes: [UInt8]) -> String {
  Notation.escaped(bytes).replacing("\\r\\n", with: "\n").replacing("\\\\", with: "\\")
}

/// Notes of a dialogue, the client's or the server's.
func notes(_ actions: [DialogueAction]) -> [String] {
  actions.compactMap { action in
    if case .note(let direction, let line) = action { (direction == .sent ? "> " : "< ") + line } else { nil }
  }
}

/// Notes of a relay.
func notes(_ actions: [RelayAction]) -> [String] {
  actions.compactMap { action in
    if case .note(let party, let direction, let line) = action {
      "\(party.rawValue) " + (direction == .sent ? "> " : "< ") + line
    } else {
      nil
    }
  }
}

/// Bytes of a text whose lines end with CRLF.
func wire(_ text: String) -> [UInt8] { Array(text.replacing("\n", with: "\r\n").utf8) }

/// What is heard, cut at one place, or everywhere.
enum Cut: Equatable, Sendable {
  case nowhere
  case at(Int)
  case everywhere

  func pieces(_ bytes: [UInt8]) -> [[UInt8]] {
    switch self {
    case .nowhere: [bytes]
    case .at(let place):
      place > 0 && place < bytes.count ? [Array(bytes[..<place]), Array(bytes[place...])] : [bytes]
    case .everywhere: bytes.map { [$0] }
    }
  }

  /// Every cut of so many bytes.
  static func all(_ count: Int) -> [Cut] { [.nowhere, .everywhere] + (1..<max(count, 2)).map { .at($0) } }
}

extension Dialogue {
  /// Takes events one after the other; bytes are cut.
  mutating func play(_ events: [DialogueEvent], cut: Cut = .nowhere) -> [DialogueAction] {
    var actions: [DialogueAction] = []
    for event in events {
      if case .heard(let bytes) = event {
        for piece in cut.pieces(bytes) { actions += take(.heard(piece)) }
      } else {
        actions += take(event)
      }
    }
    return actions
  }
}

extension RelayDialogue {
  mutating func play(_ events: [RelayEvent], cut: Cut = .nowhere) -> [RelayAction] {
    var actions: [RelayAction] = []
    for event in events {
      if case .heard(let party, let bytes) = event {
        for piece in cut.pieces(bytes) { actions += take(.heard(party, piece)) }
      } else {
        actions += take(event)
      }
    }
    return actions
  }
}
