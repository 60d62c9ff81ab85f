extension TerminalEmulator {
  /// The parameters of `ESC [ … m`.
  mutating func setStyle(_ parameters: [Int]) {
    var rest = (parameters.isEmpty ? [0] : parameters)[...]
    while let code = rest.popFirst() {
      switch code {
      case 38: style.foreground = Self.extendedColour(&rest)
      case 48: style.background = Self.extendedColour(&rest)
      default: style.apply(code)
      }
    }
  }

  private static func extendedColour(_ rest: inout ArraySlice<Int>) -> Int? {
    guard let kind = rest.popFirst() else { return nil }
    if kind == 5 { return rest.popFirst() }
    rest = rest.dropFirst(3)
    return nil
  }
}

extension TerminalStyle {
  mutating func apply(_ code: Int) {
    switch code {
    case 0: self = TerminalStyle()
    case 1: isBold = true
    case 2: isDim = true
    case 3: isItalic = true
    case 4: isUnderlined = true
    case 7: isReversed = true
    case 22: (isBold, isDim) = (false, false)
    case 23: isItalic = false
    case 24: isUnderlined = false
    case 27: isReversed = false
    case 30...37: foreground = code - 30
    case 39: foreground = nil
    case 40...47: background = code - 40
    case 49: background = nil
    case 90...97: foreground = code - 82
    case 100...107: background = code - 92
    default: break
    }
  }
}
