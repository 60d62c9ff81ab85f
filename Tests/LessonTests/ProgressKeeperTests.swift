import LabCatalog
import LabCore
import LabFacts
import Testing

@testable import LabRuntime

/// What a run adds to progress.
@Suite struct ProgressKeeperTests {
  @Test func `a step that was reached is never beyond the last, whatever the file says`() throws {
    let lesson = try #require(Shipped.catalog.lesson("SP1"))
    var entry = Progress.Entry()
    entry.reached = 99
    var progress = Progress()
    progress.lessons[lesson.id] = entry
    var keeper = ProgressKeeper()
    let run = LessonRun(lesson: lesson, catalog: Shipped.catalog)
    let hasChanged = keeper.take(run, into: &progress, today: Day(number: 0))
    #expect(hasChanged)
    #expect(progress.lessons[lesson.id]?.reached == lesson.steps.count)
  }
}
