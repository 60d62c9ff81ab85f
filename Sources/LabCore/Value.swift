package import LabFacts

/// What a path names, at one moment.
package enum Value: Equatable, Sendable, CustomStringConvertible {
  case text(String)
  case number(Int)
  case bool(Bool)
  case list([Value])
  case range(PortRange)

  package var description: String {
    switch self {
    case .text(let text): text
    case .number(let number): String(number)
    case .bool(let flag): flag ? "yes" : "no"
    case .list(let values): values.map(\.description).joined(separator: ", ")
    case .range(let range): range.description
    }
  }
}

extension Value {
  init?(_ text: String?) {
    guard let text else { return nil }
    self = .text(text)
  }

  init?(_ number: Int?) {
    guard let number else { return nil }
    self = .number(number)
  }

  init(_ values: [String]) { self = .list(values.map(Value.text)) }
}
