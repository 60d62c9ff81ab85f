package import LabFacts

/// Whom a condition or an action is about: a program, or one or all of its ends.
package enum Subject: Hashable, Sendable, CustomStringConvertible {
  case actor(ActorID)
  case end(ActorID, Int)
  case lastEnd(ActorID)
  case everyEnd(ActorID)
  /// The machine.
  case kernel

  /// Reads `srv`, `srv.conn(2)`, `srv.conn(last)`, `srv.conn(*)` or `kernel`; nothing else is a subject.
  package init?(_ text: String) {
    if text == "kernel" {
      self = .kernel
      return
    }
    guard let open = text.firstRange(of: ".conn(") else {
      guard Subject.isName(text) else { return nil }
      self = .actor(ActorID(text))
      return
    }
    let name = String(text[..<open.lowerBound])
    guard Subject.isName(name), text.hasSuffix(")") else { return nil }
    switch text[open.upperBound...].dropLast() {
    case "last": self = .lastEnd(ActorID(name))
    case "*": self = .everyEnd(ActorID(name))
    case let digits:
      guard let number = Int(digits), number > 0 else { return nil }
      self = .end(ActorID(name), number)
    }
  }

  package init(_ end: EndID) { self = .end(end.actor, end.ordinal) }

  package var actor: ActorID? {
    switch self {
    case .actor(let id), .end(let id, _), .lastEnd(let id), .everyEnd(let id): id
    case .kernel: nil
    }
  }

  package var description: String {
    switch self {
    case .actor(let id): id.rawValue
    case .end(let id, let number): "\(id).conn(\(number))"
    case .lastEnd(let id): "\(id).conn(last)"
    case .everyEnd(let id): "\(id).conn(*)"
    case .kernel: "kernel"
    }
  }

  /// Lower-case letters, digits and `_`, starting with a letter.
  package static func isName(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, ("a"..."z").contains(first) else { return false }
    return text.unicodeScalars.allSatisfy {
      ("a"..."z").contains($0) || ("0"..."9").contains($0) || $0 == "_"
    }
  }
}
