import LabCatalog
import LabCore
import LabFacts

/// What the screen shows in its panes, for those who hear it: the ladder, the wire and the errors of whoever is named.
extension PlainText {
  /// What the lesson points at now, before a question about it. Nothing for a run that is over.
  static func pointedAt(_ snapshot: LabSnapshot) -> [String] {
    let lab = snapshot.lab
    guard lab.kernel != nil else { return [] }
    let subjects = snapshot.run?.highlight?.of ?? []
    let ends = subjects.compactMap { lab.ends(of: $0).last }
    switch snapshot.run?.highlight?.pane {
    case .errors where lab.failures.total > 0: return failures(lab)
    case .ladder where !ends.isEmpty: return ends.flatMap { ladder(of: $0, lab) }
    case .wire where !ends.isEmpty: return ends.flatMap(wire)
    case .errors, .ladder, .wire, .connections, .explain, nil: return kernel(lab)
    }
  }

  /// One line for each failure, as in the errors pane.
  static func failures(_ lab: LabState) -> [String] {
    guard lab.failures.total > 0 else { return ["No errors so far."] }
    return lab.failures.elements.map { "Error: \(FailureWords.sentence($0, lab))." }
  }

  /// The ladders of a program's connections, or of one of them; of the newest where nobody is named.
  static func ladder(of name: String, _ snapshot: LabSnapshot) -> [String] {
    guard !name.isEmpty else { return ladder(snapshot) }
    return named(name, snapshot.lab) { ladder(of: $0, snapshot.lab) }
  }

  /// What crossed the wire at a program's ends; at the newest where nobody is named.
  static func wire(of name: String, _ lab: LabState) -> [String] {
    guard !name.isEmpty else {
      return lab.endOrder.last.flatMap { lab.ends[$0] }.map(wire) ?? ["No connection yet."]
    }
    return named(name, lab, wire)
  }

  private static func named(_ name: String, _ lab: LabState, _ tell: (EndState) -> [String]) -> [String] {
    let wanted = lab.endOrder.compactMap { lab.ends[$0] }.filter {
      [$0.id.actor.rawValue, $0.label, Subject.path($0.id)].contains(name)
    }
    return wanted.isEmpty ? ["Nobody of that name has had a connection."] : wanted.flatMap(tell)
  }

  private static func ladder(of end: EndState, _ lab: LabState) -> [String] {
    guard let connection = lab.connection(of: end.id) else { return [] }
    let pair = PaneConnection(connection, lab)
    return ["Ladder of \(pair.short(.client)) and \(pair.short(.server)):"]
      + Ladder(of: connection, in: lab).rungs.map(sentence)
  }

  /// `sent ClientHello, 313 bytes: 16 03 01 01 34 01 00 01`.
  private static func wire(_ end: EndState) -> [String] {
    ["Wire of \(PlainEvents.name(end)):"]
      + end.wire.elements.map { entry in
        let bytes = entry.segment.bytes
        let first = Notation.hex(bytes.kept.prefix(8))
        return "  \(entry.direction.rawValue) \(entry.segment.words), \(bytes.total) bytes: \(first)"
      }
  }
}
