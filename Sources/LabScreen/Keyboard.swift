import CNCurses
import LabCanvas

/// Takes keys from curses.
struct Keyboard {
  /// So many inputs at most at once, that a long paste does not stop the drawing.
  private static let batch = 256

  /// The beginning of a mouse report, the rest of which is still under way.
  private var held: [KeyInput] = []

  /// The keys that wait, whether there may be more, and whether anything arrived at all.
  mutating func read() -> (keys: [Key], isMore: Bool, isSilent: Bool) {
    var inputs: [KeyInput] = []
    while inputs.count < Self.batch, let input = next() { inputs.append(input) }
    let (whole, rest) = KeyDecoder.splitMouse(held + inputs)
    held = inputs.isEmpty ? held : rest
    return (inputs.isEmpty ? [] : KeyDecoder.keys(whole), inputs.count == Self.batch, inputs.isEmpty)
  }

  private func next() -> KeyInput? {
    let input = lab_next_input()
    return switch Int(input.kind) {
    case LAB_INPUT_NONE: nil
    case LAB_INPUT_CHARACTER: .scalar(input.code)
    case LAB_INPUT_SPECIAL: .key(special(Int(input.code)))
    default: .key(.unknown)
    }
  }

  private func special(_ code: Int) -> Key {
    switch code {
    case LAB_KEY_UP: .up
    case LAB_KEY_DOWN: .down
    case LAB_KEY_LEFT: .left
    case LAB_KEY_RIGHT: .right
    case LAB_KEY_HOME: .home
    case LAB_KEY_END: .end
    case LAB_KEY_PAGE_UP: .pageUp
    case LAB_KEY_PAGE_DOWN: .pageDown
    case LAB_KEY_BACKSPACE: .backspace
    case LAB_KEY_DELETE: .delete
    case LAB_KEY_ENTER: .enter
    case LAB_KEY_BACK_TAB: .backTab
    case let number where number > LAB_KEY_F0: .function(number - LAB_KEY_F0)
    default: .unknown
    }
  }
}
