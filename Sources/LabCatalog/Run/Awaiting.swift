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
  /// `Intent.restart` begins anew, `Intent.closeLesson` clears the lab away.
  case finished(LessonResult)
}

/// How a lesson ended.
package enum LessonResult: Equatable, Sendable {
  case completed
  /// The run was not what the lesson tells.
  case differed([Mismatch])
  /// The person went away.
  case left
}

/// A question as a learner sees it, its texts filled in.
package struct Question: Equatable, Sendable {
  package enum Kind: String, Sendable {
    case predict
    case observe
    case recall
  }

  package struct Option: Equatable, Sendable {
    package var key: String
    package var text: String
    package init(key: String, text: String) {
      self.key = key
      self.text = text
    }
  }

  package var kind: Kind
  package var ask: String
  package var options: [Option]
  /// More than one option is right.
  package var isMultiple: Bool
  /// Keys of wrong answers given so far.
  package var tried: [String]

  package init(kind: Kind, ask: String, options: [Option], isMultiple: Bool = false, tried: [String] = []) {
    self.kind = kind
    self.ask = ask
    self.options = options
    self.isMultiple = isMultiple
    self.tried = tried
  }
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
  /// Hints not shown yet.
  package var hintsLeft: Int

  package init(goal: String, moves: [Move], hintsLeft: Int) {
    self.goal = goal
    self.moves = moves
    self.hintsLeft = hintsLeft
  }
}
