import LabCatalog
import LabFacts
import LabRuntime

/// Whoever takes what a person wants, and reports what came of it to a mailbox.
protocol Backstage: Sendable {
  func start() async
  /// From any thread; never waits.
  func send(_ intent: Intent)
  func shutDown() async
  /// What could be taken along now, and the lesson's run where it is at work.
  func taken() async -> (saved: SavedRun?, run: LessonRun?)
}

extension LabRuntime: Backstage {
  func taken() async -> (saved: SavedRun?, run: LessonRun?) { (runToTake, snapshot.run) }
}
