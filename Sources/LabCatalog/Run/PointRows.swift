package import LabCore
import LabFacts

/// The rows of a pane that a question can want the cursor on, each with a name that stays while it is asked.
package enum PointRows {
  /// The rows of the kernel's table.
  package static func key(of row: KernelTable.Row) -> String {
    switch row.holder {
    case .listener(let actor): actor.rawValue
    case .end(let end, _), .former(let end, _): Subject.path(end)
    case .waiting, .earlier, .nobody: "\(row.socket.local) \(row.socket.peer)"
    }
  }

  package static func key(of rung: Ladder.Rung) -> String {
    "\(rung.side.rawValue) \(name(rung)) \(rung.number)"
  }

  package static func key(of entry: LabState.FailureEntry) -> String { "error \(entry.number)" }

  /// All rows of the pane that is asked about, in its order.
  package static func options(_ target: PointTarget, _ lab: LabState) -> [Question.Option] {
    switch target.pane {
    case .connections: KernelTable(lab).rows.map { Question.Option(key: key(of: $0), text: words($0)) }
    case .ladder:
      rungs(target, lab).filter(\.isSeen).map { Question.Option(key: key(of: $0), text: words($0)) }
    case .errors:
      lab.failures.elements.map {
        Question.Option(
          key: key(of: $0),
          text: "\($0.end.map { lab.name(of: $0) } ?? $0.actor.rawValue): \($0.failure.code.rawValue)")
      }
    case .explain, .wire: []
    }
  }

  /// The keys of the rows that are right; none where the run did not show any.
  package static func right(_ target: PointTarget, _ lab: LabState) -> [String] {
    let ends = lab.ends(of: target.target)
    switch target.pane {
    case .connections:
      let known = Set(KernelTable(lab).rows.map(key))
      let isListener = target.target.which == .itself && lab.servers[target.target.actor] != nil
      let names = isListener ? [target.target.actor.rawValue] : ends.map { Subject.path($0.id) }
      return names.filter(known.contains)
    case .ladder:
      guard let end = ends.last else { return [] }
      return rungs(target, lab).filter { matches($0, target, end.side) }.map(key)
    case .errors:
      let ids = Set(ends.map(\.id))
      return lab.failures.elements.filter { entry in
        entry.end.map(ids.contains) ?? (entry.actor == target.target.actor)
      }.map(key)
    case .explain, .wire: return []
    }
  }

  private static func rungs(_ target: PointTarget, _ lab: LabState) -> [Ladder.Rung] {
    guard let end = lab.ends(of: target.target).last, let connection = lab.connection(of: end.id) else {
      return []
    }
    return Ladder(of: connection, in: lab).rungs
  }

  private static func matches(_ rung: Ladder.Rung, _ target: PointTarget, _ side: Side) -> Bool {
    guard rung.isSeen, target.message.map({ $0 == name(rung) }) ?? true else { return false }
    return target.direction.map { ($0 == .sent) == (rung.side == side) } ?? true
  }

  private static func name(_ rung: Ladder.Rung) -> String {
    switch rung.kind {
    case .inferred(let name): name
    case .message(let message): message.name
    case .alert(let alert): "alert \(alert.number)"
    case .data: "data"
    case .unopened: "unopened"
    case .http: "http"
    case .connected, .secured: "up"
    case .failed: "failed"
    case .closed: "closed"
    }
  }

  private static func words(_ rung: Ladder.Rung) -> String {
    "\(rung.side.rawValue) to \(rung.side.other.rawValue): \(name(rung))"
  }

  private static func words(_ row: KernelTable.Row) -> String {
    let owner = row.owner ?? "no program"
    let local = "\(owner), local \(row.socket.local)"
    if row.socket.state == .listen { return "\(local), LISTEN" }
    return "\(local), peer \(row.socket.peer), \(row.socket.state.name)"
  }
}

extension Ladder.Rung {
  /// Did it cross, and was it seen to? Nobody captured the segments of TCP.
  fileprivate var isSeen: Bool {
    switch kind {
    case .message, .alert, .data, .unopened: true
    case .inferred, .connected, .secured, .http, .failed, .closed: false
    }
  }
}
