import LabCanvas
import LabCatalog
import LabCore

/// Names of panes that take turns in one place, the one in sight bracketed.
enum TabStrip {
  /// `[6 Explain]  4 Ladder  5 Wire  7 Errors(0)`; only the numbers where names have no room.
  static func line(
    _ panes: [PaneID], shown: PaneID, focused: Bool, errors: Int, width: Int, merged: Bool = false
  ) -> Line {
    var line: Line = []
    for tab in tabs(panes, shown: shown, errors: errors, width: width, merged: merged) {
      if !line.isEmpty { line.append(Span("  ")) }
      let isShown = tab.pane == shown
      line.append(Span(tab.words, isShown ? .strong : .dim, reversed: isShown && focused))
    }
    return line
  }

  /// The pane whose name stands in that column, counted from the first name's.
  static func pane(
    at column: Int, _ panes: [PaneID], shown: PaneID, errors: Int, width: Int, merged: Bool = false
  ) -> PaneID? {
    var start = 0
    for tab in tabs(panes, shown: shown, errors: errors, width: width, merged: merged) {
      let end = start + DisplayWidth.of(tab.words)
      if start <= column, column < end { return tab.pane }
      start = end + 2
    }
    return nil
  }

  static func draw(_ canvas: inout Canvas, _ rect: Rect, _ model: AppModel, _ snapshot: LabSnapshot) {
    let strip = line(
      ofLesson, shown: shownInLesson(model), focused: true, errors: snapshot.lab.failures.total,
      width: rect.width, merged: true)
    canvas.write(line: strip, x: rect.x, y: rect.y, clip: rect)
  }

  /// Where one pane is shown at a time, both pairs are one.
  static var ofLesson: [PaneID] { PaneID.ofLesson.filter { $0 != .tls } }
  static func shownInLesson(_ model: AppModel) -> PaneID { model.focus == .tls ? .plain : model.focus }

  private static func tabs(
    _ panes: [PaneID], shown: PaneID, errors: Int, width: Int, merged: Bool
  ) -> [(pane: PaneID, words: String)] {
    func tab(_ pane: PaneID, named: Bool) -> (pane: PaneID, words: String) {
      (pane, words(pane, named ? name(pane, errors, merged) : "", shown))
    }
    let long = panes.map { tab($0, named: true) }
    let length = long.reduce(2 * max(0, long.count - 1)) { $0 + DisplayWidth.of($1.words) }
    return length <= width ? long : panes.map { tab($0, named: $0 == shown) }
  }

  private static func words(_ pane: PaneID, _ name: String, _ shown: PaneID) -> String {
    let words = ["\(pane.number ?? 0)", name].filter { !$0.isEmpty }.joined(separator: " ")
    return pane == shown ? "[\(words)]" : words
  }

  /// The columns that names have in the title of a box.
  static func room(in rect: Rect) -> Int { rect.width - 8 }

  /// The tab under a cell of a box's upper line, drawn by `tabbedBox`.
  static func pane(
    atX x: Int, y: Int, in rect: Rect, _ tabs: [PaneID], shown: PaneID, _ model: AppModel, errors: Int
  ) -> PaneID? {
    guard y == rect.y, !tabs.isEmpty else { return nil }
    let marker = model.focus == shown ? DisplayWidth.of(model.glyphs.marker) : 0
    return pane(at: x - rect.x - 3 - marker, tabs, shown: shown, errors: errors, width: room(in: rect))
  }

  private static func name(_ pane: PaneID, _ errors: Int, _ merged: Bool) -> String {
    switch pane {
    case .errors: "Errors(\(errors))"
    case .plain: merged ? "Pair" : pane.word
    case .connections: merged ? "Conn" : pane.word
    case .tracks, .lessons, .about, .tls, .ladder, .wire, .explain, .happened, .advice, .address, .visitors,
      .theirs, .ours, .settings, .faults, .runs, .text:
      pane.word
    }
  }
}

extension ScreenFrame {
  /// A box whose title is a strip of tabs.
  func tabbedBox(
    _ canvas: inout Canvas, _ rect: Rect, _ place: LessonLayout.Place, note: String?
  ) -> Rect {
    tabbedBox(&canvas, rect, place.pane, place.tabs, note: note)
  }

  /// The same for any pane and the panes it takes turns with.
  func tabbedBox(
    _ canvas: inout Canvas, _ rect: Rect, _ pane: PaneID, _ tabs: [PaneID], note: String?
  ) -> Rect {
    let focused = model.focus == pane
    let inside = canvas.box(rect, focused: focused, note: note, glyphs: glyphs)
    let strip = TabStrip.line(
      tabs, shown: pane, focused: focused, errors: snapshot.lab.failures.total,
      width: TabStrip.room(in: rect))
    let clip = Rect(x: rect.x + 2, y: rect.y, width: max(0, rect.width - 4), height: 1)
    var x = canvas.write(" ", x: rect.x + 2, y: rect.y, clip: clip)
    if focused { x = canvas.write(glyphs.marker, x: x, y: rect.y, role: .strong, clip: clip) }
    x = canvas.write(line: strip, x: x, y: rect.y, clip: clip)
    canvas.write(" ", x: x, y: rect.y, clip: clip)
    if focused, canvas.cursor == nil { canvas.cursor = (inside.x, inside.y) }
    return inside.inset(1, 0)
  }
}
