import ArgumentParser
import LabCatalog
import LabCore
import LabViews

/// `netlab review`: questions of earlier lessons that are due, three at most.
struct ReviewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "review",
    abstract: "Answer what is due of the lessons you have done: three questions at most.")

  @OptionGroup var data: DataOption

  func run() throws {
    let loaded = try data.loadLessons()
    var session = RoundSession(loaded.catalog)
    let due = loaded.catalog.due(session.progress, on: session.today)
    guard !due.isEmpty else {
      print(RoundText.nothingDue(session.progress, on: session.today))
      return
    }
    var answers: [(AskedQuestion, Bool)] = []
    let round = session.ask(QuestionRound(.review, Array(due.prefix(ReviewSchedule.atOnce)))) {
      answers.append(($0, $1))
    }
    for (question, right) in answers {
      session.progress.reviewed(question.id, belief: question.belief, right: right, on: session.today)
    }
    if !answers.isEmpty { session.save() }
    print("")
    print(RoundText.ending(round))
  }
}
