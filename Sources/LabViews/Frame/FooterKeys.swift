import LabCanvas
import LabCatalog
import LabCore

/// The keys that matter now: those the key map has for the mode, but for the ones that would do nothing.
struct FooterKeys {
  private let model: AppModel
  private let snapshot: LabSnapshot
  private let size: Size
  private let mode: Mode
  private let card: CardScreen.Place?

  init(_ model: AppModel, _ snapshot: LabSnapshot, _ size: Size) {
    self.model = model
    self.snapshot = snapshot
    self.size = size
    mode = model.mode(snapshot)
    card = CardScreen.place(model, snapshot)
  }

  /// In the key map's order; a question offers the letters it has answers for.
  var bindings: [Binding] {
    let bindings = KeyMap.footer(in: mode).map { inSandbox(choosing(errorsFirst($0))) }.filter {
      !isMissing($0.command) && !isIdleInSandbox($0.command) && !scrollsNothing($0.command)
    }
    if model.screen == .round {
      let count = model.round?.current?.question.choices.count ?? 0
      return bindings.map { $0.command == .answer ? $0.keeping(count) : $0 }
    }
    let count: Int? =
      switch snapshot.run?.awaiting {
      case .answer(let question): question.options.count
      case .move(let bench): bench.moves.count
      case .advance, .confidence, .facts, .release, .finished, nil: nil
      }
    return bindings.map { $0.command == .answer ? $0.keeping(count ?? $0.keys.count) : $0 }
  }

  /// Where something has failed, what it means is looked up more often than what came before it.
  private func errorsFirst(_ binding: Binding) -> Binding {
    guard mode == .observation, binding.command == .stepBack, !snapshot.lab.failures.isEmpty else {
      return binding
    }
    return KeyMap.binding(of: .explainError, in: mode) ?? binding
  }

  /// Where a row or an item is the answer, the arrows choose it; elsewhere, where the footer has them, they scroll.
  private var arrowsChoose: Bool { [.orderQuestion, .pointQuestion, .palette].contains(mode) }

  private func choosing(_ binding: Binding) -> Binding {
    arrowsChoose && binding.command == .down ? binding.saying("choose") : binding
  }

  /// What Enter does in the sandbox is the focused pane's.
  private func inSandbox(_ binding: Binding) -> Binding {
    guard binding.command == .open, model.screen == .sandbox, let state = snapshot.sandbox?.state else {
      return binding
    }
    switch model.focus {
    case .faults:
      let chosen = SandboxRows(state, model).chosenFault(model)
      let isIn = chosen.map { state.has($0.fault, at: $0.actor.id) } ?? false
      return binding.saying(isIn ? "take out" : "put in")
    case .runs: return binding.saying("compare")
    case .connections, .ladder, .errors: return binding.saying("open")
    case .settings, .tracks, .lessons, .about, .plain, .tls, .wire, .explain, .happened, .advice, .address,
      .visitors, .theirs, .ours, .text:
      return binding
    }
  }

  /// Keys of the sandbox that have nothing to do yet, or not in this pane.
  private func isIdleInSandbox(_ command: Command) -> Bool {
    guard model.screen == .sandbox, let state = snapshot.sandbox?.state else { return false }
    switch command {
    case .right, .allSettings: return model.focus != .settings
    case .open: return model.focus == .wire
    case .compare: return state.runs.count < 2
    case .saveLesson: return state.runs.isEmpty
    case .undo: return state.past.isEmpty
    case .difference: return state.changes.isEmpty
    default: return false  // Of many commands only these may have nothing to do.
    }
  }

  /// Where all of a text has room.
  private func scrollsNothing(_ command: Command) -> Bool {
    command == .down && !arrowsChoose && model.hiddenLines(snapshot, size) == 0
  }

  /// Keys of a card that lead nowhere: the demo has neither ladder nor wire, one error no neighbours.
  private func isMissing(_ command: Command) -> Bool {
    if model.screen == .round {
      let isAsking = model.round?.current != nil && model.round?.shown == nil
      return isAsking ? command == .next : command == .answer || command == .skip
    }
    if command == .handout { return snapshot.replay != nil }
    if command == .copyCommand, let page = model.screen.page {
      return snapshot.demo == nil || !page.isOfDemo
    }
    if case .comparison = model.screen { return command == .copyCommand || command == .copy }
    if model.screen == .catalog, command == .review {
      return snapshot.catalog.due(snapshot.progress, on: snapshot.today).isEmpty
    }
    if model.screen == .lesson {
      if command == .stepBack { return snapshot.lab.lastStep == nil }
      if command == .explainError { return snapshot.lab.failures.isEmpty }
      if command == .nextLesson { return model.nextLesson(snapshot) == nil }
      if command == .hint, snapshot.run?.offersHint == false { return true }
      // Nothing goes on before the facts have come.
      if command == .next, case .facts = snapshot.run?.awaiting { return true }
      if case .answer(let question) = snapshot.run?.awaiting {
        return command == .skip && !question.isSkippable
      }
    }
    guard case .card(_, let inDemo) = model.screen else { return false }
    switch command {
    case .showBytes, .showLadder: return inDemo || card?.entry.end == nil
    case .previousCard: return card.map { $0.index == 0 } ?? true
    case .nextCard: return card.map { $0.index + 1 == $0.count } ?? true
    default: return false  // Of many commands only these may lead nowhere.
    }
  }
}
