import ArgumentParser
import LabCatalog
import LabCore
import LabViews

/// `netlab check`: the test before and after.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Take a test of twelve questions before the lessons, and again after them.",
    discussion: "The first time is kept as before, every further time as after. No points are given.")

  @Flag(help: "Show what the test came to, without taking it.")
  var results = false

  @OptionGroup var data: DataOption

  func run() throws {
    let loaded = try data.loadLessons()
    var session = RoundSession(loaded.catalog)
    let test = loaded.catalog.test
    guard !test.isEmpty else {
      Machine.complain("This data folder has no test (lessons/checkup.yaml).")
      throw Exit.unable
    }
    if !results {
      let purpose: QuestionRound.Purpose = session.progress.before == nil ? .before : .after
      let round = session.ask(QuestionRound(purpose, test)) { _, _ in }
      guard round.isOver else {
        print("Stopped: nothing is kept of a test that was not finished.")
        return
      }
      session.progress.checked(round.verdicts, on: session.today)
      session.save()
      print("")
    }
    TestText.lines(loaded.catalog, session.progress).forEach { print($0) }
  }
}
