import LabCanvas
import LabCatalog
import LabFacts

extension AppModel {
  /// Enter in the palette: does what is chosen.
  mutating func choose(in state: PaletteState, _ snapshot: LabSnapshot, size: Size) -> [AppCommand] {
    let items = Palette.items(for: state.text, self, snapshot)
    overlay = nil
    guard items.indices.contains(state.selection) else {
      message = "There is nothing called that."
      return []
    }
    switch items[state.selection].act {
    case .command(let command): return perform(command, key: nil, snapshot, size: size)
    case .answer(let letter):
      return letter.first.map { answer(.character($0), snapshot) } ?? []
    case .lesson(let id): return goToLesson(id, snapshot)
    case .theme(let chosen):
      theme = chosen
      message = "Colours: \(chosen.words)."
      return [.setTheme(chosen)]
    case .elsewhere(let text):
      message = text
      return []
    }
  }

  private mutating func goToLesson(_ id: String, _ snapshot: LabSnapshot) -> [AppCommand] {
    guard let lesson = snapshot.catalog.lesson(id) else { return [] }
    let fromSandbox = isInSandbox ? leaveSandbox() : []
    let leaving: [AppCommand] = snapshot.run == nil ? [] : [.intent(.closeLesson)]
    if snapshot.run != nil {
      leaveLesson()
      seen = Seen()
    }
    return fromSandbox + leaving + openLesson(lesson, snapshot)
  }
}
