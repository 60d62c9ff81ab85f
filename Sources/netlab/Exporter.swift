import Foundation
import LabCatalog
import LabCore
import LabFacts
import LabRuntime
import LabViews

/// Takes a run along as a file.
enum Exporter {
  /// Answers what to tell the person.
  static func save(_ export: Export, of lab: any Backstage) -> String {
    let taken = Waiting.wait { await lab.taken() }
    guard let saved = taken.saved else { return "There is no run to save yet: open a lesson first." }
    guard let file = RunFile(export, saved, taken.run) else {
      return "A hand-out is made of a lesson: netlab export \(saved.lesson) --format handout"
    }
    let stamp = Date().formatted(
      .verbatim(
        "\(year: .defaultDigits)\(month: .twoDigits)\(day: .twoDigits)-\(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased))\(minute: .twoDigits)\(second: .twoDigits)",
        timeZone: .current, calendar: .init(identifier: .gregorian)))
    let name = "\(saved.lesson)-\(stamp).\(export.suffix)"
    let path = "\(Machine.state.exports)/\(name)"
    do {
      try FileManager.default.createDirectory(
        atPath: Machine.state.exports, withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700])
      try file.write(to: path)
      let folder = Machine.shown(Machine.state.exports)
      return (["Saved \(name) in \(folder)"] + file.remarks.prefix(1)).joined(separator: ": ")
    } catch {
      return "Could not be saved as \(Machine.shown(path)): \(FileTrouble.reason(error))"
    }
  }
}
