import LabCanvas
import LabCatalog
import LabCore

/// The map of needs, in a pane of its own where there is room. It has no focus: there is nothing to choose in it.
enum CatalogMap {
  static func draw(_ canvas: inout Canvas, _ rect: Rect, _ list: CatalogList, _ frame: ScreenFrame) {
    let room = canvas.box(rect, title: "The map: what builds on what", glyphs: frame.glyphs).inset(1, 0)
    let tree = NeedsMap(frame.snapshot.catalog).lines.map { line($0, list, frame) }
    let legend = "\(CatalogMarks.legend(frame.glyphs))   Nothing is locked: it is advice."
    let fits = tree.count + 1 <= room.height
    let shown = fits ? tree : Array(tree.prefix(max(0, room.height - 2)))
    var lines = shown.map { Text.clip($0, width: room.width, ellipsis: frame.glyphs.ellipsis) }
    if !fits {
      lines.append([Span("\(tree.count - shown.count) lines more: About tells the needs of each.", .dim)])
    }
    if lines.count + 1 < room.height { lines.append([]) }
    lines.append([Span(legend, .dim)])
    canvas.write(lines: lines, in: room)
  }

  private static func line(_ pieces: [NeedsMap.Piece], _ list: CatalogList, _ frame: ScreenFrame) -> Line {
    pieces.flatMap { piece -> Line in
      switch piece {
      case .joint(let text): [Span(text, .dim)]
      case .lesson(let lesson): node(lesson, list, frame)
      }
    }
  }

  private static func node(_ lesson: Lesson, _ list: CatalogList, _ frame: ScreenFrame) -> Line {
    let (mark, role) = CatalogMarks.mark(
      CatalogList.status(of: lesson, frame.snapshot.progress), frame.glyphs)
    let code = Text.pad(lesson.code, width: NeedsMap.width - 1)
    let isChosen = list.chosen?.lesson.id == lesson.id
    return [Span(code, isChosen ? .selected : role == .good ? .good : .text), Span(mark, role)]
  }
}
