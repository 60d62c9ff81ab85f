package import LabCanvas

/// Which key does what, as one table. Footer, help, palette and the key table of the handbook are made of it.
package enum KeyMap {
  /// What a key asks for in a mode; nothing where it has no meaning.
  package static func command(for key: Key, in mode: Mode) -> Command? { table[mode]?[key] }

  /// The rows that hold in a mode, in the order of the table.
  package static func bindings(in mode: Mode) -> [Binding] { bindings.filter { $0.modes.contains(mode) } }

  /// The row of a command in a mode.
  package static func binding(of command: Command, in mode: Mode) -> Binding? {
    bindings.first { $0.command == command && $0.modes.contains(mode) }
  }

  /// Some row of a command, for telling where it works.
  package static func anyBinding(of command: Command) -> Binding? {
    bindings.first { $0.command == command }
  }

  /// What the footer shows, the most useful first: eight at most, the way out among them.
  package static func footer(in mode: Mode) -> [Binding] {
    footerCommands(mode).compactMap { binding(of: $0, in: mode) }
  }

  /// Keys whose words have every word of a text in them; one for each command.
  package static func found(_ text: String) -> [Binding] {
    let words = text.lowercased().split(separator: " ")
    guard !words.isEmpty else { return [] }
    let fitting = bindings.filter { binding in
      let said = "\(binding.command.words) \(binding.word) \(binding.label)".lowercased()
      return words.allSatisfy { said.contains($0) }
    }
    return fitting.reduce(into: []) { found, binding in
      if !found.contains(where: { $0.command == binding.command }) { found.append(binding) }
    }
  }

  private static let table: [Mode: [Key: Command]] = Mode.allCases.reduce(into: [:]) { table, mode in
    for binding in bindings(in: mode) {
      for key in binding.keys { table[mode, default: [:]][key] = binding.command }
    }
  }

  private static func footerCommands(_ mode: Mode) -> [Command] {
    switch mode {
    case .catalog: [.open, .nextPane, .search, .review, .demo, .palette, .help, .leave]
    case .lesson: [.next, .explainError, .nextPane, .zoom, .stepBack, .palette, .help, .leave]
    case .question, .wideQuestion: [.answer, .skip, .stepBack, .nextPane, .zoom, .palette, .help, .leave]
    case .numberQuestion: [.typeNumber, .skip, .hint, .nextPane, .zoom, .palette, .help, .leave]
    case .typedQuestion: [.open, .skip, .hint, .nextPane, .zoom, .palette, .help, .leave]
    case .orderQuestion: [.down, .itemDown, .itemUp, .open, .skip, .hint, .help, .leave]
    case .pointQuestion: [.open, .down, .nextPane, .skip, .hint, .palette, .help, .leave]
    case .observation, .wideObservation:
      [.answer, .hint, .stepBack, .nextPane, .zoom, .palette, .help, .leave]
    case .confidence: [.sure, .next, .nextPane, .zoom, .palette, .help, .leave]
    case .bench, .wideBench: [.answer, .hint, .showSolution, .nextPane, .zoom, .palette, .help, .leave]
    case .past: [.next, .stepBack, .backToLive, .stepBefore, .stepAfter, .nextPane, .help, .leave]
    case .replay: [.next, .stepBack, .replay, .stepBefore, .stepAfter, .nextPane, .help, .leave]
    case .result: [.next, .nextLesson, .down, .restart, .palette, .help, .leave]
    case .card: [.back, .previousCard, .nextCard, .down, .showBytes, .showLadder, .copyCommand, .help]
    case .demo: [.open, .copy, .trustSteps, .certificate, .keepRunning, .palette, .help, .back]
    case .round: [.answer, .next, .skip, .down, .palette, .help, .back]
    case .page: [.back, .down, .copy, .copyCommand, .palette, .help]
    case .sandbox:
      [.sandboxRun, .open, .right, .faults, .compare, .saveLesson, .help, .leave]
    case .prediction: [.answer, .skip, .back]
    case .help: [.back, .down, .pageDown, .palette]
    case .palette: [.open, .down, .back]
    case .typing: [.open, .back]
    case .restartDialog, .quitDialog, .reviewDialog: [.confirm, .refuse]
    case .saveDialog: [.transcript, .json, .handout, .pcapng, .back]
    }
  }
}
