import ArgumentParser
import Foundation
import LabCatalog
import LabCore
import LabFacts
import LabRuntime
import LabScreen
import LabViews

/// `netlab` itself: the screen, or lines where there is no screen to draw on.
struct LabCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lab", abstract: "Open the lab (what netlab does without a verb).", shouldDisplay: false)

  @OptionGroup var screen: ScreenFlags

  @OptionGroup var data: DataOption

  func run() throws {
    switch screen.support {
    case .fullScreen:
      let folder = try data.find()
      let session = Session(
        catalog: Catalog.loadOutline(from: .disk(root: folder)), folder: folder, problems: [],
        isOutline: true)
      try screen.open(session, PlainSession())
    case .linear(let reason):
      // A line that is printed stays: its explanation has to be there.
      let loaded = try data.load()
      let session = Session(catalog: loaded.catalog, folder: loaded.folder, problems: loaded.problems)
      try screen.open(session, PlainSession(), reason: reason)
    }
  }
}

/// What both ways of showing the lab share.
struct Session {
  private(set) var catalog: Catalog
  let folder: String
  private(set) var problems: [AuthorProblem]
  /// The catalog has no steps and no cards yet. That is enough for the first picture.
  var isOutline = false
  /// The catalog has no cards yet: the lab reads them while somebody looks at the lessons.
  private var readsCardsLater = false
  var demoPort = 8443
  /// The lesson whose file is watched. Its author's own progress is left alone.
  var watched: WatchedLesson?

  /// A saved run that is shown instead of a lab at work.
  var saved: (run: SavedRun, replay: Replay)?

  init(
    catalog: Catalog, folder: String, problems: [AuthorProblem], isOutline: Bool = false,
    watched: WatchedLesson? = nil
  ) {
    self.catalog = catalog
    self.folder = folder
    self.problems = problems
    self.isOutline = isOutline
    self.watched = watched
  }

  /// The same with the lessons read in full.
  func filled() -> Session {
    guard isOutline else { return self }
    let loaded = Catalog.loadLessons(from: .disk(root: folder))
    var session = self
    (session.catalog, session.problems) = (loaded.catalog, loaded.problems)
    (session.isOutline, session.readsCardsLater) = (false, true)
    return session
  }

  /// What reports to the mailbox: a lab at work, or a saved run.
  func backstage(_ mailbox: Mailbox) -> any Backstage {
    let environment = Machine.environmentInfo(data: folder)
    if let saved { return ReplayDesk(saved.run, saved.replay, catalog, environment, mailbox) }
    return LabRuntime(
      catalog: catalog, readingCardsFrom: readsCardsLater ? .disk(root: folder) : nil,
      surroundings: LabRuntime.Surroundings(
        environment: environment, state: Machine.state, keepsNothing: watched != nil, demoPort: demoPort,
        now: Machine.now),
      notices: notices, onSnapshot: mailbox.put)
  }

  /// What the first picture shows, before anything was reported.
  var firstSnapshot: LabSnapshot {
    let environment = Machine.environmentInfo(data: folder)
    if let saved { return saved.replay.snapshot(catalog, environment) }
    return LabSnapshot(catalog: catalog, notices: notices, environment: environment)
  }

  func firstModel(ascii: Bool) -> AppModel {
    saved == nil ? AppModel(ascii: ascii) : AppModel.replaying(ascii: ascii)
  }

  private var notices: [String] { [AuthorProblem.notice(problems, in: "lesson files")].compactMap(\.self) }
}
