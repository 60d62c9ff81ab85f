import LabCatalog
import LabCore
import LabFacts

extension PlainSession {
  /// `r`: what is due, three questions at most.
  mutating func startReview(_ snapshot: LabSnapshot) -> PlainReply {
    let due = snapshot.catalog.due(snapshot.progress, on: snapshot.today)
    guard !due.isEmpty else {
      return PlainReply(text: [RoundText.nothingDue(snapshot.progress, on: snapshot.today)])
    }
    return begin(QuestionRound(.review, Array(due.prefix(ReviewSchedule.atOnce))), snapshot)
  }

  /// `check`: the test, before or after.
  mutating func startTest(_ snapshot: LabSnapshot) -> PlainReply {
    let test = snapshot.catalog.test
    guard !test.isEmpty else { return PlainReply(text: ["This data folder has no test."]) }
    return begin(QuestionRound(snapshot.progress.before == nil ? .before : .after, test), snapshot)
  }

  private mutating func begin(_ new: QuestionRound, _ snapshot: LabSnapshot) -> PlainReply {
    (place, round) = (.round, new)
    return PlainReply(text: RoundText.opening(new) + RoundText.question(new, snapshot.catalog))
  }

  mutating func inRound(_ typed: String, _ snapshot: LabSnapshot) -> PlainReply {
    guard var current = round, let asked = current.current else { return leaveRound([]) }
    switch typed {
    case "b", "back":
      let kept = current.purpose == .review ? "" : " " + RoundText.unfinishedTest
      return leaveRound(["Left.\(kept)"])
    case "s", "skip":
      current.next()
      return goOn(current, PlainReply(), snapshot)
    default: break
    }
    guard let keys = RoundText.keys(typed, current), let right = current.answer(keys) else {
      return PlainReply(text: ["Please choose by number."])
    }
    var reply = PlainReply(text: RoundText.verdict(current))
    if current.purpose == .review {
      reply.intents = [.reviewed(item: asked.id, belief: asked.belief, right: right)]
    }
    if current.shown != nil { current.next() }
    return goOn(current, reply, snapshot)
  }

  /// The next question, or the end. A test counts once it is finished.
  private mutating func goOn(_ next: QuestionRound, _ told: PlainReply, _ snapshot: LabSnapshot) -> PlainReply
  {
    var reply = told
    round = next
    guard next.isOver else {
      reply.text += RoundText.question(next, snapshot.catalog)
      return reply
    }
    reply.text += ["", RoundText.ending(next)]
    if next.purpose != .review {
      reply.intents.append(.checked(next.verdicts))
      var progress = snapshot.progress
      progress.checked(next.verdicts, on: snapshot.today)
      reply.text += TestText.lines(snapshot.catalog, progress)
    }
    return leaveRound(reply.text, reply.intents)
  }

  private mutating func leaveRound(_ text: [String], _ intents: [Intent] = []) -> PlainReply {
    (place, round, listed) = (.catalog, nil, true)
    return PlainReply(intents: intents, text: text)
  }
}
