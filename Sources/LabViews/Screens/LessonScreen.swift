import LabCanvas
import LabCatalog
import LabCore
import LabFacts

/// A lesson: both pairs, the kernel's view, and the text with its questions; ladder, wire and errors beside
/// or behind it. Where each stands is `LessonLayout`'s.
enum LessonScreen {
  static func draw(_ canvas: inout Canvas, _ frame: ScreenFrame) {
    let (model, snapshot) = (frame.model, frame.snapshot)
    frame.top(&canvas, left: topLeft(frame), right: topRight(frame))
    guard snapshot.run != nil || snapshot.replay != nil else {
      let room = canvas.box(frame.lines.body, title: "Lesson", glyphs: frame.glyphs).inset(1, 0)
      canvas.write("Opening\(frame.glyphs.ellipsis)", x: room.x, y: room.y)
      frame.footer(&canvas)
      return
    }
    let layout = layout(model, snapshot, canvas.size)
    if let strip = layout.strip { TabStrip.draw(&canvas, strip, model, snapshot) }
    for place in layout.places { draw(&canvas, place, layout, frame) }
    frame.status(&canvas, statusText(snapshot), right: statusAside(frame))
    frame.footer(&canvas)
  }

  static func layout(_ model: AppModel, _ snapshot: LabSnapshot, _ size: Size) -> LessonLayout {
    LessonLayout(
      size, focus: model.focus, tab: model.tab, watch: model.watch, zoomed: model.zoomed,
      growth: model.growth, needs: needs(model, snapshot, size),
      contrast: snapshot.shownLesson?.layout.contrast ?? false)
  }

  /// The rows that each pane has a use for, its box included: a short step leaves its room to what it is about.
  private static func needs(_ model: AppModel, _ snapshot: LabSnapshot, _ size: Size) -> [PaneID: Int] {
    let contrast = snapshot.shownLesson?.layout.contrast ?? false
    guard let widths = LessonLayout.widths(size, contrast: contrast), !LessonPanes.isFinished(snapshot) else {
      return [:]
    }
    func rows(_ pane: PaneID, _ width: Int) -> Int {
      LessonPanes.contentHeight(pane, model, snapshot, width: width, merged: false) + 2
    }
    let text = ExplainPane.wishedHeight(
      LessonPanes.context(.explain, model, snapshot), width: widths.middle)
    return [
      .plain: rows(.plain, widths.pair), .tls: rows(.tls, widths.pair),
      .connections: rows(.connections, widths.middle), .ladder: rows(.ladder, widths.middle) + 2,
      .errors: rows(.errors, widths.middle), .explain: text + 2,
    ]
  }

  private static func draw(
    _ canvas: inout Canvas, _ place: LessonLayout.Place, _ layout: LessonLayout, _ frame: ScreenFrame
  ) {
    let merged = layout.kind == .tabs
    let finished = LessonPanes.isFinished(frame.snapshot)
    guard let view = LessonPanes.view(place.pane, merged: merged, finished: finished) else { return }
    let context = LessonPanes.context(place.pane, frame.model, frame.snapshot)
    let inside = place.rect.inset(2, 1)
    let note = note(view, place.pane, context, inside, frame.glyphs, merged: merged)
    let title = place.tabs.isEmpty ? view.title(context) : ""
    let room =
      place.tabs.isEmpty
      ? frame.box(&canvas, place.rect, place.pane, title: title, note: note)
      : frame.tabbedBox(&canvas, place.rect, place, note: note)
    view.draw(&canvas, in: room, context)
    // What is asked stays readable.
    if place.pane != .explain {
      Blanks(frame.snapshot.run).cover(&canvas, in: place.rect, frame.glyphs)
    }
  }

  /// What is out of sight. A list keeps its chosen row in sight by itself, so it tells how many there are.
  private static func note(
    _ view: any PaneView.Type, _ pane: PaneID, _ context: PaneContext, _ inside: Rect, _ glyphs: Glyphs,
    merged: Bool
  ) -> String? {
    let height = view.contentHeight(context, width: inside.width)
    let hidden = view.hiddenLines(context, in: inside.size)
    guard hidden > 0 else { return nil }
    // Beside others a pair does not scroll: it shows what matters most.
    if PaneID.pairs.contains(pane), !context.zoomed, !merged {
      return "\(hidden) more \(glyphs.dot) \(pane.way(focused: context.focused))z"
    }
    guard view.rowCount(context) == 0 else {
      let hasOthers = (pane == .ladder || pane == .wire) && context.lab.connections.count > 1
      let others =
        hasOthers && context.focused && inside.width >= 40 ? " \(glyphs.dot) Left Right: others" : ""
      let keys = pane.way(focused: context.focused) + (pane == .wire ? "PgDn" : "Up Down")
      return "\(hidden) more \(glyphs.dot) \(keys)" + others
    }
    let offset =
      pane == .explain && context.followsNews ? ExplainPane.offset(in: inside, context) : context.scroll
    return ScrollWindow(count: height, height: inside.height, offset: offset)
      .note(glyphs, way: pane.way(focused: context.focused))
  }

  private static func topLeft(_ frame: ScreenFrame) -> Line {
    if let replay = frame.snapshot.replay { return [Span(replay.title)] }
    guard let run = frame.snapshot.run else { return [Span("Lesson", .strong)] }
    return [Span(run.lesson.code, .strong), Span(" " + run.lesson.title)]
  }

  /// `step 4/7  PREDICT ▸ RUN ▸ [OBSERVE] ▸ EXPLAIN   ● LIVE`; what does not fit is left out from the left.
  private static func topRight(_ frame: ScreenFrame) -> Line {
    if case .past = frame.snapshot.cursor { return pastRight(frame) }
    guard let run = frame.snapshot.run else { return [] }
    let width = frame.lines.top.width
    let step = run.result == nil ? "step \(run.stepNumber)/\(run.stepCount)" : "finished"
    let time = moment(frame)
    if width < 60 { return [Span(step + "  ")] + time }
    let phases = width >= 120 ? phases(of: run.lesson) : neighbours(run)
    return [Span(step + "   ")] + phaseLine(phases, run, frame.glyphs) + [Span("   ")] + time
  }

  private static func moment(_ frame: ScreenFrame) -> Line {
    switch frame.snapshot.cursor {
    case .live: [Span(frame.glyphs.live + " LIVE", .good)]
    case .past(let event, let count): [Span("EVENT \(event)/\(count)", .past)]
    }
  }

  /// `step 4 [RUN]   EVENT 17/31`, of the moment that is looked at.
  private static func pastRight(_ frame: ScreenFrame) -> Line {
    let step = frame.snapshot.moment?.step.map { "step \($0.step) [\($0.phase)]   " } ?? ""
    return [Span(step)] + moment(frame) + [Span(" ")]
  }

  /// The phases that a lesson has, in its order: some let a learner try before they explain.
  static func phases(of lesson: Lesson) -> [LessonPhase] {
    let steps = lesson.steps.map(\.phase)
    let used = LessonPhase.allCases.filter(steps.contains)
    guard let attempt = steps.lastIndex(of: .attempt), let explain = steps.lastIndex(of: .explain),
      attempt < explain
    else { return used }
    return used.map { $0 == .attempt ? .explain : $0 == .explain ? .attempt : $0 }
  }

  /// The phase before, this one, the next.
  private static func neighbours(_ run: LessonRun) -> [LessonPhase] {
    let all = phases(of: run.lesson)
    guard let index = all.firstIndex(of: run.phase) else { return [run.phase] }
    let first = max(0, min(index - 1, all.count - 3))
    return Array(all.dropFirst(first).prefix(3))
  }

  private static func phaseLine(_ phases: [LessonPhase], _ run: LessonRun, _ glyphs: Glyphs) -> Line {
    var line: Line = []
    for phase in phases {
      if !line.isEmpty { line.append(Span(" \(glyphs.marker) ", .dim)) }
      let isHere = phase == run.phase && run.result == nil
      line.append(isHere ? Span("[\(phase.rawValue)]", .strong) : Span(phase.rawValue, .dim))
    }
    return line
  }

  /// The last event in words: the line the plain mode prints.
  static func statusText(_ snapshot: LabSnapshot) -> String {
    if snapshot.run?.isCatchingUp == true { return "The steps before are done again, on real sockets." }
    if let notice = snapshot.notices.last { return notice }
    if case .past = snapshot.cursor { return PastWords.event(snapshot) }
    if let what = snapshot.run?.awaiting.labsTurn { return WaitWords.said(what) }
    if snapshot.run?.result != nil { return "The lesson is over. Its programs have stopped." }
    return EventWords.newest(in: snapshot.lab).map(Blanks(snapshot.run).hide) ?? "Nothing has happened yet."
  }

  private static func statusAside(_ frame: ScreenFrame) -> String {
    let snapshot = frame.snapshot
    let errors = snapshot.lab.failures.total
    // At the end of a lesson its lab is emptied: what failed in it is no longer known.
    var parts = snapshot.run?.result == .completed ? [] : [errors == 1 ? "1 error" : "\(errors) errors"]
    if snapshot.runsFree { parts.append("runs free") }
    if snapshot.run?.goesFast == true { parts.append("fast") }
    if !frame.model.filter.isEmpty { parts.append("filter: \(frame.model.filter)") }
    if !frame.model.picked.isEmpty { parts.append("chosen: \(frame.model.picked.joined(separator: " "))") }
    return parts.joined(separator: " \(frame.glyphs.dot) ")
  }
}
