package import LabCore
package import LabFacts

extension Subject {
  /// The path of one end: `srv.conn(2)`.
  package static func path(_ end: EndID) -> String { "\(end.actor).conn(\(end.ordinal))" }

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
