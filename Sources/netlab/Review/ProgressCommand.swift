import ArgumentParser
import Foundation
import LabCatalog
import LabCore
import LabFacts
import LabRuntime
import LabViews

/// `netlab progress`: what has been done and believed; the file to take along.
struct ProgressCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "progress",
    abstract: "Show lessons done and beliefs met; write or read the progress file.",
    discussion: "It holds no names and stays on this machine, unless you take it along with export.")

  enum Action: String, ExpressibleByArgument, CaseIterable {
    case export
    case `import`
  }

  @Argument(help: "export or import, followed by a file.")
  var action: Action?

  @Argument(help: "The file to write, or to read.")
  var file: String?

  @Flag(help: "Print a table for a spreadsheet.")
  var csv = false

  @OptionGroup var data: DataOption

  func validate() throws {
    if action != nil, file?.isEmpty ?? true {
      throw ValidationError("Name the file, as in: netlab progress export FILE.")
    }
    if action != nil, csv {
      throw ValidationError(
        "--csv prints a table, as in: netlab progress --csv > FILE. Leave one of them out.")
    }
  }

  func run() throws {
    let catalog = try data.loadLessons().catalog
    switch (action, file) {
    case (.export?, let file?): try export(catalog, to: file)
    case (.import?, let file?): try take(file, RoundSession(catalog))
    default:
      let session = RoundSession(catalog)
      let lines = csv ? ProgressTable.lines(catalog, session.progress) : shown(catalog, session)
      lines.forEach { print($0) }
    }
  }

  private func shown(_ catalog: Catalog, _ session: RoundSession) -> [String] {
    let due = catalog.due(session.progress, on: session.today).count
    return [
      "\(session.progress.doneCount) of \(catalog.lessons.count) lessons done, "
        + "\(due) \(due == 1 ? "question" : "questions") due.",
      "Kept in \(session.store.path)", "",
    ] + LedgerText.lines(catalog, session.progress)
  }

  /// What is written may replace an older copy, so there must be something to write.
  private func export(_ catalog: Catalog, to file: String) throws {
    let store = ProgressStore(path: Machine.state.progress)
    var progress = try read(store, otherwise: " \(Notation.escaped(file)) was not written.")
    catalog.enrollDone(in: &progress)
    if let reason = ProgressStore(path: file).save(progress, inOwnFolder: false) { throw unable(reason) }
    print("Written to \(Notation.escaped(file)).")
  }

  /// The file is checked before it takes the old one's place; the old one is kept.
  private func take(_ file: String, _ session: RoundSession) throws {
    let progress = try read(ProgressStore(path: file))
    let problems = progress.problems(knownBeliefs: Set(session.catalog.beliefs.map(\.id)))
    guard problems.isEmpty else {
      throw unable(problems.map { "\(Notation.escaped(file)): \($0)" }.joined(separator: "\n"))
    }
    if let reason = session.store.refusal { throw unable(reason) }
    do {
      if let kept = try session.store.keepCopy("before-import", now: Machine.now()) {
        print("The progress so far is kept in \(kept).")
      }
    } catch {
      throw unable("The progress so far could not be copied: \(FileTrouble.reason(error)).")
    }
    if let reason = session.store.save(progress) { throw unable(reason) }
    let (lessons, beliefs) = (progress.doneCount, progress.beliefs.count)
    print(
      "\(lessons) \(lessons == 1 ? "lesson" : "lessons") done, "
        + "\(beliefs) \(beliefs == 1 ? "belief" : "beliefs") met: imported.")
  }

  /// What a file says; where it says nothing, why, and what comes of that.
  private func read(_ store: ProgressStore, otherwise more: String = "") throws -> LabCore.Progress {
    let name = Notation.escaped(store.path)
    switch store.read() {
    case .progress(let progress): return progress
    case .missing: throw unable("There is no file \(name).\(more)")
    case .newer(let version): throw unable("\(name) \(ProgressStore.words(ofNewer: version)).\(more)")
    case .unreadable(let why): throw unable("\(name) \(why).\(more)")
    }
  }

  private func unable(_ reason: String) -> ExitCode {
    Machine.complain(reason)
    return Exit.unable
  }
}
