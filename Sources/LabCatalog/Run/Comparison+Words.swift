import LabFacts

extension Comparison {
  /// `is "LISTEN"`, `at least 3`.
  var words: String {
    switch self {
    case .holds: "holds"
    case .equal(let literal): "is \(literal.quoted)"
    case .notEqual(let literal): "is not \(literal.quoted)"
    case .atLeast(let literal): "at least \(literal)"
    case .atMost(let literal): "at most \(literal)"
    case .contains(let literal): "contains \(literal.quoted)"
    case .startsWith(let literal): "starts with \(literal.quoted)"
    case .oneOf(let literals): "one of \(literals.map(\.quoted).joined(separator: ", "))"
    case .inRange(let range): "in \(range)"
    case .allEqual(let literal): "all \(literal.quoted)"
    case .allDistinct: "all distinct"
    case .exists(let wanted): wanted ? "known" : "not known"
    }
  }
}

extension Literal {
  fileprivate var quoted: String {
    switch self {
    case .text(let text): Int(text) == nil && !text.hasPrefix("{{") ? "\"\(text)\"" : text
    case .number, .bool: description
    }
  }
}
