import LabCatalog
import LabFacts
import LabRuntime
import Testing

/// Every lesson of the catalog, on real sockets.
@Suite(.serialized) struct LessonTests {
  @Test(arguments: Shipped.ids)
  func `what a lesson tells is what happens`(id: String) async throws {
    let report = try await Shipped.play(id)
    #expect(report.mismatches.map(\.sentence) == [])
    let passed = report.passed
    #expect(passed)
    #expect(report.run.missingPaths == [])
  }

  /// A few at a time, in another order in each round.
  @Test(arguments: 1...20)
  func `lessons happen the same way again and again, in any order and side by side`(round: Int) async throws {
    let ids = Shipped.ids.shuffled()
    let width = 3
    try await withThrowingTaskGroup(of: LessonReport.self) { group in
      var waiting = ids[...]
      func next() {
        guard let id = waiting.popFirst() else { return }
        group.addTask { try await Shipped.play(id) }
      }
      for _ in 1...width { next() }
      while let report = try await group.next() {
        let passed = report.passed
        #expect(passed, "\(report.run.lesson.code), round \(round): \(report.mismatches.map(\.sentence))")
        next()
      }
    }
  }
}
