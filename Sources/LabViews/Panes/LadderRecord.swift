import LabCore
import LabFacts

/// Finds the record on the wire that carried a rung of the ladder.
enum LadderRecord {
  /// The place among the wire pane's records; nil where the rung put nothing on the wire.
  static func index(of row: Int, _ context: PaneContext) -> Int? {
    let rungs = LadderPane.rows(context).map(\.rung)
    guard rungs.indices.contains(row) else { return nil }
    let rung = rungs[row]
    if case .unopened = rung.kind { return WirePane.entries(context).firstIndex { $0.number == rung.number } }
    guard let viewer = PaneConnection(context)?.viewer, let name = name(rung) else { return nil }
    let before = rungs[..<row].count { $0.side == rung.side && self.name($0) == name }
    let direction: Direction = rung.side == viewer.side ? .sent : .received
    let carriers = WirePane.entries(context).enumerated().flatMap { place, entry in
      entry.direction == direction
        ? Array(repeating: place, count: names(entry.segment).count { $0 == name }) : []
    }
    // Data may be cut differently on the wire than it was written: then the last of its kind is nearest.
    return carriers.indices.contains(before) ? carriers[before] : carriers.last
  }

  private static func name(_ rung: Ladder.Rung) -> String? {
    switch rung.kind {
    case .message(let message): message.name
    case .alert: "alert"
    case .data, .http: "data"
    case .unopened, .inferred, .connected, .secured, .failed, .closed: nil
    }
  }

  private static func names(_ segment: WireSegment) -> [String] {
    switch segment.kind {
    case .clear: ["data"]
    case .record(_, let names, _):
      names.map { $0 == "application data" ? "data" : $0.hasPrefix("alert ") ? "alert" : $0 }
    }
  }
}
