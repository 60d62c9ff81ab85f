import Foundation
import LabCore
import LabFacts
import LabRuntime
import LabViews

/// Takes a run along as a file.
enum Exporter {
  /// Answers what to tell the person.
  static func save(_ export: Export, of lab: LabRuntime, lesson: String?) -> String {
    guard let lesson else { return "There is no run to save yet: open a lesson first." }
    let log = Waiting.wait { await lab.factLog }
    let lines: [String]
    let suffix: String
    switch export {
    case .transcript: (lines, suffix) = (Transcript.lines(of: log), "txt")
    case .json: (lines, suffix) = (JSONLines.lines(for: log.facts), "jsonl")
    }
    let stamp = Date().formatted(
      .verbatim(
        "\(year: .defaultDigits)\(month: .twoDigits)\(day: .twoDigits)-\(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased))\(minute: .twoDigits)\(second: .twoDigits)",
        timeZone: .current, calendar: .init(identifier: .gregorian)))
    let path = "\(Machine.state.exports)/\(lesson)-\(stamp).\(suffix)"
    do {
      try FileManager.default.createDirectory(
        atPath: Machine.state.exports, withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700])
      try Data((lines.joined(separator: "\n") + "\n").utf8).write(
        to: URL(fileURLWithPath: path), options: .atomic)
      return "Saved as \(path)"
    } catch {
      return "Could not be saved as \(path): \(error.localizedDescription)"
    }
  }
}
