import LabCanvas
import LabCatalog
import LabCore

/// Names of panes that take turns in one place, the one in sight bracketed.
enum TabStrip {
  /// `[6 Explain]  4 Ladder  5 Wire  7 Errors(0)`; only the numbers where names have no room.
  static func line(
    _ panes: [PaneID], shown: PaneID, focused: Bool, errors: Int, width: Int, merged: Bool = false
  ) -> Line {
    let long = build(panes, shown, focused) { name($0, errors, merged) }
    if long.width <= width { return long }
    return build(panes, shown, focused) { $0 == shown ? name($0, errors, merged) : "" }
  }

  static func draw(_ canvas: inout Canvas, _ rect: Rect, _ model: AppModel, _ snapshot: LabSnapshot) {
    let panes = PaneID.ofLesson.filter { $0 != .tls }
    let shown = model.focus == .tls ? .plain : model.focus
    let strip = line(
      panes, shown: shown, focused: true, errors: snapshot.lab.failures.total, width: rect.width, merged: true
    )
    canvas.write(line: strip, x: rect.x, y: rect.y, clip: rect)
  }

  private static func build(
    _ panes: [PaneID], _ shown: PaneID, _ focused: Bool, _ name: (PaneID) -> String
  ) -> Line {
    var line: Line = []
    for pane in panes {
      if !line.isEmpty { line.append(Span("  ")) }
      let words = ["\(pane.number ?? 0)", name(pane)].filter { !$0.isEmpty }.joined(separator: " ")
      let isShown = pane == shown
      line.append(
        Span(isShown ? "[\(words)]" : words, isShown ? .strong : .dim, reversed: isShown && focused))
    }
    return line
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
      width: rect.width - 8)
    let clip = Rect(x: rect.x + 2, y: rect.y, width: max(0, rect.width - 4), height: 1)
    var x = canvas.write(" ", x: rect.x + 2, y: rect.y, clip: clip)
    if focused { x = canvas.write(glyphs.marker, x: x, y: rect.y, role: .strong, clip: clip) }
    x = canvas.write(line: strip, x: x, y: rect.y, clip: clip)
    canvas.write(" ", x: x, y: rect.y, clip: clip)
    if focused, canvas.cursor == nil { canvas.cursor = (inside.x, inside.y) }
    return inside.inset(1, 0)
  }
}
