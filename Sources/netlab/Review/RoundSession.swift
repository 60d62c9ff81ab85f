import Foundation
import LabCatalog
import LabCore
import LabFacts
import LabRuntime
import LabViews

/// Questions on standard output, answers from standard input: for `netlab review` and `netlab check`.
struct RoundSession {
  let catalog: Catalog
  let store = ProgressStore(path: Machine.state.progress)
  let today = Day(seconds: Machine.now())
  var progress: LabCore.Progress

  init(_ catalog: Catalog) {
    self.catalog = catalog
    let loaded = store.load(now: Machine.now())
    progress = loaded.progress
    catalog.enrollDone(in: &progress)
    if let notice = loaded.notice { Machine.complain(notice) }
  }

  /// Asks until the round is over, or the person stops. `answered` hears of each answer.
  func ask(_ start: QuestionRound, answered: (AskedQuestion, Bool) -> Void) -> QuestionRound {
    var round = start
    RoundText.opening(round).forEach { print($0) }
    while let current = round.current {
      RoundText.question(round, catalog).forEach { print($0) }
      var given: Bool?
      while given == nil {
        print(RoundText.prompt(round))
        guard let typed = readLine()?.lowercased(), typed != "q" else { return round }
        if typed == "s" { break }
        if let keys = RoundText.keys(typed, round) {
          given = round.answer(keys)
        } else {
          print("Please choose by number.")
        }
      }
      if let given { answered(current, given) }
      RoundText.verdict(round).forEach { print($0) }
      if given == nil || round.shown != nil { round.next() }
    }
    return round
  }

  func save() {
    if let reason = store.save(progress) { Machine.complain(reason) }
  }
}
