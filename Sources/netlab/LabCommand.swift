import ArgumentParser
import Foundation
import LabCanvas
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
    let environment = ProcessInfo.processInfo.environment
    switch screen.support(environment) {
    case .fullScreen:
      let loaded = try data.loadLessons()
      let session = Session(
        catalog: loaded.catalog, folder: loaded.folder, problems: loaded.problems, readsCardsLater: true)
      try ScreenSession(session, options: screen.options(environment), ascii: screen.ascii).run()
    case .linear(let reason):
      // A line that is printed stays: its explanation has to be there.
      let loaded = try data.load()
      let session = Session(catalog: loaded.catalog, folder: loaded.folder, problems: loaded.problems)
      if !screen.plain { print("\(reason) netlab goes on line by line.") }
      try LineSession(session, PlainSession()).run()
    }
  }
}

/// How the lab is to be shown.
struct ScreenFlags: ParsableArguments {
  @Flag(help: "Go on line by line: for screen readers, dumb terminals and pipes.")
  var plain = false

  @Flag(help: "Draw with ASCII characters only.")
  var ascii = false

  @Option(help: "Colours: auto, always or never. NO_COLOR means never.")
  var color: ScreenOptions.Colour = .auto

  func support(_ environment: [String: String]) -> ScreenSupport {
    if plain || environment["ACCESSIBLE"].map({ !$0.isEmpty && $0 != "0" }) == true {
      return .linear(reason: "")
    }
    return ScreenSupport.check(term: environment["TERM"])
  }

  func options(_ environment: [String: String]) -> ScreenOptions {
    var options = ScreenOptions()
    options.colour = color
    // no-color.org: present and not empty, whatever its value. A flag said on purpose wins.
    if color == .auto, let wish = environment["NO_COLOR"], !wish.isEmpty { options.colour = .never }
    if let delay = environment["ESCDELAY"].flatMap(Int32.init), delay >= 0 {
      options.escapeDelayMilliseconds = delay
    }
    let state = Machine.state
    // Where it goes elsewhere already, it can't tear the picture.
    if isatty(2) == 1, state.make() == nil {
      options.errorLog = state.log
      options.crashMessage = "netlab crashed. What it said last is in \(state.log)."
    }
    return options
  }
}

extension ScreenOptions.Colour: ExpressibleByArgument {}

/// What both ways of showing the lab share.
struct Session {
  let catalog: Catalog
  let folder: String
  let problems: [AuthorProblem]
  /// The catalog has no cards yet: the lab reads them while the first picture is looked at.
  var readsCardsLater = false
  var demoPort = 8443
  /// The lesson whose file is watched. Its author's own progress is left alone.
  var watched: WatchedLesson?

  /// A lab that reports to the mailbox.
  func lab(_ mailbox: Mailbox) -> LabRuntime {
    LabRuntime(
      catalog: catalog, readingCardsFrom: readsCardsLater ? .disk(root: folder) : nil,
      surroundings: LabRuntime.Surroundings(
        environment: Machine.environmentInfo(data: folder), state: Machine.state,
        keepsNothing: watched != nil,
        demoPort: demoPort, now: Machine.now),
      notices: notices, onSnapshot: mailbox.put)
  }

  /// What the first picture shows, before the lab has said anything.
  var firstSnapshot: LabSnapshot {
    LabSnapshot(catalog: catalog, notices: notices, environment: Machine.environmentInfo(data: folder))
  }

  private var notices: [String] { [AuthorProblem.notice(problems, in: "lesson files")].compactMap(\.self) }
}
