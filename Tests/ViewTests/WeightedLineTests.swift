import LabCanvas
import Testing

@testable import LabViews

/// Lines that compete for room.
struct WeightedLineTests {
  private func shown(_ lines: [WeightedLine], height: Int) -> [String] {
    WeightedLine.fit(lines, width: 20, height: height, .unicode).map { $0.map(\.text).joined() }
  }

  @Test func `a line that says nothing alone never stands without the one it belongs to`() {
    let lines = [
      WeightedLine(10, PartLine("curl")), WeightedLine(90, PartLine("  exit 52"), isDetail: true),
      WeightedLine(50, PartLine("srv")),
    ]
    #expect(shown(lines, height: 1) == ["srv"])
    #expect(shown(lines, height: 2) == ["curl", "srv"])
    #expect(shown(lines, height: 3) == ["curl", "  exit 52", "srv"])
  }
}
