import LabCatalog
import LabCore
import Testing

/// Where a lesson goes on that somebody left.
@Suite struct ResumptionTests {
  @Test(
    arguments: [
      (0, 7, nil), (1, 7, nil), (2, 7, 1), (7, 7, 6), (99, 7, 6), (.max, 7, 6), (.min, 7, nil), (99, 1, nil),
      (99, 0, nil),
    ] as [(Int, Int, Int?)])
  func `it is the step that was reached, and never one beyond the last`(
    reached: Int, steps: Int, target: Int?
  ) {
    var entry = Progress.Entry()
    entry.reached = reached
    #expect(Resumption(entry, steps: steps)?.target == target)
  }
}
