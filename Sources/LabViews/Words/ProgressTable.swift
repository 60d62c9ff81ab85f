package import LabCatalog
package import LabCore
import LabFacts

/// Progress as a table for a spreadsheet (RFC 4180): one row for each lesson, then one for each belief. No names.
package enum ProgressTable {
  package static let columns = [
    "kind", "id", "text", "state", "step", "steps", "hints", "predictions_right", "predictions", "missed",
    "beaten", "came_back", "last_missed", "last_beaten", "done",
  ]

  package static func lines(_ catalog: Catalog, _ progress: Progress) -> [String] {
    let rows = catalog.lessons.map { lesson($0, progress) } + catalog.beliefs.map { belief($0, progress) }
    return ([columns] + rows).map { $0.map(cell).joined(separator: ",") }
  }

  private static func lesson(_ lesson: Lesson, _ progress: Progress) -> [String] {
    let entry = progress.lessons[lesson.id] ?? Progress.Entry()
    let state = entry.done != nil ? "done" : entry.reached > 0 ? "started" : "new"
    let predictions = entry.predictions
    return [
      "lesson", lesson.code, lesson.title, state, "\(entry.reached)", "\(lesson.steps.count)",
      "\(entry.hints)",
      "\(predictions.count { $0.correct })", "\(predictions.count)", "", "", "", "", "", entry.done ?? "",
    ]
  }

  private static func belief(_ belief: Belief, _ progress: Progress) -> [String] {
    let record = progress.beliefs[belief.id]
    let state =
      switch record?.standing {
      case .believed?: "believed"
      case .seenThrough?: "seen through"
      case .cameBack?: "came back"
      case nil: "not met"
      }
    return [
      "belief", belief.id, belief.belief, state, "", "", "", "", "", "\(record?.missed ?? 0)",
      "\(record?.beaten ?? 0)", "\(record?.cameBack ?? 0)", record?.lastMissed?.description ?? "",
      record?.lastBeaten?.description ?? "", "",
    ]
  }

  private static func cell(_ text: String) -> String {
    guard text.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return text }
    return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
      + "\""
  }
}
