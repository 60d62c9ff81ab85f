package import LabCatalog
package import LabCore
import LabFacts

/// What a lesson's run without a person came to.
package struct LessonReport: Sendable {
  package let run: LessonRun
  /// Every failure of the run in order, those the lesson wants included.
  package let failures: [LabState.FailureEntry]
  package let milliseconds: Int

  package var passed: Bool { run.result == .completed }

  package var mismatches: [Mismatch] {
    if case .differed(let mismatches) = run.result { return mismatches }
    return []
  }

  package var expectationsMet: Int {
    run.journal.count { entry in
      if case .expectationMet = entry { return true }
      return false
    }
  }
}
