import LabCanvas
import LabCatalog
import LabCore

/// The pane at the left: tracks, the path for an evening, the questions people come with, what is due.
///
///     ~ All lessons      11/45
///     ! Sockets & ports    5/8
///
///       Ways in
///     ▸ One evening        2/8
///     ? I have this question
///     ! Due today    2 lessons
///
/// The title says what is counted; a mark says where something is due.
enum CatalogWays {
  static func draw(_ canvas: inout Canvas, _ rect: Rect, _ list: CatalogList, _ frame: ScreenFrame) {
    let width = rect.width - 4
    var text = ListText()
    for (index, way) in list.ways.enumerated() {
      if way.kind.isAside, index > 0, !list.ways[index - 1].kind.isAside {
        text.add(note: [[], [Span("Ways in", .strong)]])
      }
      text.add(row: index, [line(way, width: width - 2, frame.glyphs)])
    }
    let notes = notes(list, frame, width: width, height: rect.height - 2 - text.count)
    text.add(note: notes)
    let window = text.window(height: rect.height - 2, chosen: list.wayIndex)
    let title = "Tracks \(frame.glyphs.dot) lessons done"
    let room = frame.box(&canvas, rect, .tracks, title: title, note: frame.note(window, of: .tracks))
    text.draw(
      &canvas, room, window, chosen: list.wayIndex, focused: frame.model.focus == .tracks, frame.glyphs)
  }

  private static func line(_ way: CatalogList.Way, width: Int, _ glyphs: Glyphs) -> Line {
    let (mark, role) = mark(way, glyphs)
    let tail = count(way, room: width - 3 - DisplayWidth.of(way.title))
    let room = max(4, width - 2 - (tail.isEmpty ? 0 : tail.count + 1))
    return [
      Span(mark + " ", role),
      Span(Text.pad(shortened(way.title, room), width: room, ellipsis: glyphs.ellipsis)),
      Span(tail.isEmpty ? "" : " " + tail),
    ]
  }

  /// What the title of the pane does not say is said here, or left out.
  private static func count(_ way: CatalogList.Way, room: Int) -> String {
    switch way.kind {
    case .all, .track, .path: return "\(way.done)/\(way.count)"
    case .questions, .due:
      let words = CatalogMarks.counted(way.count, way.kind == .due ? "lesson" : "question")
      return words.count <= room ? words : ""
    }
  }

  private static func mark(_ way: CatalogList.Way, _ glyphs: Glyphs) -> (String, Role) {
    switch way.kind {
    case .questions: ("?", .notice)
    case .due: (CatalogMarks.due, .notice)
    case .all, .track, .path:
      if way.due > 0 {
        (CatalogMarks.due, .notice)
      } else if way.done == way.count {
        (CatalogMarks.done(glyphs), .good)
      } else if way.done + way.begun > 0 {
        (CatalogMarks.begun, .notice)
      } else {
        (" ", .text)
      }
    }
  }

  /// Only what stands before the `&` where the whole title has no room.
  private static func shortened(_ title: String, _ width: Int) -> String {
    guard DisplayWidth.of(title) > width, let range = title.firstRange(of: " & ") else { return title }
    return String(title[..<range.lowerBound])
  }

  /// What stands below: tracks still empty, what the marks mean, and, where there is room, the beliefs met.
  private static func notes(_ list: CatalogList, _ frame: ScreenFrame, width: Int, height: Int) -> [Line] {
    var short = Document()
    if list.emptyTracks > 0 { short.add(.paragraph("  More to come: \(list.emptyTracks)", .dim)) }
    short.add(.gap)
    let due = list.due.isEmpty ? "" : "  \(CatalogMarks.due) due"
    short.add(.paragraph(CatalogMarks.legend(frame.glyphs) + due, .dim))
    let lines = short.lines(width: width, frame.glyphs)
    let long = lines + beliefs(frame, height: height - lines.count).lines(width: width, frame.glyphs)
    if height >= 12 { return Array(long.prefix(height)) }
    return lines.count <= height ? lines : []
  }

  private static func beliefs(_ frame: ScreenFrame, height: Int) -> Document {
    let (snapshot, glyphs) = (frame.snapshot, frame.glyphs)
    let met = snapshot.catalog.beliefs.filter { snapshot.progress.beliefs[$0.id] != nil }
    var text = Document([.gap])
    text.add(.heading("Beliefs you have met"))
    if met.isEmpty { text.add(.paragraph("None yet. Each lesson tests one or two.", .dim)) }
    // Those that are still believed are worth the room most.
    let sorted = met.filter { !isSeenThrough($0, snapshot) } + met.filter { isSeenThrough($0, snapshot) }
    for belief in sorted.prefix(max(1, (height - 6) / 2)) {
      let isBeaten = isSeenThrough(belief, snapshot)
      text.add(
        .item(
          mark: isBeaten ? glyphs.ok : glyphs.bad, "\(belief.id) \(belief.belief)",
          isBeaten ? .good : .failure))
    }
    if !met.isEmpty {
      text.add(.gap)
      text.add(.paragraph("\(glyphs.ok) seen through  \(glyphs.bad) believed", .dim))
      text.add(.paragraph("B tells more: \(met.count) of \(snapshot.catalog.beliefs.count) met.", .dim))
    }
    return text
  }

  private static func isSeenThrough(_ belief: Belief, _ snapshot: LabSnapshot) -> Bool {
    snapshot.progress.beliefs[belief.id]?.standing == .seenThrough
  }
}
