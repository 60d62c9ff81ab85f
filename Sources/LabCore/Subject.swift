package import LabFacts

/// Whom a path is about: `srv`, `srv.conn(2)`, `srv.conn(last)`, `srv.conn(*)`.
package struct Subject: Equatable, Sendable {
  package enum Which: Equatable, Sendable {
    /// A server's listener, or a client's newest end.
    case itself
    case numbered(Int)
    case last
    case all
  }

  package let actor: ActorID
  package let which: Which

  /// Nothing where the text is not of that form.
  package init?(_ text: some StringProtocol) {
    guard let dot = text.firstIndex(of: ".") else {
      guard Subject.isName(text) else { return nil }
      actor = ActorID(String(text))
      which = .itself
      return
    }
    let name = text[..<dot]
    let rest = text[text.index(after: dot)...]
    guard Subject.isName(name), rest.hasPrefix("conn("), rest.hasSuffix(")") else { return nil }
    actor = ActorID(String(name))
    switch rest.dropFirst("conn(".count).dropLast() {
    case "*": which = .all
    case "last": which = .last
    case let digits:
      guard let number = Int(digits), number > 0 else { return nil }
      which = .numbered(number)
    }
  }

  /// Splits `srv.conn(2).app.received` into its subject and its property name. The property is not
  /// checked: see `Property`.
  package static func split(_ path: some StringProtocol) -> (subject: Subject, property: String)? {
    guard let dot = path.firstIndex(of: ".") else { return nil }
    let name = path[..<dot]
    var rest = path[path.index(after: dot)...]
    var subjectText = String(name)
    if rest.hasPrefix("conn("), let close = rest.firstIndex(of: ")") {
      subjectText += "." + rest[...close]
      rest = rest[rest.index(after: close)...]
      guard rest.first == "." else { return nil }
      rest = rest.dropFirst()
    }
    guard let subject = Subject(subjectText), !rest.isEmpty else { return nil }
    return (subject, String(rest))
  }

  private static func isName(_ text: some StringProtocol) -> Bool {
    !text.isEmpty && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == "-") }
  }
}
