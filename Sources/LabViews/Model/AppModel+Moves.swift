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
    let page = step * max(1, room(snapshot, size).height - 1)
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
    let farthest = hiddenLines(snapshot, size)
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

  /// How many lines of the focused pane have no room.
  func hiddenLines(_ snapshot: LabSnapshot, _ size: Size) -> Int {
    let room = room(snapshot, size)
    func beyond(_ document: Document) -> Int {
      max(0, document.lines(width: room.width, glyphs).count - room.height)
    }
    switch screen {
    case .lesson:
      let merged = LessonLayout.Kind(size) == .tabs
      // A pair beside others shows what matters most and does not scroll.
      if PaneID.pairs.contains(focus), !merged, !zoomed { return 0 }
      return LessonPanes.hiddenLines(focus, self, snapshot, in: room.size, merged: merged)
    case .sandbox: return LessonPanes.hiddenLines(focus, self, snapshot, in: room.size, merged: false)
    case .comparison: return 0
    case .catalog: return beyond(CatalogAbout.document(CatalogList(snapshot, self), snapshot))
    case .card: return beyond(CardScreen.document(focus, self, snapshot, size))
    case .demo: return beyond(DemoScreen.document(focus, self, snapshot))
    case .page(let page): return beyond(PageScreen.document(page, snapshot, glyphs))
    case .round: return beyond(RoundScreen.document(self, snapshot))
    case .help(let mode): return beyond(HelpScreen.document(mode))
    }
  }

  /// The inside of the focused box.
  func room(_ snapshot: LabSnapshot, _ size: Size) -> Rect {
    AppScreen.rect(of: focus, self, snapshot, size).inset(2, 1)
  }
}
