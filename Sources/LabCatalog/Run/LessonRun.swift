package import LabCore
package import LabFacts

/// A lesson being run: the one interpreter of the screen, the headless mode and the tests.
///
/// Pure: facts and intents go in, effects come out. Call `handle` for a fact after the reducer took it.
package struct LessonRun: Equatable, Sendable {
  /// Where the run stands within its step.
  enum Stage: Equatable, Sendable {
    /// Before `begin`.
    case idle
    /// Something is to be read. Next: the next step.
    case reading
    /// A question is open. Next: sure, reading.
    case asking
    /// How sure? Next: reading.
    case sure
    /// The lab is at work. Next: reading, over.
    case performing(Script)
    /// The learner chooses moves. Next: moving, reading.
    case bench
    /// A move, or the solution, is at work. Next: bench, reading, over.
    case moving(Script)
    case over
  }

  package let lesson: Lesson
  package internal(set) var awaiting: Awaiting = .advance
  package internal(set) var pane = StepPane()
  package internal(set) var highlight: Highlight?
  /// Nothing outside of a *try*.
  package internal(set) var beforeTry: BeforeTry?
  package internal(set) var journal: [JournalEntry] = []
  /// The lab as it was when a question about two ladders was asked, by the question's place in the journal: the
  /// lab of a run that is over is gone.
  package internal(set) var labsAsked: [Int: LabState] = [:]
  package internal(set) var answers = LessonAnswers()
  /// From 0; the step shown.
  package internal(set) var stepIndex = 0
  /// Within a recall step, from 0: the question shown.
  package internal(set) var itemIndex = 0
  /// What answers the open question rightly: keys, or the text to type.
  package internal(set) var rightAnswer: [String] = []
  /// Records go through the gate without waiting for Space.
  package internal(set) var runsFree = false
  /// Steps that were done before are done again, without asking.
  package internal(set) var isCatchingUp = false
  /// The learner wants texts passed over.
  package internal(set) var goesFast: Bool
  /// Paths that a text asked for and the lab did not know. A lesson that is right has none.
  package internal(set) var missingPaths: [String] = []

  var stage = Stage.idle
  var bench = BenchPlay()
  var cast: Cast
  /// Ends with a held record each, in the order the records were held.
  var heldQueue: [EndID] = []
  /// Beliefs that a wrong prediction named and no explanation has answered yet.
  var openBeliefs: [String] = []
  /// Those behind `lastPrediction`.
  var lastMissed: [String] = []
  var lastPrediction: StepPane.Recalled?
  /// A question that waits for the row it is about.
  var pending: Question?
  var timersStarted = 0
  /// Of the predictions in lessons before this one: see `Pace`.
  let sureBefore: [Bool]

  /// What the machine can do for it.
  let abilities: Abilities

  /// `pace`: how the lesson before this one was left.
  package init(lesson: Lesson, catalog: Catalog, abilities: Abilities = .all, pace: Pace = Pace()) {
    self.lesson = lesson
    self.abilities = abilities
    goesFast = pace.isFast
    sureBefore = pace.newest
    cast = Cast(lesson)
  }

  package var step: Step? { lesson.steps.indices.contains(stepIndex) ? lesson.steps[stepIndex] : nil }
  /// From 1.
  package var stepNumber: Int { min(stepIndex + 1, stepCount) }
  package var stepCount: Int { lesson.steps.count }
  package var phase: LessonPhase { step?.phase ?? lesson.steps.last?.phase ?? .read }

  /// Its programs as they are set up by now.
  package var presentActors: [ActorDeclaration] {
    lesson.actors.map { actor in
      var actor = actor
      actor.settings = cast.settings(of: actor.id)
      return actor
    }
  }

  /// How it ended, once it has.
  package var result: LessonResult? {
    if case .finished(let result) = awaiting { return result }
    return nil
  }

  /// Begins with the first step. The lab must be empty.
  package mutating func begin(_ lab: LabState) -> [Effect] {
    stepIndex = 0
    return enterStep(lab)
  }

  /// Takes what a person wants. An intent that does not fit the moment changes nothing.
  package mutating func handle(_ intent: Intent, _ lab: LabState) -> [Effect] {
    switch intent {
    case .advance: return advance(lab)
    case .answer(let keys): answer(keys, lab)
    case .confidence(let degree): setConfidence(degree)
    case .skip: return skip(lab)
    case .hint: showHint(lab)
    case .move(let key): return move(key, lab)
    case .showSolution: return showSolution(lab)
    case .runFree(let free): return setRunFree(free, lab)
    case .goFast(let fast): return setFast(fast, lab)
    case .openLesson, .resumeLesson, .closeLesson, .restart, .stepBack, .stepForward, .backToLive, .replay,
      .look, .startDemo, .stopDemo, .keepDemoRunning, .reviewed, .checked, .sandbox, .quit:
      break
    }
    return []
  }

  /// Takes what happened; `lab` is the state after it.
  package mutating func handle(_ fact: Fact, _ lab: LabState) -> [Effect] {
    let effects = keepBooks(fact)
    endPatience(fact)
    switch stage {
    case .performing, .moving: return effects + takeInScript(fact, lab)
    case .bench: return effects + checkBench(lab)
    case .idle, .reading, .asking, .sure, .over: return effects
    }
  }

  /// Remembers what later actions need, whatever the step.
  private mutating func keepBooks(_ fact: Fact) -> [Effect] {
    cast.take(fact)
    switch fact {
    case .held(let end, _, _): heldQueue.append(end)
    case .released(let end, _, _): heldQueue.firstIndex(of: end).map { _ = heldQueue.remove(at: $0) }
    case .gateChanged(let end, false), .closed(let end, _): heldQueue.removeAll { $0 == end }
    case .opened(let end, let opening) where opening.side == .server: return cast.gateAfterAccept(end)
    case .wiped: heldQueue = []
    case .listening, .stoppedListening, .actorFailed, .acceptingChanged, .acceptFailed, .weakened,
      .hooksChanged, .drained, .programStarted, .programEnded, .connecting, .resolved, .opened, .relayed,
      .dialogue, .ready, .hooked,
      .read, .faultsChanged, .faultStruck, .keyTried, .tlsStarted,
      .tlsStopped, .wire, .data, .traffic, .halfClosed, .failed, .message, .alert, .tlsState, .verified,
      .established, .ticket,
      .keyLogged,
      .gateChanged, .http, .kernel, .portRange, .timerFired:
      break
    }
    return []
  }
}

/// What panes go by in a *try* and in the questions after it, which point at nothing themselves.
package struct BeforeTry: Equatable, Sendable {
  /// What the step before pointed at.
  package let highlight: Highlight?
  /// Whom the goal is about.
  package let wanted: Set<ActorID>
  /// How many ends the lab had had when the *try* began, and before each move.
  package internal(set) var ends: [Int]
}
