import LabCore
import LabFacts

extension LessonRun {
  /// Begins a `do` step.
  mutating func perform(_ performance: Performance, _ lab: LabState) -> [Effect] {
    highlight = performance.highlight
    beforeTry = nil
    pane.note = performance.note.map(timeless)
    let outcome = lesson.outcome(of: stepIndex)
    let script = Script(
      actions: performance.actions, expect: performance.expect + outcome.right, order: performance.order,
      wrong: outcome.wrong, milliseconds: performance.withinSeconds * 1000,
      allowsErrors: performance.allowError)
    return run(script, lab)
  }

  mutating func run(_ script: Script, _ lab: LabState) -> [Effect] {
    setScript(script)
    return goOn(lab)
  }

  var script: Script? {
    switch stage {
    case .performing(let script), .moving(let script): script
    case .idle, .reading, .asking, .sure, .bench, .over: nil
    }
  }

  private mutating func setScript(_ script: Script) {
    stage = script.isStep ? .performing(script) : .moving(script)
  }

  /// Takes a fact while actions are at work.
  mutating func takeInScript(_ fact: Fact, _ lab: LabState) -> [Effect] {
    guard var script else { return [] }
    if case .timerFired(let timer) = fact { return takeTimer(timer, script, lab) }
    if case .kernel = fact { script.kernelIsFresh = true }
    if case .released(let end, _, _) = fact, script.releasing == end { script.releasing = nil }
    setScript(script)
    if case .programEnded(let actor, _) = fact, let program = lab.programs[actor] {
      journal.append(.ran(actor, program))
      pane.ran.append(StepPane.Ran(actor: actor, program: program))
    }
    switch script.wait {
    case .settling(let settling):
      if script.isStep, let mismatch = settling.unwanted(fact) { return differ([mismatch]) }
      guard let left = settling.after(fact, gated: cast.isGated) else { return finishWait(lab) }
      script.wait = .settling(left)
      setScript(script)
      return []
    case .releasing(let subject, let left): return release(subject, left: left, after: fact, lab)
    case .carrying(let end, let hasBegun): return carry(end, hasBegun: hasBegun, after: fact, lab)
    case .walking: return walk(lab)
    case .condition, .expecting: return checkConditions(lab)
    case .nothing: return []
    }
  }

  /// The action is done: the next one, or the expectations.
  mutating func finishWait(_ lab: LabState) -> [Effect] {
    guard var script else { return [] }
    let cancels = cancelTimers()
    script.wait = .nothing
    script.releasing = nil
    script.deadline = nil
    script.sampler = nil
    setScript(script)
    return cancels + goOn(lab)
  }

  /// Does actions until one has to settle.
  private mutating func goOn(_ lab: LabState) -> [Effect] {
    var effects: [Effect] = []
    while var script = self.script, script.wait == .nothing {
      guard let action = script.actions.first else {
        let asked = script.expect + script.wrong.flatMap(\.shows)
        effects += begin(.expecting, asking: asked, milliseconds: script.milliseconds)
        return effects + checkConditions(lab)
      }
      script.actions.removeFirst()
      setScript(script)
      effects += act(action, lab)
    }
    return effects
  }

  /// Waits for the fact that ends an action, within a bound.
  mutating func settle(_ settling: Settling) -> [Effect] {
    begin(.settling(settling), milliseconds: Script.settleMilliseconds)
  }

  /// Starts a wait with its clock, and reads the kernel's table anew where one of the conditions asks it.
  mutating func begin(_ wait: Script.Wait, asking: [Condition] = [], milliseconds: Int) -> [Effect] {
    guard var script else { return [] }
    let deadline = newTimer()
    script.wait = wait
    script.deadline = deadline
    script.kernelIsFresh = true
    var effects: [Effect] = [.startTimer(deadline, milliseconds: milliseconds)]
    if asking.contains(where: \.readsKernel) {
      let sampler = newTimer()
      script.sampler = sampler
      script.kernelIsFresh = false
      effects += [.sampleKernel, .startTimer(sampler, milliseconds: Script.sampleMilliseconds)]
    }
    setScript(script)
    showWaiting()
    return effects
  }

  mutating func checkConditions(_ lab: LabState) -> [Effect] {
    guard let script, script.kernelIsFresh, unmet(script, lab).isEmpty else { return [] }
    if case .condition = script.wait { return finishWait(lab) }
    return fulfilled(script, lab)
  }

  private func unmet(_ script: Script, _ lab: LabState) -> [Mismatch] {
    switch script.wait {
    case .condition(let condition): condition.mismatches(in: lab)
    case .expecting:
      script.expect.flatMap { $0.mismatches(in: lab) } + OrderCheck.mismatches(script.order, lab)
    case .walking(let conditions): conditions.flatMap { $0.mismatches(in: lab) }
    case .settling(let settling):
      [Mismatch(subject: settling.subject, expected: settling.expected, seen: "nothing in time")]
    case .releasing(let subject, _):
      [Mismatch(subject: subject.text, expected: "a record held at its gate", seen: "none in 5 seconds")]
    case .carrying(let end, hasBegun: false):
      [Mismatch(subject: Subject.path(end), expected: "something to carry", seen: "nothing in its buffer")]
    case .carrying(let end, hasBegun: true):
      [Mismatch(subject: Subject.path(end), expected: "its records carried", seen: "not all in 5 seconds")]
    case .nothing: []
    }
  }

  /// Everything expected was seen.
  private mutating func fulfilled(_ script: Script, _ lab: LabState) -> [Effect] {
    let cancels = cancelTimers()
    switch script.purpose {
    case .step: break
    case .move, .solution: return cancels + goalReached(lab)
    case .question: return cancels + openPoint(lab)
    }
    let held = script.wrong.filter { $0.holds(lab) }
    if !held.isEmpty { return cancels + differ(held.map { $0.mismatch(lab) }) }
    journal += script.expect.map { .expectationMet($0.sentence(in: lab)) }
    if case .perform(let performance) = step?.kind, let note = performance.note {
      let filled = fill(note, lab)
      pane.note = filled
      journal.append(.noted(filled))
    }
    awaitAdvance("Look at what happened. Press Space to go on.")
    // The learner looks at the kernel's table now: let it be of this moment.
    return cancels + [.sampleKernel]
  }

  private mutating func takeTimer(_ timer: TimerID, _ script: Script, _ lab: LabState) -> [Effect] {
    if timer == script.sampler { return sampleAgain(script, lab) }
    guard timer == script.deadline else { return [] }
    var late = script
    late.deadline = nil
    setScript(late)
    return tooLate(late, lab)
  }

  private mutating func sampleAgain(_ script: Script, _ lab: LabState) -> [Effect] {
    var script = script
    let timer = newTimer()
    // A table that did not change may not be reported again.
    script.kernelIsFresh = true
    script.sampler = timer
    setScript(script)
    let effects: [Effect] = [.sampleKernel, .startTimer(timer, milliseconds: Script.sampleMilliseconds)]
    return effects + checkConditions(lab)
  }

  private mutating func tooLate(_ script: Script, _ lab: LabState) -> [Effect] {
    switch script.purpose {
    case .move: return settledMoveTooLate(script, lab)
    case .step, .solution, .question:
      let mismatches = unmet(script, lab)
      if mismatches.isEmpty, case .walking = script.wait {
        return differ([
          Mismatch(subject: "the gate", expected: "the held records to be let go", seen: "no answer")
        ])
      }
      return differ(mismatches)
    }
  }

  /// A move that does not lead to the goal is no failure: the learner goes on trying.
  private mutating func settledMoveTooLate(_ script: Script, _ lab: LabState) -> [Effect] {
    if script.wait == .expecting { return cancelTimers() + moveMissed(lab) }
    return finishWait(lab)
  }

  mutating func newTimer() -> TimerID {
    timersStarted += 1
    return TimerID("lesson.\(timersStarted)")
  }

  func cancelTimers() -> [Effect] {
    [script?.deadline, script?.sampler].compactMap { $0.map(Effect.cancelTimer) }
  }

  /// Puts what the script waits for on the screen.
  mutating func showWaiting() {
    guard let script else { return }
    let waiting = heldQueue.count
    if case .walking = script.wait, waiting > 0, script.releasing == nil, !runsFree {
      awaiting = .release(waiting: waiting)
      pane.prompt = "Press Space to let the next message go (\(waiting) held). F lets them all run."
    } else {
      let what = script.wait.words
      awaiting = .facts(what)
      if script.purpose == .move, case .attempt(let bench) = step?.kind {
        let shown = shown(bench, labsTurn: what)
        awaiting = .move(shown)
        pane.bench = shown
      }
      let next = bench.next.isEmpty ? "" : " Next: \(bench.next.joined(separator: ", "))."
      pane.prompt = "Waiting for \(what)…\(next)"
    }
  }

  /// What a note says without a value of the run: values are told when the step is done.
  private func timeless(_ note: String) -> String {
    Template.fillDropping(note) { _ in nil } ?? ""
  }
}

extension Script.Wait {
  fileprivate var words: String {
    switch self {
    case .nothing: "the next action"
    case .settling(let settling): "\(settling.subject(short)): \(settling.expected)"
    case .releasing(let subject, _): "a record of \(subject.text)"
    case .carrying(let end, _): "the records of \(short(end))"
    case .walking: "the next message"
    case .condition(let condition): condition.sentence
    case .expecting: "what the lesson expects"
    }
  }

  /// An end for a person who watches: most programs have one.
  private func short(_ end: EndID) -> String {
    end.ordinal == 1 ? end.actor.rawValue : "\(end.actor) #\(end.ordinal)"
  }
}
