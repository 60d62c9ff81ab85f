import ArgumentParser
import Foundation
import LabCanvas
import LabCatalog
import LabCore
import LabFacts
import LabRuntime
import LabViews

/// `netlab replay`: a saved run, looked at again.
struct ReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay", abstract: "Look at a saved run again, event by event.",
    discussion: """
      The file is one that netlab export --format json or S, then j, saved. It shows the panes of a lesson as they
      were after each event. Nothing is started, and no socket is opened; only S writes a file.
      Space goes one event forward, Backspace one back, P and N to where a step began, r to the first event.
      """)

  @Argument(help: ArgumentHelp("A file saved as JSON lines.", valueName: "file"))
  var file: String

  @OptionGroup var screen: ScreenFlags

  @OptionGroup var data: DataOption

  func run() throws {
    let saved: SavedRun
    do throws(SavedRunProblem) { saved = try SavedRun.read(file) } catch {
      Machine.complain(error.description)
      throw Exit.unable
    }
    let loaded = try data.load()
    var session = Session(catalog: loaded.catalog, folder: loaded.folder, problems: loaded.problems)
    session.saved = (saved, saved.replay(of: file, loaded.catalog))
    try screen.open(session, PlainSession.replaying)
  }
}
