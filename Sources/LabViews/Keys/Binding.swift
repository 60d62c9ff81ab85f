package import LabCanvas

/// One row of the key map: which keys ask for a command, where, and in what words.
package struct Binding: Equatable, Sendable {
  /// A part of the help screen. The order is the order of use: the way out first.
  package enum Group: String, Sendable, CaseIterable {
    case wayOut = "The way out"
    case now = "Here"
    case move = "Moving about"
    case look = "Looking closer"
    case take = "Taking along"
    case screen = "The screen itself"
  }

  package let command: Command
  /// The first is the one shown.
  package let keys: [Key]
  package let modes: Set<Mode>
  package let group: Group
  /// A word or two for the footer.
  package let word: String
  /// What it does, for help and the palette.
  package let label: String

  package init(
    _ command: Command, _ keys: [Key], in modes: Set<Mode>, _ group: Group, _ word: String, _ label: String
  ) {
    self.command = command
    self.keys = keys
    self.modes = modes
    self.group = group
    self.word = word
    self.label = label
  }

  /// `Space`, or `a-d` where several keys in a row belong together.
  package var keyText: String {
    guard isRange, let first = keys.first, let last = keys.last else {
      return keys.first.map(KeyName.of) ?? ""
    }
    return "\(KeyName.of(first))-\(KeyName.of(last))"
  }

  /// The same with only its first keys.
  func keeping(_ count: Int) -> Binding {
    Binding(command, Array(keys.prefix(max(1, count))), in: modes, group, word, label)
  }

  /// The same with another word in the footer.
  func saying(_ word: String) -> Binding { Binding(command, keys, in: modes, group, word, label) }

  /// Every key, for the help screen.
  package var allKeysText: String {
    isRange ? keyText : keys.map(KeyName.of).joined(separator: " ")
  }

  /// Keys that answer, each with a meaning of its own.
  private var isRange: Bool { command == .answer || command == .sure || command == .typeNumber }
}

/// How keys are written on the screen.
package enum KeyName {
  package static func of(_ key: Key) -> String {
    switch key {
    case .character(" "): "Space"
    case .character(let character): String(character)
    case .control(let character): "Ctrl-\(character.uppercased())"
    case .enter: "Enter"
    case .escape: "Esc"
    case .tab: "Tab"
    case .backTab: "Shift-Tab"
    case .backspace: "Bksp"
    case .delete: "Del"
    case .up: "Up"
    case .down: "Down"
    case .left: "Left"
    case .right: "Right"
    case .home: "Home"
    case .end: "End"
    case .pageUp: "PgUp"
    case .pageDown: "PgDn"
    case .function(let number): "F\(number)"
    case .click, .wheelUp, .wheelDown: "mouse"
    case .unknown: ""
    }
  }
}
