package import LabFacts

extension EndID {
  /// What a person reads of an end: `srv #3` for a server's, `cli1` or `cli1 (2)` for a client's.
  package func name(_ side: Side) -> String {
    if side == .server { return "\(actor) #\(ordinal)" }
    return ordinal == 1 ? actor.rawValue : "\(actor) (\(ordinal))"
  }
}

extension EndState {
  /// `srv #3`, or `cli1`.
  package var label: String { id.name(side) }
}

extension LabState {
  /// `srv #3` or `cli1`, also of an end that failed before it told which side it is.
  package func name(of end: EndID) -> String {
    end.name(servers[end.actor] != nil ? .server : ends[end]?.side ?? .client)
  }
}
