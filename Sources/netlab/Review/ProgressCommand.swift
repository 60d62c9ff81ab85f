import ArgumentParser
import Foundation
import LabCatalog
import LabCore
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
    if action != nil, file == nil {
      throw ValidationError("Name the file, as in: netlab progress export FILE.")
    }
  }

  func run() throws {
    let catalog = try data.loadLessons().catalog
    switch (action, file) {
    case (.export?, let file?): try export(RoundSession(catalog), to: file)
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
      "\(session.progress.doneCount) of \(catalog.lessons.count) lessons done, \(due) questions due.",
      "Kept in \(session.store.path)", "",
    ] + LedgerText.lines(catalog, session.progress)
  }

  private func export(_ session: RoundSession, to file: String) throws {
    if let reason = ProgressStore(path: file).save(session.progress, inOwnFolder: false) {
      Machine.complain(reason)
      throw Exit.unable
    }
    print("Written to \(file).")
  }

  /// The file is checked before it takes the old one's place; the old one is kept.
  private func take(_ file: String, _ session: RoundSession) throws {
    do {
      let bytes = try Data(contentsOf: URL(fileURLWithPath: file))
      let progress = try JSONDecoder().decode(LabCore.Progress.self, from: bytes)
      let problems = progress.problems(knownBeliefs: Set(session.catalog.beliefs.map(\.id)))
      guard problems.isEmpty else {
        problems.forEach { Machine.complain("\(file): \($0)") }
        throw Exit.unable
      }
      if FileManager.default.fileExists(atPath: session.store.path) {
        let kept = "\(session.store.path).before-import-\(Machine.now())"
        try FileManager.default.copyItem(atPath: session.store.path, toPath: kept)
        print("The progress so far is kept in \(kept).")
      }
      if let reason = session.store.save(progress) {
        Machine.complain(reason)
        throw Exit.unable
      }
      print("\(progress.doneCount) lessons done, \(progress.beliefs.count) beliefs met: imported.")
    } catch let error as DecodingError {
      Machine.complain("\(file) is no progress file: \(error.reason)")
      throw Exit.unable
    } catch let error as CocoaError {
      Machine.complain("\(file): \(error.localizedDescription)")
      throw Exit.unable
    }
  }
}

extension DecodingError {
  fileprivate var reason: String {
    switch self {
    case .dataCorrupted(let context), .keyNotFound(_, let context), .typeMismatch(_, let context),
      .valueNotFound(_, let context):
      let path = context.codingPath.map(\.stringValue).joined(separator: ".")
      return path.isEmpty ? context.debugDescription : "\(path): \(context.debugDescription)"
    @unknown default: return localizedDescription
    }
  }
}
