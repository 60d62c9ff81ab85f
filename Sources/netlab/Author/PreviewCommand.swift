import ArgumentParser
import Foundation
import LabCatalog
import LabFacts
import LabRuntime
import LabScreen
import LabViews

/// `netlab preview`: a lesson as a learner sees it, while it is being written.
struct PreviewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "preview",
    abstract: "Show a lesson while you write it; it starts anew when its file is saved.",
    discussion: """
      A version that can't be played is told with line and what to do, and the last good one stays.
      Nothing counts as done, and no progress is kept.
      """)

  @Argument(help: ArgumentHelp("The lesson's file.", valueName: "file"))
  var file: String

  @OptionGroup var screen: ScreenFlags

  @OptionGroup var data: DataOption

  func run() throws {
    let folder = try data.find()
    guard FileManager.default.fileExists(atPath: file) else {
      Machine.complain(
        "There is no file \(Notation.escaped(file)). netlab new lesson writes one to start from.")
      throw Exit.unable
    }
    let watched = WatchedLesson(path: file, folder: folder).opened()
    let session = Session(
      catalog: watched.first?.catalog ?? Catalog(), folder: folder, problems: [], watched: watched)
    try screen.open(session, PlainSession(inLesson: true))
  }
}
