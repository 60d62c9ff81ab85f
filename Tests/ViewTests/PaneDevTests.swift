import LabCanvas
import LabTesting
import LabViews
import Testing
@testable import LabCatalog

@Test func devPictures() {
  let all: [(String, FactStory)] = [
    ("paired", PaneSamples.paired), ("held", PaneSamples.held), ("refused", PaneSamples.refused),
  ]
  for (name, story) in all {
    for glyphs in [Glyphs.unicode, .ascii] {
      var c = PaneSamples.context(story, glyphs)
      func show(_ p: any PaneView.Type, _ w: Int, _ h: Int) {
        print("--- \(name) \(p) \(w)x\(h)  title: \(p.title(c))")
        for line in PaneSamples.picture(p, w, h, c).split(separator: "\n", omittingEmptySubsequences: false) {
          print("|" + line)
        }
      }
      show(PlainPairPane.self, 38, 4); show(TLSPairPane.self, 38, 4); show(TLSPairPane.self, 68, 8);
      show(PlainPairPane.self, 68, 8)
      show(MergedPairPane.self, 58, 10)
      show(LadderPane.self, 78, 8); show(LadderPane.self, 42, 32); show(LadderPane.self, 138, 34);
      show(LadderPane.self, 28, 9)
      show(WirePane.self, 78, 8); show(WirePane.self, 48, 14); show(WirePane.self, 138, 20)
      show(ErrorsPane.self, 78, 6)
      c.selection = 1; c.focused = true
      show(ConnectionsPane.self, 78, 8); show(ConnectionsPane.self, 94, 9); show(ConnectionsPane.self, 138, 9)
    }
  }
}
