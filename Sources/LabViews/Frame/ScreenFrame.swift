import LabCanvas
import LabCatalog
import LabCore

/// Draws what every screen has: the top line, the status line, the footer, and boxes with their focus.
struct ScreenFrame {
  let model: AppModel
  let snapshot: LabSnapshot
  let size: Size
  let lines: ScreenLines

  var glyphs: Glyphs { model.glyphs }
  /// Is a moment of the past what this screen shows?
  var isPast: Bool {
    guard case .past = snapshot.cursor, !model.isInSandbox else { return false }
    switch model.screen {
    case .lesson: return true
    case .card(_, let inDemo): return !inDemo
    case .help, .page: return snapshot.replay != nil
    case .catalog, .demo, .sandbox, .comparison, .round: return false
    }
  }

  init(_ model: AppModel, _ snapshot: LabSnapshot, _ size: Size) {
    self.model = model
    self.snapshot = snapshot
    self.size = size
    lines = ScreenLines(size)
  }

  /// Where am I, at the left; how it stands, at the right. The left gives way.
  func top(_ canvas: inout Canvas, left: Line, right: Line) {
    let rect = lines.top
    guard !rect.isEmpty else { return }
    let sign = isPast ? PastWords.sign(snapshot) : nil
    let left = (sign.map { [Span(" \($0)  ", .strong)] } ?? []) + left
    let ending = Text.clip(right, width: rect.width, ellipsis: glyphs.ellipsis)
    let room = max(0, rect.width - ending.width - (ending.isEmpty ? 0 : 2))
    canvas.write(
      line: Text.clip(left, width: room, ellipsis: glyphs.ellipsis), x: rect.x, y: rect.y, clip: rect)
    canvas.write(line: ending, x: rect.right - ending.width, y: rect.y, clip: rect)
    if isPast { canvas.restyle(rect, role: .past, reversed: true) }
  }

  /// A word about the newest key, or a notice, or what happened last.
  func status(_ canvas: inout Canvas, _ text: String, right: String = "") {
    guard let rect = lines.status else { return }
    let prompt = typing
    let words = prompt ?? model.message ?? text
    defer { if isPast { canvas.restyle(rect, role: .past, reversed: true) } }
    let beside = rect.width - (right.isEmpty ? 0 : DisplayWidth.of(right) + 2)
    // What a key just did is said whole where it can be: a path without its end is of no use.
    let isCrowded = model.message.map { DisplayWidth.of($0) > beside } ?? false
    let aside = prompt == nil && !isCrowded ? right : ""
    let room = aside.isEmpty ? rect.width : beside
    let role: Role = model.message != nil || prompt != nil ? .notice : .text
    guard room >= 20 else {
      canvas.write(
        Text.clip(words, width: rect.width, ellipsis: glyphs.ellipsis), x: 0, y: rect.y, role: role)
      return
    }
    let end = canvas.write(
      Text.clip(words, width: room, ellipsis: glyphs.ellipsis), x: rect.x, y: rect.y, role: role)
    if prompt != nil {
      canvas.write(" ", x: end, y: rect.y, reversed: true)
      canvas.cursor = (min(end, rect.right - 1), rect.y)
    }
    canvas.write(aside, x: rect.right - DisplayWidth.of(aside), y: rect.y, role: .dim, clip: rect)
  }

  private var typing: String? {
    guard case .typing(let prompt, let text) = model.overlay else { return nil }
    switch prompt {
    case .search: return "Search lessons: \(text)"
    case .setting: return model.settingPrompt(text, snapshot)
    case .filter: return "Only rows with: \(text)"
    case .answer: return "Your answer: \(text)"
    }
  }

  /// The keys that matter now. Those that do not fit are left out from the middle; the way out stays.
  func footer(_ canvas: inout Canvas) {
    let rect = lines.footer
    let line = FooterLine.fitted(FooterKeys(model, snapshot, size).bindings, width: rect.width)
    canvas.write(line: line, x: rect.x, y: rect.y, clip: rect)
  }

  /// A box of this screen with its number, and the room inside it.
  func box(
    _ canvas: inout Canvas, _ rect: Rect, _ pane: PaneID, title: String, note: String? = nil
  ) -> Rect {
    let focused = model.focus == pane
    let number = pane.number.map { "\($0) " } ?? ""
    let inside = canvas.box(
      rect, title: number + title, focused: focused, note: note, glyphs: glyphs)
    if focused, canvas.cursor == nil { canvas.cursor = (inside.x, inside.y) }
    return inside.inset(1, 0)
  }

  /// A box with wrapped text that scrolls.
  func textBox(_ canvas: inout Canvas, _ rect: Rect, _ pane: PaneID, title: String, _ text: Document) {
    let inside = rect.inset(2, 1)
    let shown = text.lines(width: inside.width, glyphs)
    let window = ScrollWindow(count: shown.count, height: inside.height, offset: model[pane].scroll)
    let room = box(canvas: &canvas, rect, pane, title: title, window)
    canvas.write(lines: shown, in: room, offset: window.offset)
  }

  /// What a pane that scrolls has out of sight, and the keys for it.
  func note(_ window: ScrollWindow, of pane: PaneID) -> String? {
    window.note(glyphs, way: pane.way(focused: model.focus == pane))
  }

  private func box(
    canvas: inout Canvas, _ rect: Rect, _ pane: PaneID, title: String, _ window: ScrollWindow
  ) -> Rect {
    box(&canvas, rect, pane, title: title, note: note(window, of: pane))
  }
}

/// The footer as a line that fits.
enum FooterLine {
  static func fitted(_ bindings: [Binding], width: Int) -> Line {
    var shown = bindings
    while line(shown).width > width, shown.count > 1 {
      // From the least useful on, but never the way out.
      let index = shown.lastIndex { $0.group != .wayOut } ?? shown.lastIndex { !isWayOut($0) }
      guard let index else { break }
      shown.remove(at: index)
    }
    return line(shown)
  }

  static func line(_ bindings: [Binding]) -> Line {
    var line: Line = []
    for binding in bindings {
      if !line.isEmpty { line.append(Span("  ")) }
      line.append(Span(binding.keyText, .key))
      line.append(Span(" " + binding.word))
    }
    return line
  }

  static func isWayOut(_ binding: Binding) -> Bool {
    binding.command == .leave || binding.command == .back || binding.command == .refuse
  }
}
