import LabCanvas
package import LabCatalog
package import LabCore
import LabFacts

/// What a person has met of the beliefs: the ledger, as a text of the screen and as lines.
package enum LedgerText {
  static func document(_ snapshot: LabSnapshot, _ glyphs: Glyphs) -> Document {
    var text = Document()
    let met = snapshot.catalog.beliefs.filter { snapshot.progress.beliefs[$0.id] != nil }
    if met.isEmpty { text.add(.paragraph("None yet. Each lesson puts one or two to the test.", .dim)) }
    for standing in order {
      let those = met.filter { snapshot.progress.beliefs[$0.id]?.standing == standing }
      guard !those.isEmpty else { continue }
      text.section("\(title(standing)) (\(those.count))")
      for belief in those {
        let record = snapshot.progress.beliefs[belief.id] ?? Progress.Belief()
        text.add(
          .item(
            mark: standing == .seenThrough ? glyphs.ok : glyphs.bad,
            "\(belief.id) \u{201c}\(belief.belief)\u{201d}",
            standing == .seenThrough ? .good : .failure))
        text.add(.item(mark: "   ", "True is: \(belief.truth)", .text))
        text.add(.item(mark: "   ", counts(record) + lessons(belief, snapshot.catalog), .dim))
      }
    }
    let unmet = snapshot.catalog.beliefs.count - met.count
    if unmet > 0 {
      text.add(.gap)
      text.add(.paragraph("Not met yet: \(unmet) of \(snapshot.catalog.beliefs.count).", .dim))
    }
    return text
  }

  /// The same as lines of the plain mode.
  package static func lines(_ catalog: Catalog, _ progress: Progress) -> [String] {
    let snapshot = LabSnapshot(catalog: catalog, progress: progress)
    return document(snapshot, .ascii).lines(width: 96, .ascii).map(\.plainText)
  }

  private static let order: [Progress.Belief.Standing] = [.cameBack, .believed, .seenThrough]

  private static func title(_ standing: Progress.Belief.Standing) -> String {
    switch standing {
    case .believed: "Believed, so far"
    case .seenThrough: "Seen through"
    case .cameBack: "Seen through once, and back again"
    }
  }

  private static func counts(_ record: Progress.Belief) -> String {
    var parts = ["missed \(record.missed)\(on(record.lastMissed))"]
    parts.append("seen through \(record.beaten)\(on(record.lastBeaten))")
    if record.cameBack > 0 { parts.append("came back \(record.cameBack)") }
    return parts.joined(separator: ", ") + "."
  }

  private static func on(_ day: Day?) -> String { day.map { " (\($0))" } ?? "" }

  private static func lessons(_ belief: Belief, _ catalog: Catalog) -> String {
    let codes = catalog.lessons(against: belief.id).map(\.code)
    return codes.isEmpty ? "" : " Lessons: \(codes.joined(separator: ", "))."
  }
}
