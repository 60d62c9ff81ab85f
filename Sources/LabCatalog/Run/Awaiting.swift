/// What a lesson waits for.
package enum Awaiting: Equatable, Sendable {
  /// Space.
  case advance
  case answer(Question)
  /// How sure: 1, 2 or 3. `Intent.advance` leaves it open.
  case confidence
  /// The lab; says for what, in words.
  case facts(String)
  /// Space lets the oldest of the held records go.
  case release(waiting: Int)
  case move(TryBench)
  /// It stays over: where the lesson is begun anew, that is another run.
  case finished(LessonResult)

  /// What the lab has to show first, in words: nothing where it is the person's turn.
  package var labsTurn: String? {
    switch self {
    case .facts(let what): what
    case .move(let bench): bench.labsTurn
    case .advance, .answer, .confidence, .release, .finished: nil
    }
  }
}

/// How a lesson ended.
package enum LessonResult: Equatable, Sendable {
  case completed
  /// The run was not what the lesson tells.
  case differed([Mismatch])
}

/// A *try* step as a learner sees it.
package struct TryBench: Equatable, Sendable {
  package struct Move: Equatable, Sendable {
    package var key: String
    package var text: String
    /// How often it was made.
    package var times: Int
    package init(key: String, text: String, times: Int = 0) {
      self.key = key
      self.text = text
      self.times = times
    }
  }

  package var goal: String
  package var moves: [Move]
  /// Hints not shown yet; none while they are still held back.
  package var hintsLeft: Int
  /// What the move before waits for. A move made meanwhile is kept, and done next.
  package var labsTurn: String?

  package init(goal: String, moves: [Move], hintsLeft: Int, labsTurn: String? = nil) {
    self.goal = goal
    self.moves = moves
    self.hintsLeft = hintsLeft
    self.labsTurn = labsTurn
  }
}
