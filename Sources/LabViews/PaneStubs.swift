import LabCanvas
import LabCore
import LabFacts

protocol StubPane: PaneView {}
extension StubPane {
  static func title(_ context: PaneContext) -> String { "pane" }
  static func rowCount(_ context: PaneContext) -> Int { 0 }
  static func contentHeight(_ context: PaneContext, width: Int) -> Int { 0 }
  static func draw(_ canvas: inout Canvas, in rect: Rect, _ context: PaneContext) {}
}
enum MergedPairPane: StubPane {}
enum PlainPairPane: StubPane {}
enum TLSPairPane: StubPane {}
enum ConnectionsPane: StubPane {}
enum LadderPane: StubPane {}
enum WirePane: StubPane {}
enum ExplainPane: StubPane {}
enum ErrorsPane: StubPane {}
enum EventWords {
  static func line(_ fact: StampedFact, in state: LabState) -> String? { nil }
}
