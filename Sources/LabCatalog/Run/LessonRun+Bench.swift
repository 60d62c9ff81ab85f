import LabCore
import LabFacts

/// What was done at the bench so far.
struct BenchPlay: Equatable, Sendable {
  var moves: [String] = []
  /// Pressed while a move was at work.
  var next: [String] = []
  var solutionShown = false
  /// Hints are held back until this timer fires.
  var patience: TimerID?

  /// Every move made, once, in the order they were first made.
  var made: [String] {
    moves.reduce(into: []) { made, key in if !made.contains(key) { made.append(key) } }
  }
}

extension LessonRun {
  /// How long a move may take to show its effect.
  private static let moveMilliseconds = 600
  /// More than a person presses ahead on purpose.
  private static let movesAhead = 4
  /// How long a learner tries alone where a *try* stands before its explanation.
  static let patienceMilliseconds = 180_000

  mutating func openBench(_ bench: Bench, _ lab: LabState) -> [Effect] {
    self.bench = BenchPlay()
    beforeTry = BeforeTry(
      highlight: highlight, wanted: Set(bench.doneWhen.flatMap(\.subjects).map(\.actor)),
      ends: [lab.endOrder.count])
    highlight = nil
    let goal = fill(bench.goal, lab)
    pane.paragraphs = [goal]
    if isReached(bench, lab) {
      return differ([
        Mismatch(subject: "the goal", expected: "work to do", seen: "it is reached before any move")
      ])
    }
    var effects: [Effect] = []
    if bench.first {
      let timer = newTimer()
      self.bench.patience = timer
      effects = [.startTimer(timer, milliseconds: LessonRun.patienceMilliseconds)]
    }
    awaitMove(bench)
    if case .move(let shown) = awaiting { journal.append(.goal(goal, moves: shown.moves)) }
    return effects
  }

  /// Is there a *try* whose hints come only after some minutes?
  package var holdsHints: Bool { stage == .bench && bench.patience != nil }
  package static let tryFirst = "Try first: hints come after three minutes. s goes on."

  mutating func cancelPatience() -> [Effect] {
    defer { bench.patience = nil }
    return bench.patience.map { [.cancelTimer($0)] } ?? []
  }

  /// The time to try alone is over: now there are hints.
  mutating func endPatience(_ fact: Fact) {
    guard case .timerFired(let timer) = fact, timer == bench.patience else { return }
    bench.patience = nil
    guard stage == .bench, case .attempt(let bench) = step?.kind else { return }
    say(feedback: "Three minutes are over. There are hints now, and s goes on.")
    awaitMove(bench)
  }

  mutating func awaitMove(_ bench: Bench) {
    let shown = shown(bench)
    stage = .bench
    awaiting = .move(shown)
    pane.bench = shown
    let keys = shown.moves.map(\.key).joined(separator: ", ")
    let left = shown.hintsLeft
    let hints = left > 0 ? " H gives a hint (\(left) left)." : ""
    let way = bench.first ? "s goes on." : "s leaves it out."
    pane.prompt = "Make moves (\(keys)) until the goal is reached.\(hints) \(way)"
  }

  /// The bench as a learner sees it now.
  func shown(_ bench: Bench, labsTurn: String? = nil) -> TryBench {
    let moves = bench.moves.map { move in
      TryBench.Move(key: move.key, text: move.text, times: self.bench.moves.filter { $0 == move.key }.count)
    }
    let left = self.bench.patience == nil ? bench.hints.count - pane.hints.count : 0
    return TryBench(
      goal: pane.paragraphs.first ?? bench.goal, moves: moves, hintsLeft: left, labsTurn: labsTurn)
  }

  mutating func move(_ key: String, _ lab: LabState) -> [Effect] {
    guard case .attempt(let bench) = step?.kind, let move = bench.moves.first(where: { $0.key == key }) else {
      return []
    }
    guard stage == .bench else {
      keepForLater(key)
      return []
    }
    self.bench.moves.append(key)
    beforeTry?.ends.append(lab.endOrder.count)
    pane.feedback = nil
    journal.append(.moved(key: key, text: move.text))
    return run(
      Script(
        actions: move.actions, expect: bench.doneWhen, milliseconds: LessonRun.moveMilliseconds,
        allowsErrors: true,
        purpose: .move), lab)
  }

  /// A move takes its time to show what it does: what is pressed meanwhile comes after it.
  private mutating func keepForLater(_ key: String) {
    guard script?.purpose == .move, bench.next.count < LessonRun.movesAhead else { return }
    bench.next.append(key)
    showWaiting()
  }

  /// Does the moves of the solution, one after the other.
  mutating func showSolution(_ lab: LabState) -> [Effect] {
    guard stage == .bench, case .attempt(let bench) = step?.kind else { return [] }
    self.bench.solutionShown = true
    journal.append(.solutionShown(bench.solution))
    let actions = bench.solution.flatMap { key in bench.moves.first { $0.key == key }?.actions ?? [] }
    pane.feedback = "The solution: \(bench.solution.joined(separator: ", "))."
    return run(
      Script(actions: actions, expect: bench.doneWhen, allowsErrors: true, purpose: .solution), lab)
  }

  /// What a move set off may arrive late: the goal counts whenever it is reached.
  mutating func checkBench(_ lab: LabState) -> [Effect] {
    guard case .attempt(let bench) = step?.kind, !self.bench.moves.isEmpty, isReached(bench, lab) else {
      return []
    }
    return goalReached(lab)
  }

  mutating func moveMissed(
    _ lab: LabState, _ feedback: String = "Not there yet. Look at what changed, and try another move."
  ) -> [Effect] {
    guard case .attempt(let bench) = step?.kind else { return [] }
    say(feedback: feedback)
    awaitMove(bench)
    guard !self.bench.next.isEmpty else { return [] }
    return move(self.bench.next.removeFirst(), lab)
  }

  /// The goal holds: one question about the rule behind it, then on.
  mutating func goalReached(_ lab: LabState) -> [Effect] {
    bench.next = []
    recordBench(solved: !bench.solutionShown)
    journal.append(.goalReached)
    let words = bench.solutionShown ? "This is how the goal is reached." : "The goal is reached."
    let cancels = cancelPatience()
    guard let step, case .attempt(let bench) = step.kind, let rule = bench.rule else {
      pane.feedback = words
      awaitAdvance()
      return cancels
    }
    pane.bench = nil
    pane.hints = []
    let effects = ask(.rule, rule.ask, rule.answering, lab, of: step.id)
    pane.feedback = words
    return cancels + effects
  }

  mutating func recordBench(solved: Bool) {
    answers.tries.append(
      .init(step: step?.id ?? "", moves: bench.moves, solved: solved, solutionShown: bench.solutionShown))
  }

  private func isReached(_ bench: Bench, _ lab: LabState) -> Bool {
    bench.doneWhen.allSatisfy { $0.mismatches(in: lab).isEmpty }
  }
}
