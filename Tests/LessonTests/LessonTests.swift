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

  @Test(arguments: Shipped.ids)
  func `a lesson happens the same way again and again`(id: String) async throws {
    for round in 1...20 {
      let report = try await Shipped.play(id)
      let passed = report.passed
      try #require(passed, "round \(round): \(report.mismatches.map(\.sentence))")
    }
  }
}
