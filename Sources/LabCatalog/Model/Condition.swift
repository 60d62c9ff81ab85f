package import LabCore
package import LabFacts

/// A statement about the lab that holds or does not.
package struct Condition: Equatable, Sendable {
  package enum Kind: Equatable, Sendable {
    /// A property, of each of the subjects. No subjects: the property is a full path.
    case fact(String, of: [String], [Comparison])
    case failure(FailurePattern, of: [String])
    case noFailure(of: [String])
  }

  package var kind: Kind
  package var place: Place

  package init(_ kind: Kind, place: Place = .start) {
    self.kind = kind
    self.place = place
  }

  /// Whom it is about.
  package var subjects: [Subject] {
    switch kind {
    case .fact(let path, let names, _) where names.isEmpty: Subject.split(path).map { [$0.0] } ?? []
    case .fact(_, let names, _): names.compactMap(Subject.init)
    case .failure(_, let names), .noFailure(let names): names.compactMap(Subject.init)
    }
  }
}

/// A value in a condition, as the file has it. Text may hold `{{templates}}`.
package enum Literal: Hashable, Sendable, CustomStringConvertible {
  case text(String)
  case number(Int)
  case bool(Bool)

  package var description: String {
    switch self {
    case .text(let text): text
    case .number(let number): String(number)
    case .bool(let bool): bool ? "true" : "false"
    }
  }
}

/// How a condition compares what it finds.
package enum Comparison: Equatable, Sendable {
  /// True, or not empty.
  case holds
  case equal(Literal)
  case notEqual(Literal)
  case atLeast(Literal)
  case atMost(Literal)
  case contains(Literal)
  case startsWith(Literal)
  case oneOf([Literal])
  /// The path of a range, or `1024-65535`.
  case inRange(String)
  /// Together, over all subjects.
  case allEqual(Literal)
  case allDistinct
  case exists(Bool)
}

/// What a failure must look like. Absent fields match anything.
package struct FailurePattern: Equatable, Sendable {
  package var codes: [FailureCode]
  /// Words of `Phase.isCovered(by:)`.
  package var phases: [String]
  package var decidedBy: Failure.Decider?
  package var errno: Int?
  package var reason: Int?
  package var verify: Int?
  package var alert: Int?

  package init(
    codes: [FailureCode], phases: [String] = [], decidedBy: Failure.Decider? = nil, errno: Int? = nil,
    reason: Int? = nil, verify: Int? = nil, alert: Int? = nil
  ) {
    self.codes = codes
    self.phases = phases
    self.decidedBy = decidedBy
    self.errno = errno
    self.reason = reason
    self.verify = verify
    self.alert = alert
  }
}

/// One line of an order that a run must show. Lines about the same end come one after the other.
package struct OrderEntry: Equatable, Sendable {
  package enum Mark: Equatable, Sendable {
    case message(String)
    case alert(Int)
    case event(Event)
  }

  package enum Event: String, Sendable, CaseIterable {
    case opened
    case established
    case failed
    case closed
    case data
    case http
  }

  package var of: Subject
  package var mark: Mark
  package var direction: Direction?
  package var place: Place

  package init(of: Subject, mark: Mark, direction: Direction? = nil, place: Place = .start) {
    self.of = of
    self.mark = mark
    self.direction = direction
    self.place = place
  }
}
