package import LabCore
package import LabFacts

extension Subject {
  /// The path of one end: `srv.conn(2)`.
  package static func path(_ end: EndID) -> String { "\(end.actor).conn(\(end.ordinal))" }

  /// As people are told of it: `srv connection 2`.
  package var words: String {
    switch which {
    case .itself: actor.rawValue
    case .numbered(let number): "\(actor) connection \(number)"
    case .last: "the newest connection of \(actor)"
    case .all: "each connection of \(actor)"
    }
  }

  /// The same for a text of a lesson file; what names nobody stays as it is.
  static func words(_ text: String) -> String { Subject(text)?.words ?? text }

  /// As lesson files write it.
  package var text: String {
    switch which {
    case .itself: actor.rawValue
    case .numbered(let number): "\(actor).conn(\(number))"
    case .last: "\(actor).conn(last)"
    case .all: "\(actor).conn(*)"
    }
  }
}
