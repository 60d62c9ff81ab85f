import LabCanvas
import LabCatalog
import LabCore

/// The first screen: ways in, lessons, and what the chosen lesson is about.
///
///     80×24                            140×40
///     ┌─ 1 Tracks ─┐┌─ 2 Lessons ──┐   ┌─ Tracks ─┐┌─ Lessons ─────┐┌─ About ────┐
///     │            ││              │   │          ││               ││            │
///     │            │└──────────────┘   │ due      │└───────────────┘│            │
///     │ path       │┌─ 3 About ────┐   │ beliefs  │┌─ The map ─────┐│            │
///     └────────────┘└──────────────┘   └──────────┘└───────────────┘└────────────┘
enum CatalogScreen {
  static func draw(_ canvas: inout Canvas, _ frame: ScreenFrame) {
    let (model, snapshot) = (frame.model, frame.snapshot)
    let list = CatalogList(snapshot, model)
    frame.top(&canvas, left: topLeft(frame), right: topRight(list, frame))
    let layout = CatalogLayout(canvas.size, focus: model.focus, zoomed: model.zoomed)
    if let rect = layout.places[.tracks] { CatalogWays.draw(&canvas, rect, list, frame) }
    if let rect = layout.places[.lessons] { CatalogLessons.draw(&canvas, rect, list, frame) }
    if let rect = layout.places[.about] {
      let title = "About \(list.chosen?.lesson.code ?? "the lessons")"
      frame.textBox(&canvas, rect, .about, title: title, CatalogAbout.document(list, snapshot))
    }
    if let map = layout.map { CatalogMap.draw(&canvas, map, list, frame) }
    let search = model.search.isEmpty ? "" : "search: \(model.search)   "
    let aside = canvas.size.width >= 120 ? "progress is kept in \(snapshot.environment.progressPath)" : ""
    frame.status(&canvas, search + (snapshot.notices.last ?? news(list, snapshot)), right: aside)
    frame.footer(&canvas)
  }

  /// Somebody who has done nothing yet is told where to begin.
  private static func news(_ list: CatalogList, _ snapshot: LabSnapshot) -> String {
    if snapshot.progress.lessons.isEmpty, let path = snapshot.catalog.paths.paths.first, list.way.kind == .all
    {
      return "New here? \(path.title), at the left, is a short way through."
    }
    let isQuestions = list.rows.contains { $0.ask != nil }
    return CatalogMarks.counted(list.rows.count, isQuestions ? "question" : "lesson") + " listed"
  }

  private static func topLeft(_ frame: ScreenFrame) -> Line {
    [Span("netlab", .strong), Span(" \(frame.glyphs.marker) ", .dim), Span("Catalog", .strong)]
  }

  private static func topRight(_ list: CatalogList, _ frame: ScreenFrame) -> Line {
    let snapshot = frame.snapshot
    let done = snapshot.catalog.lessons.count { snapshot.progress.lessons[$0.id]?.done != nil }
    var parts = ["\(done)/\(snapshot.catalog.lessons.count) lessons done"]
    if frame.lines.top.width >= 100 {
      let about = [snapshot.environment.opensslVersion, snapshot.environment.kernel]
      parts = about.filter { !$0.isEmpty } + parts
    }
    let due = snapshot.catalog.due(snapshot.progress, on: snapshot.today).count
    if due > 0 { parts.append(CatalogMarks.counted(due, "question") + " due") }
    if snapshot.demo?.keepsRunning == true { parts.append("demo running") }
    return [Span(parts.joined(separator: " \(frame.glyphs.dot) "), .dim)]
  }
}

/// The marks of lessons and of ways through them.
enum CatalogMarks {
  static func done(_ glyphs: Glyphs) -> String { glyphs == .ascii ? "x" : glyphs.ok }
  static let begun = "~"
  static let due = "!"

  /// `3 lessons`.
  static func counted(_ count: Int, _ what: String) -> String {
    count == 1 ? "1 \(what)" : "\(count) \(what)s"
  }

  static func mark(_ status: CatalogList.Status, _ glyphs: Glyphs) -> (String, Role) {
    switch status {
    case .fresh: (" ", .text)
    case .started: (begun, .notice)
    case .done: (done(glyphs), .good)
    }
  }

  static func legend(_ glyphs: Glyphs) -> String { "\(done(glyphs)) done  \(begun) begun" }
}
