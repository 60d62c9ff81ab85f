import LabCanvas
import LabCatalog
import LabCore
import LabFacts

/// The first screen: tracks, lessons, and what the chosen lesson is about.
///
///     80×24                            140×40
///     ┌─ 1 Tracks ─┐┌─ 2 Lessons ──┐   ┌─ Tracks ─┐┌─ Lessons ─────┐┌─ About ────┐
///     │            ││              │   │          ││               ││            │
///     │            │└──────────────┘   │ beliefs  │└───────────────┘│            │
///     │            │┌─ 3 About ────┐   │          │┌─ The map ─────┐│            │
///     └────────────┘└──────────────┘   └──────────┘└───────────────┘└────────────┘
enum CatalogScreen {
  static func draw(_ canvas: inout Canvas, _ frame: ScreenFrame) {
    let (model, snapshot) = (frame.model, frame.snapshot)
    let list = CatalogList(snapshot, model)
    frame.top(&canvas, left: topLeft(frame), right: topRight(frame))
    let layout = CatalogLayout(canvas.size, focus: model.focus, zoomed: model.zoomed)
    if let rect = layout.places[.tracks] { drawTracks(&canvas, rect, list, frame) }
    if let rect = layout.places[.lessons] { drawLessons(&canvas, rect, list, frame) }
    if let rect = layout.places[.about] {
      let title = "About \(list.chosen?.code ?? "the lessons")"
      frame.textBox(&canvas, rect, .about, title: title, about(model, snapshot))
    }
    if let map = layout.map { drawMap(&canvas, map, frame) }
    let search = model.search.isEmpty ? "" : "search: \(model.search)   "
    let aside = canvas.size.width >= 120 ? "progress is kept in \(snapshot.environment.progressPath)" : ""
    let news =
      snapshot.notices.last
      ?? "\(list.lessons.count) \(list.lessons.count == 1 ? "lesson" : "lessons") listed"
    frame.status(&canvas, search + news, right: aside)
    frame.footer(&canvas)
  }

  private static func topLeft(_ frame: ScreenFrame) -> Line {
    [Span("netlab", .strong), Span(" \(frame.glyphs.marker) ", .dim), Span("Catalog", .strong)]
  }

  private static func topRight(_ frame: ScreenFrame) -> Line {
    let snapshot = frame.snapshot
    let done = snapshot.catalog.lessons.count { snapshot.progress.lessons[$0.id]?.done != nil }
    var parts = ["\(done)/\(snapshot.catalog.lessons.count) done"]
    if frame.lines.top.width >= 100 {
      let about = [snapshot.environment.opensslVersion, snapshot.environment.kernel]
      parts = about.filter { !$0.isEmpty } + parts
    }
    if snapshot.demo?.keepsRunning == true { parts.append("demo running") }
    return [Span(parts.joined(separator: " \(frame.glyphs.dot) "), .dim)]
  }

  private static func drawTracks(
    _ canvas: inout Canvas, _ rect: Rect, _ list: CatalogList, _ frame: ScreenFrame
  ) {
    let selection = min(max(0, frame.model[.tracks].selection ?? 0), list.tracks.count - 1)
    let height = rect.height - 2
    let window = ScrollWindow(count: list.tracks.count, height: height).showing(selection)
    let room = frame.box(&canvas, rect, .tracks, title: "Tracks", note: window.note(frame.glyphs))
    for (row, index) in window.rows.enumerated() {
      let track = list.tracks[index]
      let count = "\(track.done)/\(track.count)"
      let name = Text.pad(
        shortened(track.title, room.width - 3 - count.count), width: room.width - 3 - count.count,
        ellipsis: frame.glyphs.ellipsis)
      ListRow.draw(
        &canvas, room, row, [Span(name + " " + count)], chosen: index == selection,
        focused: frame.model.focus == .tracks,
        frame.glyphs)
    }
    let below = Rect(
      x: room.x, y: room.y + window.rows.count, width: room.width, height: room.height - window.rows.count)
    canvas.write(lines: Array(sideNotes(list, frame, below).prefix(below.height)), in: below)
  }

  /// Only what stands before the `&` where the whole title has no room.
  private static func shortened(_ title: String, _ width: Int) -> String {
    guard DisplayWidth.of(title) > width, let range = title.firstRange(of: " & ") else { return title }
    return String(title[..<range.lowerBound])
  }

  /// What stands under the tracks: those still empty, and the beliefs met so far.
  private static func sideNotes(_ list: CatalogList, _ frame: ScreenFrame, _ room: Rect) -> [Line] {
    var document = Document()
    if list.emptyTracks > 0 { document.add(.paragraph("  More to come: \(list.emptyTracks)", .dim)) }
    guard room.height >= 12 else { return document.lines(width: room.width, frame.glyphs) }
    let met = frame.snapshot.catalog.beliefs.filter { frame.snapshot.progress.beliefs[$0.id] != nil }
    let glyphs = frame.glyphs
    document.section("Beliefs you have met")
    if met.isEmpty { document.add(.paragraph("None yet. Each lesson tests one or two.", .dim)) }
    for belief in met.prefix(max(1, (room.height - 6) / 2)) {
      let record = frame.snapshot.progress.beliefs[belief.id] ?? Progress.Belief()
      let missed = record.missed > record.beaten
      document.add(
        .item(
          mark: missed ? glyphs.bad : glyphs.ok, "\(belief.id) \(belief.belief)", missed ? .failure : .good))
    }
    if !met.isEmpty {
      document.add(.gap)
      document.add(.paragraph("\(glyphs.ok) seen through", .dim))
      document.add(.paragraph("\(glyphs.bad) believed", .dim))
    }
    return document.lines(width: room.width, glyphs)
  }

  private static func drawLessons(
    _ canvas: inout Canvas, _ rect: Rect, _ list: CatalogList, _ frame: ScreenFrame
  ) {
    let selection = list.chosenIndex ?? 0
    let window = ScrollWindow(count: list.lessons.count, height: rect.height - 2).showing(selection)
    let title =
      frame.model.search.isEmpty ? list.track?.title ?? "Lessons" : "Found: \(frame.model.search)"
    let room = frame.box(&canvas, rect, .lessons, title: title, note: window.note(frame.glyphs))
    for (row, index) in window.rows.enumerated() {
      ListRow.draw(
        &canvas, room, row, lessonLine(list.lessons[index], width: room.width - 2, frame),
        chosen: index == selection, focused: frame.model.focus == .lessons, frame.glyphs)
    }
    if list.lessons.isEmpty {
      let text = Text.wrap("Nothing matches. Esc clears the search.", width: room.width)
      canvas.write(lines: text.map { [Span($0, .dim)] }, in: room)
    }
  }

  private static func lessonLine(_ lesson: Lesson, width: Int, _ frame: ScreenFrame) -> Line {
    let (mark, word, role) = marks(CatalogList.status(of: lesson, frame.snapshot.progress), frame.glyphs)
    let minutes =
      width < 50
      ? Text.pad("\(lesson.minutes)m", width: 3, alignment: .right)
      : Text.pad("\(lesson.minutes) min", width: 6, alignment: .right)
    let tail = (word.isEmpty ? "" : word + " ") + minutes
    let code = Text.pad(lesson.code, width: 4)
    let room = max(4, width - mark.count - 1 - code.count - 1 - DisplayWidth.of(tail) - 1)
    return [
      Span(mark + " ", role), Span(code + " ", .strong),
      Span(Text.pad(lesson.title, width: room, ellipsis: frame.glyphs.ellipsis) + " "), Span(tail, .dim),
    ]
  }

  private static func marks(_ status: CatalogList.Status, _ glyphs: Glyphs) -> (String, String, Role) {
    switch status {
    case .fresh: ("[ ]", "", .text)
    case .started(let step, _): ("[~]", "step \(step)", .notice)
    case .done: (glyphs == .ascii ? "[x]" : "[\(glyphs.ok)]", "", .good)
    }
  }

  /// What the third pane tells about the chosen lesson.
  static func about(_ model: AppModel, _ snapshot: LabSnapshot) -> Document {
    var text = Document()
    let list = CatalogList(snapshot, model)
    guard let lesson = list.chosen else { return text }
    if let because = list.because[lesson.id] { text.add(.paragraph("Found by \(because)", .notice)) }
    text.add(.heading(lesson.title))
    text.add(.paragraph(lesson.question, .text))
    text.add(.gap)
    text.add(.paragraph(enterLine(lesson, snapshot), .notice))
    let lacks = lesson.lacks(snapshot.environment.abilities)
    if !lacks.isEmpty {
      let possible = lesson.possibleSteps(snapshot.environment.abilities)
      let count = lesson.steps.count
      text.add(
        .paragraph("Here \(possible) of its \(count) steps can run. \(lacks.joined(separator: " "))", .notice)
      )
    }
    text.add(.gap)
    text.add(.row("Time", "\(lesson.minutes) min, \(lesson.steps.count) steps", .text))
    if !lesson.needs.isEmpty { text.add(.row("Better after", snapshot.catalog.codes(lesson.needs), .text)) }
    text.add(.row("You start", programs(lesson), .text))
    let beliefs = lesson.beliefs.compactMap { snapshot.catalog.belief($0) }
    if !beliefs.isEmpty {
      text.section("Beliefs it tests")
      for belief in beliefs { text.add(.item(mark: belief.id, "\u{201c}\(belief.belief)\u{201d}", .text)) }
    }
    if let next = snapshot.catalog.lesson(after: lesson) {
      text.section("After this")
      text.add(.paragraph("\(next.code) \(next.title)", .text))
    }
    text.section("Without a screen")
    text.add(.command("netlab run \(lesson.code.lowercased())"))
    return text
  }

  private static func enterLine(_ lesson: Lesson, _ snapshot: LabSnapshot) -> String {
    switch CatalogList.status(of: lesson, snapshot.progress) {
    case .fresh: "Enter opens it. Real sockets, on this machine only."
    case .started(let step, let count): "Enter opens it. You got to step \(step) of \(count)."
    case .done: "You have done it. Enter opens it again."
    }
  }

  private static func programs(_ lesson: Lesson) -> String {
    func count(_ number: Int, _ word: String) -> String { "\(number) \(word)\(number == 1 ? "" : "s")" }
    let servers = lesson.actors.count { $0.role == .server }
    let clients = lesson.actors.count { $0.role == .client && $0.settings.program == nil }
    let real = lesson.actors.compactMap(\.settings.program?.rawValue)
    let words = ["\(count(servers, "server"))", "\(count(clients, "client"))"].filter { !$0.hasPrefix("0 ") }
    return (words + Set(real).sorted()).joined(separator: ", ")
  }

  /// Each track as one line of codes: advice on the order, not a lock.
  private static func drawMap(_ canvas: inout Canvas, _ rect: Rect, _ frame: ScreenFrame) {
    let room = canvas.box(rect, title: "The map", glyphs: frame.glyphs).inset(1, 0)
    var document = Document()
    let catalog = frame.snapshot.catalog
    let arrow = " \(frame.glyphs.to) "
    for track in catalog.tracks {
      let lessons = catalog.lessons(in: track.id)
      guard !lessons.isEmpty else { continue }
      let path = lessons.map { lesson in
        frame.snapshot.progress.lessons[lesson.id]?.done == nil
          ? lesson.code : "\(lesson.code) \(frame.glyphs.ok)"
      }
      document.add(.row(track.title, path.joined(separator: arrow), .text))
    }
    let needs = catalog.lessons.filter { !$0.needs.isEmpty }
    if !needs.isEmpty {
      document.section("Better first")
      for lesson in needs { document.add(.row(lesson.code, catalog.codes(lesson.needs), .text)) }
    }
    document.add(.gap)
    document.add(.paragraph("Nothing is locked: the map is advice, not a gate.", .dim))
    canvas.write(lines: document.lines(width: room.width, frame.glyphs), in: room)
  }
}

/// One row of a list in a box.
enum ListRow {
  /// The chosen row has the marker, and is reversed where the list has the focus.
  static func draw(
    _ canvas: inout Canvas, _ room: Rect, _ row: Int, _ line: Line, chosen: Bool, focused: Bool,
    _ glyphs: Glyphs
  ) {
    let marked = [Span(chosen ? glyphs.marker + " " : "  ", .strong)] + line
    let padded = Text.pad(marked, width: room.width, ellipsis: glyphs.ellipsis)
    canvas.write(line: padded, x: room.x, y: room.y + row, clip: room)
    guard chosen, focused else { return }
    canvas.restyle(
      Rect(x: room.x, y: room.y + row, width: room.width, height: 1), role: .selected, reversed: true)
    canvas.cursor = (room.x, room.y + row)
  }
}
