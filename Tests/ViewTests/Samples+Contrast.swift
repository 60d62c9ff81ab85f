import LabCore
import LabFacts

@testable import LabCatalog
@testable import LabViews

extension Samples {
  /// A lesson that contrasts its two halves: the plain client beside the one with TLS.
  static var contrast: LabSnapshot {
    var snapshot = snapshot(run())
    guard let run = snapshot.run else { return snapshot }
    var lesson = run.lesson
    lesson.layout = Lesson.Layout(
      left: ["srv", "cli1", "cli2", "cli3"], right: ["tsrv", "tcli1", "tcli2"], leftTitle: "PLAIN TCP",
      rightTitle: "TLS 1.3", pane: .ladder)
    lesson.layout.contrast = true
    snapshot.run = run.playing(lesson)
    return snapshot
  }
}

extension LessonRun {
  /// The same moment in another form of the lesson.
  fileprivate func playing(_ lesson: Lesson) -> LessonRun {
    var other = LessonRun(lesson: lesson, catalog: Samples.catalog)
    (other.awaiting, other.pane, other.stepIndex) = (awaiting, pane, stepIndex)
    return other
  }
}
