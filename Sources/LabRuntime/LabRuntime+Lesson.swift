import Foundation
package import LabCatalog
import LabCore
import LabFacts
import LabNet

extension LabRuntime {
  func takeIntent(_ intent: Intent) {
    switch intent {
    case .openLesson(let id): openLesson(id)
    case .resumeLesson(let id): resumeLesson(id)
    case .closeLesson: closeLesson()
    case .restart: if let run { openLesson(run.lesson.id) }
    case .stepBack: look.move(by: -1, in: log)
    case .stepForward: lookForward()
    case .backToLive: showLive()
    case .replay: look.look(.first, in: log, marks)
    case .look(let wish): if look.look(wish, in: log, marks) { showLive() }
    case .startDemo: startDemo()
    case .stopDemo: stopDemo()
    case .keepDemoRunning(let keep): demo?.keepsRunning = keep
    case .advance:
      // Space in the past goes forward in the past; the lesson goes on only when it is seen live.
      if look.event != nil { return lookForward() }
      if resumption == nil { handle(intent) }
    case .answer, .confidence, .skip, .hint, .move, .showSolution, .runFree, .goFast:
      showLive()
      if resumption == nil { handle(intent) }
    case .reviewed(let item, let belief, let right):
      progress.reviewed(item, belief: belief, right: right, on: today)
      saveProgress()
    case .checked(let answers):
      progress.checked(answers, on: today)
      saveProgress()
    case .sandbox(let wish): takeSandbox(wish)
    case .quit: break  // the program's own affair
    }
    playOn()
  }

  func takeLessonFact(_ fact: Fact, _ at: ContinuousClock.Instant) {
    if fact == .wiped {
      if run?.result != nil, playedRun == nil { playedRun = savedRun }
      log = FactLog()
      runBegan = at
      runBeganAt = Int(Date().timeIntervalSince1970 * 1_000_000)
      factCount = 0
      marks = []
      showLive()
    }
    factCount += 1
    let stamped = StampedFact(number: factCount, microseconds: (at - runBegan).microseconds, fact: fact)
    log.append(stamped)
    Lab.reduce(&live, stamped)
    if fact == .wiped { return beginPending() }
    guard var current = run else { return }
    let effects = current.handle(fact, live)
    run = current
    perform(effects)
    noteProgress()
    playOn()
  }

  /// Runs a lesson to its end with a player in the person's place.
  /// Answers what it came to; nothing where there is no such lesson. One at a time.
  package func play(_ id: String, with player: AutoPlayer) async -> LessonReport? {
    guard catalog.lesson(id) != nil else { return nil }
    self.player = player
    let began = ContinuousClock.now
    let run = await withCheckedContinuation { continuation in
      onFinished = { continuation.resume(returning: $0) }
      openLesson(id)
    }
    self.player = nil
    return LessonReport(
      run: run, failures: live.failures.elements,
      milliseconds: (ContinuousClock.now - began).microseconds / 1000)
  }

  func openPending() {
    guard pendingLesson != nil, let pki else { return }
    if lessonBench == nil { lessonBench = makeBench(.lesson, pki) }
    perform([.wipe])
  }

  func openLesson(_ id: String) {
    guard let lesson = catalog.lesson(id) else { return }
    resumption = nil
    pendingLesson = lesson.id
    leaveRun()
    playedRun = nil
    showLive()
    openPending()
  }

  private func resumeLesson(_ id: String) {
    openLesson(id)
    resumption = pendingLesson.flatMap { catalog.lesson($0) }.flatMap {
      Resumption(progress.lessons[$0.id], steps: $0.steps.count)
    }
  }

  private func beginPending() {
    guard let id = pendingLesson, let lesson = catalog.lesson(id) else { return }
    pendingLesson = nil
    keeper = ProgressKeeper()
    var fresh = LessonRun(lesson: lesson, catalog: catalog, abilities: abilities, pace: pace)
    if resumption != nil { fresh.catchUp() }
    let effects = fresh.begin(live)
    run = fresh
    perform(effects)
    noteProgress()
    playOn()
  }

  /// The pace it was left with is that of the next lesson.
  private func leaveRun() {
    if let run { pace = run.pace }
    run = nil
  }

  private func closeLesson() {
    leaveRun()
    pendingLesson = nil
    resumption = nil
    showLive()
    perform([.wipe])
  }

  private func handle(_ intent: Intent) {
    guard var current = run else { return }
    let effects = current.handle(intent, live)
    run = current
    perform(effects)
    noteProgress()
  }

  /// The player in a person's place does all it can do now.
  private func playOn() {
    catchUp()
    while let player, let before = run, before.result == nil, let intent = player.nextIntent(for: before) {
      handle(intent)
      // An intent that changed nothing would be given for ever.
      if run == before { break }
    }
    if player != nil, let run, run.result != nil, let tell = onFinished {
      onFinished = nil
      playedRun = savedRun
      tell(run)
    }
  }

  /// The steps before the one that was reached are done again; what is done then is no news for progress.
  private func catchUp() {
    while let way = resumption, let before = run {
      if way.hasArrived(before) { return arrive() }
      guard let intent = way.nextIntent(for: before) else { return }
      handle(intent)
      if run == before { return arrive() }
    }
  }

  private func arrive() {
    resumption = nil
    run?.arrive()
    keeper = ProgressKeeper()
    noteProgress()
  }

  /// Remembers where the step that is open now began.
  private func noteStep() {
    guard let run, run.result == nil, marks.last?.step != run.stepNumber else { return }
    marks.append(StepMark(after: factCount, step: run.stepNumber, phase: run.phase.rawValue))
  }

  private func noteProgress() {
    noteStep()
    guard resumption == nil, let run, keeper.take(run, into: &progress, today: today) else { return }
    if player == nil { saveProgress() }
  }

  var today: Day { Day(seconds: surroundings.now()) }
}

extension LabRuntime {
  func showLive() { look.leave() }

  /// One event on; beyond the newest everything is live again.
  private func lookForward() {
    guard look.event != nil else { return }
    if look.move(by: 1, in: log) { showLive() }
  }
}
