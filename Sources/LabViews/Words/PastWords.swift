import LabCanvas
import LabCatalog
import LabCore
import LabFacts

/// Tells that the past is looked at, and which moment of it.
enum PastWords {
  /// `REPLAY` or `PAST`, before everything else in the top line.
  static func sign(_ snapshot: LabSnapshot) -> String? {
    if snapshot.replay != nil { return "REPLAY" }
    if case .past = snapshot.cursor { return "PAST" }
    return nil
  }

  /// `Event 17 of 31, 0.012 s into the run, in step 4 (RUN)`; nothing while what is shown is live.
  static func moment(_ snapshot: LabSnapshot) -> String? {
    guard case .past(let event, let count) = snapshot.cursor else { return nil }
    guard let moment = snapshot.moment else { return "No event was saved" }
    let time = Seconds.text(moment.microseconds).trimmed
    let step = moment.step.map { ", in step \($0.step) (\($0.phase))" } ?? ""
    return "Event \(event) of \(count), \(time) s into the run\(step)"
  }

  /// What happened then; what belongs in an open blank is not told of the past either.
  static func event(_ snapshot: LabSnapshot) -> String {
    EventWords.newest(in: snapshot.lab).map(Blanks(snapshot.run).hide) ?? "Nothing had happened yet."
  }

  /// Where a replay comes from; nothing where a lesson is open.
  static func origin(_ replay: Replay.Source) -> [String] {
    let engine = replay.engine.isEmpty ? "" : ", with \(replay.engine)"
    let saved = replay.began.map { "It ran on \(date($0))\(engine)." } ?? "It does not say when it ran."
    // A path breaks where the line ends: nothing stands after it.
    return ["A saved run of \(replay.title). \(saved) Nothing here is live.", "File: \(replay.file)"]
  }

  /// `2026-11-27 at 08:13 UTC`.
  static func date(_ seconds: Int64) -> String {
    let minutes = Int(seconds / 60)
    return "\(Day(seconds: seconds)) at \(two(minutes / 60 % 24)):\(two(minutes % 60)) UTC"
  }

  private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
}

/// What the explain pane says of the past, above the text of the lesson.
package struct PastNote: Equatable, Sendable {
  package let headline: String
  package let event: String
  package let origin: [String]
  package let advice: String

  init?(_ snapshot: LabSnapshot) {
    guard let moment = PastWords.moment(snapshot) else { return nil }
    event = PastWords.event(snapshot)
    origin = snapshot.replay.map(PastWords.origin) ?? []
    headline = snapshot.replay == nil ? "You are looking at the past. \(moment):" : "\(moment):"
    advice =
      snapshot.replay == nil
      ? "Press . for the present, where the lesson goes on."
      : "Space goes to the next event, Bksp to the one before. q leaves."
  }
}
