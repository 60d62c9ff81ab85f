extension Canvas {
  /// Draws a frame and returns the room inside. The focused one is heavier, its title is reversed and has
  /// the marker before it. The note sits on the lower border, at the right.
  ///
  ///     ┏━ ▸1 PLAIN ━━━━━━━━━━━━━━━┓┌─ 2 TLS ──────────────────┐
  ///     ┃                          ┃│                          │
  ///     ┗━━━━━━━━━━━━━━━━━━━━━━━━━━┛└─────── ▼ 12 more · PgDn ─┘
  @discardableResult
  package mutating func box(
    _ rect: Rect, title: String = "", focused: Bool = false, note: String? = nil, glyphs: Glyphs = .unicode
  ) -> Rect {
    guard rect.width >= 2, rect.height >= 2 else { return Rect(x: rect.x, y: rect.y, width: 0, height: 0) }
    frame(rect, focused ? glyphs.heavy : glyphs.light, role: focused ? .strong : .dim)
    let room = rect.width - 6
    if !title.isEmpty, room > 0 {
      let text = Text.clip((focused ? glyphs.marker : "") + title, width: room, ellipsis: glyphs.ellipsis)
      write(" ", x: rect.x + 2, y: rect.y)
      let end = write(text, x: rect.x + 3, y: rect.y, role: focused ? .strong : .text, reversed: focused)
      write(" ", x: end, y: rect.y)
    }
    if let note, room > 0 {
      let text = " " + Text.clip(note, width: room, ellipsis: glyphs.ellipsis) + " "
      write(text, x: rect.right - 2 - DisplayWidth.of(text), y: rect.bottom - 1, role: .key)
    }
    return rect.inset(1, 1)
  }

  private mutating func frame(_ rect: Rect, _ border: Glyphs.Border, role: Role) {
    let middle = String(repeating: border.horizontal, count: rect.width - 2)
    write("\(border.topLeft)\(middle)\(border.topRight)", x: rect.x, y: rect.y, role: role)
    write("\(border.bottomLeft)\(middle)\(border.bottomRight)", x: rect.x, y: rect.bottom - 1, role: role)
    for y in (rect.y + 1)..<max(rect.y + 1, rect.bottom - 1) {
      write(String(border.vertical), x: rect.x, y: y, role: role)
      write(String(border.vertical), x: rect.right - 1, y: y, role: role)
    }
  }
}
