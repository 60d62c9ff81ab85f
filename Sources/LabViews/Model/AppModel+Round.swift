import LabCanvas
import LabCatalog
import LabCore
import LabFacts

extension AppModel {
  /// r: what is due, three questions at most.
  mutating func startReview(_ snapshot: LabSnapshot) -> [AppCommand] {
    overlay = nil
    let due = snapshot.catalog.due(snapshot.progress, on: snapshot.today)
    guard !due.isEmpty else {
      message = RoundText.nothingDue(snapshot.progress, on: snapshot.today)
      return []
    }
    begin(QuestionRound(.review, Array(due.prefix(ReviewSchedule.atOnce))))
    return []
  }

  /// C: the test, before or after.
  mutating func startTest(_ snapshot: LabSnapshot) -> [AppCommand] {
    overlay = nil
    let test = snapshot.catalog.test
    guard !test.isEmpty else {
      message = "This data folder has no test."
      return []
    }
    begin(QuestionRound(snapshot.progress.before == nil ? .before : .after, test))
    return []
  }

  private mutating func begin(_ round: QuestionRound) {
    self.round = round
    picked = []
    states[.text] = nil
    stack.append(.round)
  }

  mutating func answerRound(_ letter: String) -> [AppCommand] {
    guard let question = round?.current?.question, round?.shown == nil else { return [] }
    guard question.choices.indices.contains(where: { Choice.key(at: $0) == letter }) else {
      message = "There is no \(letter) to choose here."
      return []
    }
    guard question.isMultiple else { return give([letter]) }
    if let index = picked.firstIndex(of: letter) {
      picked.remove(at: index)
    } else {
      picked = (picked + [letter]).sorted()
    }
    return []
  }

  /// Enter and Space: gives what was picked, or goes on.
  mutating func goOnInRound(_ snapshot: LabSnapshot) -> [AppCommand] {
    guard let round else { return [] }
    if round.isOver {
      leaveRound()
      if round.purpose != .review { stack.append(.page(.test)) }
      return []
    }
    if round.shown != nil {
      self.round?.next()
      return endOfTest()
    }
    guard !picked.isEmpty else {
      message = "Choose an answer by its letter. s leaves the question out."
      return []
    }
    return give(picked)
  }

  mutating func skipInRound() -> [AppCommand] {
    picked = []
    guard let round, round.shown == nil, !round.isOver else { return [] }
    self.round?.next()
    return endOfTest()
  }

  /// q and Esc: back to the catalog.
  mutating func leaveRound() {
    if let round, round.purpose != .review, !round.isOver {
      message = RoundText.unfinishedTest
    }
    round = nil
    closeTop()
  }

  private mutating func give(_ keys: [String]) -> [AppCommand] {
    picked = []
    guard let asked = round?.current, let right = round?.answer(keys) else { return [] }
    guard round?.purpose == .review else { return endOfTest() }
    return [.intent(.reviewed(item: asked.id, belief: asked.belief, right: right))]
  }

  /// A test counts once it is finished.
  private func endOfTest() -> [AppCommand] {
    guard let round, round.isOver, round.purpose != .review else { return [] }
    return [.intent(.checked(round.verdicts))]
  }
}
