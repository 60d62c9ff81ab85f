import LabCanvas
import LabCatalog

extension AppModel {
  /// Takes a click or the wheel, and tells whether it was one. A click focuses a pane, on the name of a tab that
  /// pane; the wheel scrolls the pane under the pointer.
  mutating func point(_ key: Key, _ snapshot: LabSnapshot, size: Size) -> Bool {
    guard overlay == nil else { return false }
    switch key {
    case .click(let x, let y):
      let tab = AppScreen.tab(atX: x, y: y, self, snapshot, size)
      if let pane = tab ?? AppScreen.pane(atX: x, y: y, self, snapshot, size) { focus = pane }
      return true
    case .wheelUp(let x, let y):
      wheel(-3, x, y, snapshot, size)
      return true
    case .wheelDown(let x, let y):
      wheel(3, x, y, snapshot, size)
      return true
    case .character, .control, .enter, .escape, .tab, .backTab, .backspace, .delete, .up, .down, .left,
      .right,
      .home, .end, .pageUp, .pageDown, .function, .unknown:
      return false
    }
  }

  private mutating func wheel(_ step: Int, _ x: Int, _ y: Int, _ snapshot: LabSnapshot, _ size: Size) {
    guard let pane = AppScreen.pane(atX: x, y: y, self, snapshot, size) else { return }
    let before = focus
    focus = pane
    move(step, snapshot, size)
    focus = before
  }
}
