import LabFacts
import LabCatalog
import LabCore

/// What a lesson's run adds to progress. Counts each answer once, however often it is asked.
struct ProgressKeeper {
  private var countedBeaten = 0
  private var countedMissed = 0

  /// Brings progress up to date; answers whether anything changed.
  mutating func take(_ run: LessonRun, into progress: inout Progress, today: Day) -> Bool {
    let before = progress
    var entry = progress.lessons[run.lesson.id] ?? Progress.Entry()
    entry.steps = run.stepCount
    entry.reached = min(max(entry.reached, run.stepNumber), run.stepCount)
    entry.hints = max(entry.hints, run.answers.hints)
    if !run.answers.predictions.isEmpty {
      entry.predictions = run.answers.predictions.map {
        Progress.Prediction(step: $0.step, choice: $0.choice, correct: $0.correct, confidence: $0.confidence)
      }
    }
    if run.result == .completed { entry.done = today.description }
    progress.lessons[run.lesson.id] = entry
    if run.result == .completed {
      progress.enroll(run.lesson.recallItems.map(\.name), learned: today)
    }
    for id in run.answers.beliefsBeaten.dropFirst(countedBeaten) {
      progress.met(id, right: true, on: today)
    }
    for id in run.answers.beliefsMissed.dropFirst(countedMissed) {
      progress.met(id, right: false, on: today)
    }
    countedBeaten = run.answers.beliefsBeaten.count
    countedMissed = run.answers.beliefsMissed.count
    return progress != before
  }
}
