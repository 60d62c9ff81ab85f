import LabCanvas
import LabCatalog
import LabCore
import LabFacts

/// The sandbox: settings, faults and runs, with the panes of a lesson over its lab.
enum SandboxScreen {
  static func draw(_ canvas: inout Canvas, _ frame: ScreenFrame) {
    guard let sandbox = frame.snapshot.sandbox else {
      frame.top(&canvas, left: [Span("SANDBOX", .strong)], right: [])
      let room = canvas.box(frame.lines.body, title: "Sandbox", glyphs: frame.glyphs).inset(1, 0)
      canvas.write("Opening\(frame.glyphs.ellipsis)", x: room.x, y: room.y)
      frame.footer(&canvas)
      return
    }
    let state = sandbox.state
    frame.top(
      &canvas, left: [Span("SANDBOX", .strong), Span("  from \(state.origin)")], right: topRight(state, frame)
    )
    let layout = layout(frame.model, canvas.size)
    if let strip = layout.strip { drawStrip(&canvas, strip, frame) }
    for place in layout.places { draw(&canvas, place, state, frame) }
    frame.status(
      &canvas, status(sandbox, frame.snapshot, frame.model), right: state.asksFirst ? "asks first (p)" : "")
    frame.footer(&canvas)
  }

  static func layout(_ model: AppModel, _ size: Size) -> SandboxLayout {
    SandboxLayout(size, focus: model.focus, tab: model.sandboxTab, zoomed: model.zoomed)
  }

  private static func topRight(_ state: SandboxState, _ frame: ScreenFrame) -> Line {
    let changes = state.changes.count
    let words = changes == 1 ? "1 change" : "\(changes) changes"
    let run = state.isRunning ? "running" : state.runs.isEmpty ? "no run yet" : "run \(state.runs.count)"
    return [Span(words, changes == 0 ? .dim : .notice), Span("  "), Span(run, .good)]
  }

  private static func status(_ sandbox: SandboxSnapshot, _ snapshot: LabSnapshot, _ model: AppModel) -> String
  {
    if let note = sandbox.state.note { return note }
    if let notice = snapshot.notices.last { return notice }
    if sandbox.state.isRunning { return "Running on real sockets" }
    if let hint = hint(sandbox.state, snapshot, model) { return hint }
    return EventWords.newest(in: sandbox.lab) ?? "Space runs these programs on real sockets of this machine."
  }

  /// What the chosen setting is called in lesson files, and what it may be; once a person moves among them.
  private static func hint(_ state: SandboxState, _ snapshot: LabSnapshot, _ model: AppModel) -> String? {
    guard model.focus == .settings, model[.settings].selection != nil,
      let chosen = SandboxRows(state, model).chosenSetting(model)
    else { return nil }
    return "\(chosen.row.key): \(chosen.row.hint(snapshot.catalog, state.setup))"
  }

  private static func drawStrip(_ canvas: inout Canvas, _ rect: Rect, _ frame: ScreenFrame) {
    let strip = TabStrip.line(
      PaneID.ofSandbox, shown: frame.model.focus, focused: true, errors: frame.snapshot.lab.failures.total,
      width: rect.width)
    canvas.write(line: strip, x: rect.x, y: rect.y, clip: rect)
  }

  private static func draw(
    _ canvas: inout Canvas, _ place: SandboxLayout.Place, _ state: SandboxState, _ frame: ScreenFrame
  ) {
    let list = SandboxLists.lines(place.pane, state, frame, width: place.rect.width - 4)
    let view = LessonPanes.view(place.pane)
    let context = LessonPanes.context(place.pane, frame.model, frame.snapshot)
    let inside = place.rect.inset(2, 1).size
    let hidden =
      list.map { max(0, $0.text.count - inside.height) } ?? view?.hiddenLines(context, in: inside) ?? 0
    let note = hidden > 0 ? "\(hidden) more \(frame.glyphs.dot) Up Down" : nil
    let title =
      list == nil
      ? view?.title(context) ?? "" : SandboxLists.title(place.pane, all: frame.model.showsAllSettings)
    let room =
      place.tabs.isEmpty
      ? frame.box(&canvas, place.rect, place.pane, title: title, note: note)
      : frame.tabbedBox(&canvas, place.rect, place.pane, place.tabs, note: note)
    guard let list else {
      view?.draw(&canvas, in: room, context)
      return
    }
    let window = list.text.window(height: room.height, chosen: list.chosen)
    list.text.draw(
      &canvas, room, window, chosen: list.chosen, focused: frame.model.focus == place.pane, frame.glyphs)
  }
}
