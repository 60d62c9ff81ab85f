import LabCanvas
import LabCatalog
import LabCore
import LabFacts

extension AppModel {
  mutating func focusPane(_ index: Int) {
    let panes = screen.panes
    guard panes.indices.contains(index) else { return }
    focus = panes[index]
  }

  mutating func cycleFocus(_ step: Int, _ size: Size) {
    let panes = reachable(size)
    guard !panes.isEmpty else { return }
    let index = panes.firstIndex(of: focus) ?? 0
    focus = panes[(index + step + panes.count) % panes.count]
  }

  /// The panes Tab goes round: where the pairs are one list, they count once.
  private func reachable(_ size: Size) -> [PaneID] {
    switch screen {
    case .lesson:
      LessonLayout.Kind(size) == .tabs ? PaneID.ofLesson.filter { $0 != .tls } : PaneID.ofLesson
    case .card: CardScreen.isWide(size) ? PaneID.ofCard : [.happened]
    case .catalog, .demo, .page, .round, .help, .sandbox, .comparison: screen.panes
    }
  }

  mutating func sideways(_ step: Int, _ snapshot: LabSnapshot) {
    switch screen {
    case .catalog:
      let panes = PaneID.ofCatalog
      let index = panes.firstIndex(of: focus) ?? 0
      focus = panes[min(max(0, index + step), panes.count - 1)]
    case .lesson, .sandbox: chooseConnection(step, snapshot)
    case .card, .demo, .page, .round, .help, .comparison: break
    }
  }

  /// The connection before or after the one that ladder and wire show.
  private mutating func chooseConnection(_ step: Int, _ snapshot: LabSnapshot) {
    let all = snapshot.lab.connections
    guard !all.isEmpty else { return }
    let shown = PaneConnection(LessonPanes.context(.ladder, self, snapshot))?.connection
    let index = shown.flatMap { all.firstIndex(of: $0) } ?? (step > 0 ? all.count - 1 : 0)
    let chosen = all[(index + step + all.count) % all.count]
    connection = chosen.client ?? chosen.server
    states[.ladder] = nil
    states[.wire] = nil
    if let end = connection.flatMap({ snapshot.lab.ends[$0] }) {
      message = "Ladder and wire show \(end.label)."
    }
  }

  mutating func movePage(_ step: Int, _ snapshot: LabSnapshot, _ size: Size) {
    let page = step * max(1, roomHeight(snapshot, size) - 1)
    // Its rows are walked one by one; the bytes of the chosen one by pages.
    if focus == .wire { scroll(page, snapshot, size) } else { move(page, snapshot, size) }
  }

  /// Moves the chosen row, or scrolls where there are no rows to choose.
  mutating func move(_ step: Int, _ snapshot: LabSnapshot, _ size: Size) {
    if case .palette(var state) = overlay {
      let count = Palette.items(for: state.text, self, snapshot).count
      state.selection = min(max(0, state.selection + step), max(0, count - 1))
      overlay = .palette(state)
      return
    }
    let rows = rowCount(snapshot)
    if rows > 0 {
      let current = self[focus].selection ?? startingRow(rows, step, snapshot)
      self[focus].selection = min(max(0, current + step), rows - 1)
      if focus == .wire { (self[focus].scroll, self[focus].byteInSight) = (0, nil) }
      if focus == .tracks { states[.lessons] = nil }
      if focus == .tracks || focus == .lessons { states[.about] = nil }
      if focus == .visitors { (states[.theirs], states[.ours]) = (nil, nil) }
    } else {
      scroll(step, snapshot, size)
    }
  }

  private mutating func scroll(_ step: Int, _ snapshot: LabSnapshot, _ size: Size) {
    let farthest = max(0, contentHeight(snapshot, size) - roomHeight(snapshot, size))
    self[focus].scroll = min(max(0, min(startingLine(snapshot, size), farthest) + step), farthest)
    (self[focus].byteInSight, self[focus].followsNews) = (nil, false)
  }

  /// The first line in sight, where nobody has scrolled yet.
  private func startingLine(_ snapshot: LabSnapshot, _ size: Size) -> Int {
    let context = LessonPanes.context(focus, self, snapshot)
    if focus == .wire { return WirePane.offset(in: room(snapshot, size), context) }
    guard focus == .explain, !LessonPanes.isFinished(snapshot) else { return self[focus].scroll }
    return ExplainPane.offset(in: room(snapshot, size), context)
  }

  /// Where the bar is before anyone has moved it: where the pane shows it, or outside a pane that shows none.
  private func startingRow(_ rows: Int, _ step: Int, _ snapshot: LabSnapshot) -> Int {
    switch focus {
    case .tracks, .explain, .faults, .runs: 0
    case .settings: snapshot.sandbox.map { SandboxRows($0.state, self).firstSetting } ?? 0
    case .lessons: CatalogList(snapshot, self).chosenIndex ?? 0
    case .errors: ErrorsPane.chosen(LessonPanes.context(.errors, self, snapshot)) ?? rows - 1
    case .ladder, .wire, .visitors: rows - 1
    case .connections where step > 0:
      ConnectionsPane.rowAbovePointedAt(LessonPanes.context(.connections, self, snapshot))
    case .about, .plain, .tls, .connections, .happened, .advice, .address, .theirs, .ours, .text:
      step > 0 ? -1 : rows
    }
  }

  /// Rows that can be chosen in the focused pane; 0 where it only scrolls.
  private func rowCount(_ snapshot: LabSnapshot) -> Int {
    switch focus {
    case .tracks: CatalogList(snapshot, self).ways.count
    case .lessons: CatalogList(snapshot, self).rows.count
    case .visitors: DemoVisitors(snapshot.demo).rows.count
    case .plain, .tls, .connections, .ladder, .wire, .explain, .errors:
      LessonPanes.rowCount(focus, self, snapshot)
    case .settings: snapshot.sandbox.map { SandboxRows($0.state, self).settings.count } ?? 0
    case .faults: snapshot.sandbox.map { SandboxRows($0.state, self).faults.count } ?? 0
    case .runs: snapshot.sandbox?.state.runs.count ?? 0
    case .about, .happened, .advice, .address, .theirs, .ours, .text: 0
    }
  }

  private func contentHeight(_ snapshot: LabSnapshot, _ size: Size) -> Int {
    let room = room(snapshot, size)
    switch screen {
    case .lesson:
      let merged = LessonLayout.Kind(size) == .tabs
      // A pair beside others shows what matters most and does not scroll.
      if PaneID.pairs.contains(focus), !merged, !zoomed { return 0 }
      return LessonPanes.contentHeight(focus, self, snapshot, width: room.width, merged: merged)
    case .sandbox: return LessonPanes.contentHeight(focus, self, snapshot, width: room.width, merged: false)
    case .comparison: return 0
    case .catalog: return CatalogAbout.document(self, snapshot).lines(width: room.width, glyphs).count
    case .card: return CardScreen.document(focus, self, snapshot, size).lines(width: room.width, glyphs).count
    case .demo: return DemoScreen.document(focus, self, snapshot).lines(width: room.width, glyphs).count
    case .page(let page):
      return PageScreen.document(page, snapshot, glyphs).lines(width: room.width, glyphs).count
    case .round: return RoundScreen.document(self, snapshot).lines(width: room.width, glyphs).count
    case .help(let mode): return HelpScreen.document(mode).lines(width: room.width, glyphs).count
    }
  }

  private func roomHeight(_ snapshot: LabSnapshot, _ size: Size) -> Int { room(snapshot, size).height }

  /// The inside of the focused box.
  func room(_ snapshot: LabSnapshot, _ size: Size) -> Rect {
    AppScreen.rect(of: focus, self, snapshot, size).inset(2, 1)
  }
}
