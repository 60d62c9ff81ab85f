import LabFacts

extension Comparison {
  /// `is LISTEN`, `is at least 3 bytes`: after the name of a property.
  func words(_ property: PropertyWords) -> String {
    switch self {
    case .holds: "is known"
    case .equal(let literal): "is \(literal.told(of: property))"
    case .notEqual(let literal): "is not \(literal.told(of: property))"
    case .atLeast(let literal): "is at least \(literal.told(of: property))"
    case .atMost(let literal): "is at most \(literal.told(of: property))"
    case .contains(let literal): "contains \(literal.told(of: property))"
    case .startsWith(let literal): "starts with \(literal.told(of: property))"
    case .oneOf(let literals): "is \(literals.map { $0.told(of: property) }.joined(separator: " or "))"
    case .inRange(let range): "is in \(range)"
    case .allEqual(let literal): "is \(literal.told(of: property)) each time"
    case .allDistinct: "is another one each time"
    case .exists(let wanted): wanted ? "is known" : "is not known"
    }
  }

  /// Does it say the whole value?
  var tellsValue: Bool {
    switch self {
    case .equal, .allEqual: true
    case .holds, .notEqual, .atLeast, .atMost, .contains, .startsWith, .oneOf, .inRange, .allDistinct,
      .exists:
      false
    }
  }
}

extension Literal {
  fileprivate func told(of property: PropertyWords) -> String {
    let isNumber = Int(description) != nil
    if isNumber, !property.isQuoted { return property.counted(description) }
    return property.told(oneLine)
  }

  /// A line break of the file would tear the sentence apart. Backslashes are the notation's already: what is compared
  /// is text as the lab writes it.
  private var oneLine: String {
    description.split(separator: "\\", omittingEmptySubsequences: false).map { Notation.escaped(String($0)) }
      .joined(separator: "\\")
  }
}
