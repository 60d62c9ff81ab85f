import LabCanvas
import LabCatalog

extension AppModel {
  /// Takes a printable key, or Backspace, into what is being typed.
  mutating func type(_ key: Key, _ snapshot: LabSnapshot) -> [AppCommand] {
    switch overlay {
    case .palette(var state):
      state.text = AppModel.edited(state.text, key)
      state.selection = 0
      overlay = .palette(state)
    case .typing(let prompt, let text):
      let edited = AppModel.edited(text, key)
      overlay = .typing(prompt, edited)
      take(edited, for: prompt)
    case .restart, .quit, .save, .prediction, .review, nil: break
    }
    return []
  }

  private mutating func take(_ text: String, for prompt: Overlay.Prompt) {
    switch prompt {
    case .search:
      search = text
      (states[.tracks], states[.lessons], states[.about]) = (nil, nil, nil)
      focus = .lessons
    case .answer: break
    case .filter:
      filter = text
      states[.connections] = nil
    case .setting: break
    }
  }

  private static func edited(_ text: String, _ key: Key) -> String {
    switch key {
    case .character(let character) where text.count < 200: text + String(character)
    case .backspace, .delete: String(text.dropLast())
    case .control("u"): ""
    case .character, .control, .enter, .escape, .tab, .backTab, .up, .down, .left, .right, .home, .end,
      .pageUp,
      .pageDown, .function, .click, .wheelUp, .wheelDown, .unknown:
      text
    }
  }
}
