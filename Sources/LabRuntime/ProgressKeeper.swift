import LabCatalog
import LabCore

/// What a lesson's run adds to progress. Counts each answer once, however often it is asked.
struct ProgressKeeper {
  private var countedBeaten = 0
  private var countedMissed = 0

  /// Brings progress up to date; answers whether anything changed.
  mutating func take(_ run: LessonRun, into progress: inout Progress, today: String) -> Bool {
    let before = progress
    var entry = progress.lessons[run.lesson.id] ?? Progress.Entry()
    entry.steps = run.stepCount
    entry.reached = max(entry.reached, run.stepNumber)
    entry.hints = max(entry.hints, run.answers.hints)
    if !run.answers.predictions.isEmpty {
      entry.predictions = run.answers.predictions.map {
        Progress.Prediction(step: $0.step, choice: $0.choice, correct: $0.correct, confidence: $0.confidence)
      }
    }
    if run.result == .completed { entry.done = today }
    progress.lessons[run.lesson.id] = entry
    for id in run.answers.beliefsBeaten.dropFirst(countedBeaten) {
      progress.beliefs[id, default: Progress.Belief()].beaten += 1
    }
    for id in run.answers.beliefsMissed.dropFirst(countedMissed) {
      progress.beliefs[id, default: Progress.Belief()].missed += 1
    }
    countedBeaten = run.answers.beliefsBeaten.count
    countedMissed = run.answers.beliefsMissed.count
    return progress != before
  }
}
