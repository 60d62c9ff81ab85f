import LabCanvas
import LabCatalog
import LabCore
import LabFacts

/// Small boxes over a screen: the palette and the questions about the program itself.
enum Overlays {
  static func draw(_ canvas: inout Canvas, _ frame: ScreenFrame) {
    switch frame.model.overlay {
    case .palette(let state): palette(&canvas, state, frame)
    case .restart:
      dialog(
        &canvas, "Start anew?",
        ["Every socket of this lesson is closed and it begins at its first step.", "", "y yes   n no"], frame)
    case .quit:
      dialog(
        &canvas, "Quit?",
        ["The demo servers are kept running, and they stop when netlab quits.", "", "y quit   n stay"], frame)
    case .save:
      dialog(&canvas, "Save this run", forms(isReplay: frame.snapshot.replay != nil), frame)
    case .review(let due):
      let asked = min(due, ReviewSchedule.atOnce)
      let count = asked == 1 ? "One question" : "\(asked) questions"
      dialog(
        &canvas, "Review",
        [
          "\(count) from lessons you have done, in a new situation. It takes a minute.", "",
          "y answer   n not now",
        ], frame)
    case .prediction:
      let client = frame.snapshot.sandbox?.state.subject.rawValue ?? ""
      dialog(
        &canvas, "What do you expect of \(client)?",
        SandboxOutcome.Kind.allCases.map { "\($0.key)  \($0.sentence)" } + [
          "", "s  run without a prediction", "Esc cancels",
        ],
        frame)
    case .typing, nil: break
    }
  }

  /// A saved run has neither its lesson's texts nor its keys.
  private static func forms(isReplay: Bool) -> [String] {
    let secrets = isReplay ? "" : ", with the secrets that open them"
    return ["t  a transcript to read", "j  every event as JSON lines"]
      + (isReplay ? [] : ["h  a hand-out to print (Markdown)"])
      + ["w  packets for Wireshark (pcapng)" + secrets, "", "Esc cancels"]
  }

  private static func dialog(_ canvas: inout Canvas, _ title: String, _ text: [String], _ frame: ScreenFrame)
  {
    let width = min(canvas.size.width, 60)
    let lines = text.flatMap { $0.isEmpty ? [""] : Text.wrap($0, width: max(1, width - 4)) }
    let room = box(&canvas, width: width, height: lines.count + 2, title: title, note: nil, frame)
    canvas.write(lines: lines.map { [Span($0)] }, in: room)
    canvas.cursor = (room.x, room.y)
  }

  /// The palette stands in the upper middle, so that the list grows downwards.
  private static func palette(_ canvas: inout Canvas, _ state: PaletteState, _ frame: ScreenFrame) {
    let items = Palette.items(for: state.text, frame.model, frame.snapshot)
    let width = min(canvas.size.width, 76)
    let height = min(canvas.size.height, max(7, min(canvas.size.height * 3 / 4, 22)))
    let selection = min(state.selection, max(0, items.count - 1))
    let window = ScrollWindow(count: items.count, height: max(0, height - 4)).showing(selection)
    let note = "\(items.count) of \(Palette.everything(frame.model, frame.snapshot).count)"
    let room = box(
      &canvas, width: width, height: height, title: "Find a command or a lesson", note: note, frame)
    let end = canvas.write(": " + state.text, x: room.x, y: room.y, role: .strong, clip: room)
    canvas.write(" ", x: end, y: room.y, reversed: true, clip: room)
    let list = room.splitTop(2).rest
    if items.isEmpty {
      canvas.write("Nothing has these letters in this order.", x: list.x, y: list.y, role: .dim)
    }
    for (row, index) in window.rows.enumerated() {
      ListRow.draw(
        &canvas, list, row, line(items[index], width: list.width - 2, frame.glyphs),
        chosen: index == selection,
        focused: true, frame.glyphs)
    }
    canvas.cursor = (min(end, room.right - 1), room.y)
  }

  private static func line(_ item: Palette.Item, width: Int, _ glyphs: Glyphs) -> Line {
    let name = Text.pad(item.name, width: 15, ellipsis: glyphs.ellipsis)
    let key = Text.pad(item.key, width: 10, alignment: .right, ellipsis: glyphs.ellipsis)
    let room = max(1, width - 15 - 1 - 10 - 1)
    return [
      Span(name + " ", .strong), Span(Text.pad(item.label, width: room, ellipsis: glyphs.ellipsis) + " "),
      Span(key, .key),
    ]
  }

  /// An empty box in the middle, and the room inside it.
  private static func box(
    _ canvas: inout Canvas, width: Int, height: Int, title: String, note: String?, _ frame: ScreenFrame
  ) -> Rect {
    let tall = min(height, canvas.size.height)
    let rect = Rect(
      x: (canvas.size.width - width) / 2, y: max(0, (canvas.size.height - tall) / 3), width: width,
      height: tall)
    canvas.fill(rect, .blank)
    return canvas.box(rect, title: title, focused: true, note: note, glyphs: frame.glyphs).inset(1, 0)
  }
}
