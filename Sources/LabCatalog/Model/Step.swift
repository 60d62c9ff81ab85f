package import LabCore
package import LabFacts

/// One step of a lesson: its stable name and what it is.
package struct Step: Equatable, Sendable {
  /// The seven things a step can be.
  package enum Kind: Equatable, Sendable {
    case say(String)
    case predict(Prediction)
    /// `do:` in the file.
    case perform(Performance)
    case observe(Observation)
    case explain(Refutation)
    /// `try:` in the file.
    case attempt(Bench)
    case recall([RecallItem])
  }

  package var id: String
  package var kind: Kind
  /// Without it the step is passed over.
  package var needs: MachineNeeds
  package var place: Place

  package init(id: String, kind: Kind, needs: MachineNeeds = MachineNeeds(), place: Place = .start) {
    self.id = id
    self.kind = kind
    self.needs = needs
    self.place = place
  }

  package var phase: LessonPhase {
    switch kind {
    case .say: .read
    case .predict: .predict
    case .perform: .run
    case .observe: .observe
    case .explain: .explain
    case .attempt: .attempt
    case .recall: .recall
    }
  }
}

/// Where in a lesson's rhythm a step belongs. Raw values are the words of the screen.
package enum LessonPhase: String, Sendable, CaseIterable {
  case read = "READ"
  case predict = "PREDICT"
  case run = "RUN"
  case observe = "OBSERVE"
  case explain = "EXPLAIN"
  case attempt = "TRY"
  case recall = "RECALL"
}

/// A question asked before anything happens.
package struct Prediction: Equatable, Sendable {
  package var ask: String
  package var answering: Answering
  /// Ask how sure the learner is.
  package var confidence: Bool
  /// The wrong idea behind a wrong answer that is no choice.
  package var belief: String?
  package var plausible: String?

  package init(
    ask: String, answering: Answering, confidence: Bool = false, belief: String? = nil,
    plausible: String? = nil
  ) {
    self.ask = ask
    self.answering = answering
    self.confidence = confidence
    self.belief = belief
    self.plausible = plausible
  }

  package init(ask: String, choices: [Choice], confidence: Bool = false) {
    self.init(ask: ask, answering: .pick(.choice, choices), confidence: confidence)
  }

  /// What it offers; nothing where the answer is no choice.
  package var choices: [Choice] { answering.choices }
}

/// Something the lab does, and what must be seen of it.
package struct Performance: Equatable, Sendable {
  package var actions: [Action]
  /// What to watch.
  package var note: String?
  package var expect: [Condition]
  package var order: [OrderEntry]
  package var withinSeconds: Int
  /// Failures of started programs belong to the lesson.
  package var allowError: Bool
  package var highlight: Highlight?

  package init(
    actions: [Action], note: String? = nil, expect: [Condition] = [], order: [OrderEntry] = [],
    withinSeconds: Int = 5, allowError: Bool = false, highlight: Highlight? = nil
  ) {
    self.actions = actions
    self.note = note
    self.expect = expect
    self.order = order
    self.withinSeconds = withinSeconds
    self.allowError = allowError
    self.highlight = highlight
  }
}

/// What the screen should point at.
package struct Highlight: Equatable, Sendable {
  package var pane: Lesson.Pane?
  package var of: [Subject]

  package init(pane: Lesson.Pane? = nil, of: [Subject] = []) {
    self.pane = pane
    self.of = of
  }
}

/// A question that is answered by looking at the screen.
package struct Observation: Equatable, Sendable {
  package var ask: String
  package var answering: Answering
  /// Where to look, said after a wrong answer.
  package var wrong: String

  package init(ask: String, answering: Answering, wrong: String) {
    self.ask = ask
    self.answering = answering
    self.wrong = wrong
  }

  package init(ask: String, choices: [Choice], wrong: String) {
    self.init(ask: ask, answering: .pick(.choice, choices), wrong: wrong)
  }

  /// What it offers; nothing where the answer is no choice.
  package var choices: [Choice] { answering.choices }
}

/// What happened, and what to give up believing.
package struct Refutation: Equatable, Sendable {
  package var say: String
  /// Said first to a learner whose choice named this belief.
  package var forBelief: [String: String]
  /// Said to a learner who made this move in the *try* before.
  package var forMove: [String: String]
  package var note: String?
  package var cards: [FailureCode]

  package init(
    say: String, forBelief: [String: String] = [:], forMove: [String: String] = [:], note: String? = nil,
    cards: [FailureCode] = []
  ) {
    self.say = say
    self.forBelief = forBelief
    self.forMove = forMove
    self.note = note
    self.cards = cards
  }
}

/// A goal and the moves that may lead there.
package struct Bench: Equatable, Sendable {
  /// One thing the learner can do, as often as they like.
  package struct Move: Equatable, Sendable {
    package var key: String
    package var text: String
    package var actions: [Action]
    package var place: Place

    package init(key: String, text: String, actions: [Action], place: Place = .start) {
      self.key = key
      self.text = text
      self.actions = actions
      self.place = place
    }
  }

  package var goal: String
  package var moves: [Move]
  package var doneWhen: [Condition]
  /// Where to look, which idea, the exact move.
  package var hints: [String]
  /// Keys of moves, in order.
  package var solution: [String]
  /// Which rule the learner used, asked once the goal is reached.
  package var rule: RecallItem?
  /// It stands before the explanation: hints come only after some minutes.
  package var first: Bool

  package init(
    goal: String, moves: [Move], doneWhen: [Condition], hints: [String], solution: [String],
    rule: RecallItem? = nil, first: Bool = false
  ) {
    self.goal = goal
    self.moves = moves
    self.doneWhen = doneWhen
    self.hints = hints
    self.solution = solution
    self.rule = rule
    self.first = first
  }
}
