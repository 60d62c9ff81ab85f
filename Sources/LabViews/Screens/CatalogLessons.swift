import LabCanvas
import LabCatalog
import LabCore

/// The middle pane: the lessons of the chosen way, or the questions that lead to them.
///
///       [✔] SP2  Port hopping            due 6m
///     ▸ [~] SP6  Who waits in TIME-WAIT? step 3 8m
enum CatalogLessons {
  static func draw(_ canvas: inout Canvas, _ rect: Rect, _ list: CatalogList, _ frame: ScreenFrame) {
    let width = rect.width - 4
    var text = ListText()
    if let about = about(list, frame) {
      text.add(note: Text.wrap(about, width: width).map { [Span($0, .dim)] } + [[]])
    }
    let keys = KeyMap.found(frame.model.search).prefix(3)
    text.add(
      note: keys.map { [Span($0.keyText, .key), Span("  \($0.label)", .dim)] } + (keys.isEmpty ? [] : [[]]))
    for (index, row) in list.rows.enumerated() {
      text.add(row: index, lines(row, width: width - 2, list, frame))
    }
    let chosen = list.chosenIndex ?? 0
    let window = text.window(height: rect.height - 2, chosen: chosen)
    let note = frame.note(window, of: .lessons)
    let room = frame.box(&canvas, rect, .lessons, title: title(list, frame), note: note)
    text.draw(&canvas, room, window, chosen: chosen, focused: frame.model.focus == .lessons, frame.glyphs)
  }

  private static func title(_ list: CatalogList, _ frame: ScreenFrame) -> String {
    frame.model.search.isEmpty ? list.way.title : "Found: \(frame.model.search)"
  }

  /// What the chosen way is for, where its title does not tell.
  private static func about(_ list: CatalogList, _ frame: ScreenFrame) -> String? {
    guard frame.model.search.isEmpty else {
      return list.rows.isEmpty ? "Nothing matches. Fewer words find more; Esc clears the search." : nil
    }
    switch list.way.kind {
    case .all, .track: return nil
    case .path(let path): return path.about
    case .questions: return "Enter opens the lesson that answers it."
    case .due: return "r asks what is due of these, three questions at most."
    }
  }

  private static func lines(
    _ row: CatalogList.Row, width: Int, _ list: CatalogList, _ frame: ScreenFrame
  ) -> [Line] {
    guard let ask = row.ask else { return [lessonLine(row.lesson, width: width, list, frame)] }
    let (mark, role) = CatalogMarks.mark(
      CatalogList.status(of: row.lesson, frame.snapshot.progress), frame.glyphs)
    let code = Text.pad(row.lesson.code, width: 4)
    return Text.wrap(ask, width: max(8, width - 9)).enumerated().map { index, part in
      index == 0
        ? [Span("[\(mark)] ", role), Span(code + " ", .strong), Span(part)]
        : [Span(String(repeating: " ", count: 9)), Span(part)]
    }
  }

  private static func lessonLine(
    _ lesson: Lesson, width: Int, _ list: CatalogList, _ frame: ScreenFrame
  ) -> Line {
    let status = CatalogList.status(of: lesson, frame.snapshot.progress)
    let (mark, role) = CatalogMarks.mark(status, frame.glyphs)
    let minutes =
      width < 50
      ? Text.pad("\(lesson.minutes)m", width: 3, alignment: .right)
      : Text.pad("\(lesson.minutes) min", width: 6, alignment: .right)
    let word = word(lesson, status, list, frame)
    let tail = (word.isEmpty ? "" : word + " ") + minutes
    let code = Text.pad(lesson.code, width: 4)
    let room = max(4, width - 4 - code.count - 1 - DisplayWidth.of(tail) - 1)
    return [
      Span("[\(mark)] ", role), Span(code + " ", .strong),
      Span(Text.pad(lesson.title, width: room, ellipsis: frame.glyphs.ellipsis) + " "), Span(tail, .dim),
    ]
  }

  /// One word at most: what matters now.
  private static func word(
    _ lesson: Lesson, _ status: CatalogList.Status, _ list: CatalogList, _ frame: ScreenFrame
  ) -> String {
    if list.isDue(lesson) { return "due" }
    if case .started(let step, _) = status { return "step \(step)" }
    return lesson.lacks(frame.snapshot.environment.abilities).isEmpty ? "" : "in part"
  }
}
