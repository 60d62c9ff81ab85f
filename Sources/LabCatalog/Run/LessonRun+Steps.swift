import LabCore
import LabFacts

extension LessonRun {
  /// Shows the step at `stepIndex`, or ends the lesson after the last one.
  mutating func enterStep(_ lab: LabState) -> [Effect] {
    while passesOverText { stepIndex += 1 }
    if passOver() { return [] }
    guard let step else { return complete() }
    journal.append(.stepBegan(id: step.id, number: stepNumber, count: stepCount, phase: step.phase))
    pane = StepPane(phase: step.phase, title: step.phase.title)
    switch step.kind {
    case .say(let text): say(text, lab)
    case .predict(let prediction):
      return ask(.predict, prediction.ask, prediction.answering, lab, of: step.id)
    case .perform(let performance): return perform(performance, lab)
    case .observe(let observation):
      return ask(.observe, observation.ask, observation.answering, lab, of: step.id)
    case .explain(let refutation): explain(refutation, lab)
    case .attempt(let bench): return openBench(bench, lab)
    case .recall:
      itemIndex = 0
      highlight = nil
      return askRecall(lab)
    }
    return []
  }

  mutating func advance(_ lab: LabState) -> [Effect] {
    switch stage {
    case .sure:
      awaitAdvance()
      return []
    case .reading: break
    case .performing, .moving: return releaseNext(lab)
    case .idle, .asking, .bench, .over: return []
    }
    if case .recall(let items) = step?.kind, itemIndex + 1 < items.count {
      itemIndex += 1
      return askRecall(lab)
    }
    stepIndex += 1
    return enterStep(lab)
  }

  /// Leaves a prediction, a recall question or a *try* out.
  mutating func skip(_ lab: LabState) -> [Effect] {
    guard let step else { return [] }
    switch (stage, step.kind) {
    case (.asking, .predict):
      answers.predictions.append(
        .init(step: step.id, choice: nil, correct: false, confidence: nil, belief: nil))
      lastPrediction = nil
    case (.asking, .recall):
      answers.recalls.append(.init(step: step.id, item: itemIndex, correct: nil, belief: nil))
    case (.bench, .attempt):
      recordBench(solved: false)
      journal.append(.skipped)
      stage = .reading
      return cancelPatience() + advance(lab)
    case (.asking, .attempt): break
    case (_, .say), (_, .predict), (_, .perform), (_, .observe), (_, .explain), (_, .attempt), (_, .recall):
      return []
    }
    journal.append(.skipped)
    stage = .reading
    return advance(lab)
  }

  private mutating func complete() -> [Effect] {
    pane = StepPane(
      phase: phase, title: "Done", paragraphs: answers.summary,
      prompt: "The lesson is done. Esc goes back to the catalog.")
    finish(.completed)
    return [.wipe]
  }

  /// Ends the lesson because the run was not what it tells. The lab stays as it is, to be looked at.
  mutating func differ(_ mismatches: [Mismatch]) -> [Effect] {
    let cancels = cancelTimers() + cancelPatience()
    journal += mismatches.map(JournalEntry.expectationMissed)
    pane.title = "This run differs from the lesson"
    pane.question = nil
    pane.bench = nil
    pane.mismatches = mismatches
    pane.prompt = "R starts the lesson anew. Esc goes back to the catalog."
    finish(.differed(mismatches))
    return cancels
  }

  private mutating func finish(_ result: LessonResult) {
    stage = .over
    awaiting = .finished(result)
    journal.append(.finished(result))
  }

  private mutating func say(_ text: String, _ lab: LabState) {
    pane.paragraphs = Paragraphs.split(fill(text, lab))
    journal += pane.paragraphs.map(JournalEntry.said)
    awaitAdvance()
    offerFast()
  }

  /// What the learner believed comes first, then what is so.
  private mutating func explain(_ refutation: Refutation, _ lab: LabState) {
    let answered = openBeliefs.filter { refutation.forBelief[$0] != nil }
    openBeliefs.removeAll { answered.contains($0) }
    // What is answered here may be an earlier guess: the newest one is quoted before its own answer only.
    pane.predicted = answered.allSatisfy(lastMissed.contains) ? lastPrediction : nil
    pane.paragraphs =
      (answered.compactMap { refutation.forBelief[$0] } + bench.made.compactMap { refutation.forMove[$0] }
      + [refutation.say])
      .flatMap { Paragraphs.split(fill($0, lab)) }
    pane.note = refutation.note.map { fill($0, lab) }
    pane.cards = refutation.cards
    let note = pane.note.map { ["Note: \($0)"] } ?? []
    journal += (pane.paragraphs + note).map(JournalEntry.said)
    awaitAdvance()
    offerFast()
  }

  private mutating func offerFast() {
    guard offersFast else { return }
    pane.prompt = "Press Space to go on. > goes on fast: no more texts, only what is asked."
  }

  mutating func awaitAdvance(_ prompt: String = "Press Space to go on.") {
    stage = .reading
    awaiting = .advance
    pane.prompt = prompt
  }

  /// Fills a text from the lab and remembers what was missing.
  mutating func fill(_ text: String, _ lab: LabState) -> String {
    let (filled, missing) = Template.fill(text) { lab.value(of: $0) }
    missingPaths += missing.filter { !missingPaths.contains($0) }
    return filled
  }
}

extension LessonPhase {
  var title: String {
    switch self {
    case .read: "Read"
    case .predict: "Predict"
    case .run: "Run"
    case .observe: "Observe"
    case .explain: "Explain"
    case .attempt: "Try"
    case .recall: "Recall"
    }
  }
}
