import LabCore
import LabFacts

extension LessonRun {
  mutating func beginRelease(_ subject: Subject, _ count: Int) -> [Effect] {
    journal.append(
      .did("Let \(count == 1 ? "the oldest record" : "\(count) records") of \(subject.text) go."))
    return begin(.releasing(subject, left: count), milliseconds: Script.settleMilliseconds)
      + releaseHeld(of: subject)
  }

  /// Everything an end has written and nobody has carried yet goes to the other side: one flight.
  ///
  /// An engine makes a flight in one go, but its records are told one by one. So this waits a moment for the
  /// first, goes on until none is left, and doesn't count those that happen to be told by now.
  mutating func beginCarry(_ subject: Subject, _ lab: LabState) -> [Effect] {
    guard let end = ends(of: subject, lab).last else { return nobody(subject, lab) }
    journal.append(.did("Carry what \(subject.text) has written."))
    guard heldQueue.contains(end) else {
      return begin(.carrying(end, hasBegun: false), milliseconds: Script.writeMilliseconds)
    }
    return begin(.carrying(end, hasBegun: true), milliseconds: Script.settleMilliseconds) + letGo(end)
  }

  /// A record of the flight is there, or has gone: the next one goes, or the flight is over.
  mutating func carry(_ end: EndID, hasBegun: Bool, after fact: Fact, _ lab: LabState) -> [Effect] {
    if case .held(end, _, _) = fact, !hasBegun {
      // From here on it may take as long as an action may.
      let cancels = cancelTimers()
      return cancels + begin(.carrying(end, hasBegun: true), milliseconds: Script.settleMilliseconds)
        + letGo(end)
    }
    if case .released(end, _, _) = fact { return heldQueue.contains(end) ? letGo(end) : finishWait(lab) }
    return []
  }

  /// One record of a subject was, or is now, let go.
  mutating func release(_ subject: Subject, left: Int, after fact: Fact, _ lab: LabState) -> [Effect] {
    guard case .released(let end, _, _) = fact, end.actor == subject.actor else {
      return releaseHeld(of: subject)
    }
    guard left > 1 else { return finishWait(lab) }
    setWait(.releasing(subject, left: left - 1))
    return releaseHeld(of: subject)
  }

  private mutating func releaseHeld(of subject: Subject) -> [Effect] {
    guard script?.releasing == nil, let end = heldQueue.first(where: { matches($0, subject) }) else {
      return []
    }
    return letGo(end)
  }

  private func matches(_ end: EndID, _ subject: Subject) -> Bool {
    guard end.actor == subject.actor else { return false }
    if case .numbered(let number) = subject.which { return end.ordinal == number }
    return true
  }

  mutating func beginWalk(_ until: [Condition], _ lab: LabState) -> [Effect] {
    journal.append(.did("Let the held records go one by one."))
    return begin(.walking(until: until), milliseconds: Script.settleMilliseconds) + walk(lab)
  }

  /// Looks whether the walk is over; otherwise the next record waits for Space, or goes by itself.
  mutating func walk(_ lab: LabState) -> [Effect] {
    guard let script, case .walking(let until) = script.wait else { return [] }
    if heldQueue.isEmpty, script.releasing == nil {
      if until.allSatisfy({ $0.mismatches(in: lab).isEmpty }) {
        // Letting them run was meant for this walk: the next one stops at each message again.
        runsFree = false
        return finishWait(lab)
      }
      return keepClock()
    }
    if runsFree { return releaseNext(lab) }
    let effects = stopClock()
    showWaiting()
    return effects
  }

  /// Space: the record that has waited longest goes, whoever holds it.
  mutating func releaseNext(_ lab: LabState) -> [Effect] {
    guard let script, case .walking = script.wait, script.releasing == nil, let end = heldQueue.first else {
      return []
    }
    let effects = letGo(end)
    return effects + keepClock()
  }

  mutating func setRunFree(_ free: Bool, _ lab: LabState) -> [Effect] {
    runsFree = free
    guard free else {
      showWaitingIfWalking()
      return []
    }
    return releaseNext(lab)
  }

  private mutating func showWaitingIfWalking() {
    if isWalking { showWaiting() }
  }

  /// Do held records go one by one, by Space?
  package var isWalking: Bool {
    if let script, case .walking = script.wait { true } else { false }
  }

  private mutating func letGo(_ end: EndID) -> [Effect] {
    change { $0.releasing = end }
    showWaiting()
    return [.release(end)]
  }

  /// While a person looks at a held record, no clock runs.
  private mutating func stopClock() -> [Effect] {
    guard let deadline = script?.deadline, script?.releasing == nil else { return [] }
    change { $0.deadline = nil }
    return [.cancelTimer(deadline)]
  }

  private mutating func keepClock() -> [Effect] {
    showWaiting()
    guard script?.deadline == nil else { return [] }
    let timer = newTimer()
    change { $0.deadline = timer }
    return [.startTimer(timer, milliseconds: Script.settleMilliseconds)]
  }

  private mutating func setWait(_ wait: Script.Wait) { change { $0.wait = wait } }

  private mutating func change(_ change: (inout Script) -> Void) {
    switch stage {
    case .performing(var script):
      change(&script)
      stage = .performing(script)
    case .moving(var script):
      change(&script)
      stage = .moving(script)
    case .idle, .reading, .asking, .sure, .bench, .over: break
    }
  }
}
