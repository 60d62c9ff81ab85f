/// What a person, or the headless player in their place, asks the lab to do.
/// Moving about on the screen is the screen's own affair and no intent.
package enum Intent: Equatable, Sendable, Codable {
  case openLesson(String)
  /// Opens a lesson at the step that was reached: what comes before it is done again.
  case resumeLesson(String)
  case closeLesson
  /// Space: go on. While a gate holds a record, this releases the oldest.
  case advance
  /// An answer to the question on the screen: keys of choices, in order.
  case answer([String])
  /// 1 guess, 2 fairly sure, 3 sure.
  case confidence(Int)
  /// Leave a prediction out. It is recorded as left out.
  case skip
  case hint
  /// One of the moves a *try* step offers.
  case move(String)
  /// Do the moves of the solution.
  case showSolution
  case runFree(Bool)
  /// Pass over texts, or not: offered after two right and sure predictions.
  case goFast(Bool)
  /// Look one event back, or forward, in the log. The sockets stay live.
  case stepBack
  case stepForward
  case backToLive
  /// Show the log again from its first event.
  case replay
  /// Look somewhere else in the log.
  case look(Look)
  /// Close everything and start the lesson anew.
  case restart
  case startDemo
  case stopDemo
  case keepDemoRunning(Bool)
  /// A question of the review was answered: the recall item, its belief, and whether it was right.
  case reviewed(item: String, belief: String?, right: Bool)
  /// The test was taken: by belief, whether it was seen through.
  case checked([String: Bool])
  case sandbox(SandboxIntent)
  case quit
}

/// A place in the log of a run that a person wants to see.
package enum Look: Hashable, Sendable, Codable {
  case first
  case last
  /// Where the step shown began, or the one before it.
  case stepBefore
  case stepAfter
  /// That event, from 1.
  case event(Int)
  /// Where that step of the lesson began, from 1.
  case step(Int)
}
