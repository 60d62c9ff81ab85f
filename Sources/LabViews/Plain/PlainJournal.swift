package import LabCatalog
import LabCore

/// A finished run as the plain mode tells it.
package enum PlainJournal {
  /// All lines of a run, in order.
  package static func lines(for run: LessonRun, _ catalog: Catalog) -> [String] {
    run.journal.enumerated().flatMap { place, entry in
      let lab = run.labsAsked[place] ?? LabState()
      return PlainText.lines(entry, run, LabSnapshot(catalog: catalog, lab: lab, run: run))
    }
  }
}

extension PlainSession {
  /// A session that begins at the HTTPS demo.
  package static var atDemo: PlainSession {
    var session = PlainSession()
    session.place = .demo
    return session
  }
}

extension PlainText {
  /// How to trust the lab's CA, and how to undo it, as lines.
  package static func trustLines(_ demo: DemoSnapshot) -> [String] { trust(demo) }
}
