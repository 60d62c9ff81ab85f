import LabCanvas
package import LabCatalog
import LabFacts

/// What the palette offers for what is typed.
package enum Palette {
  /// What choosing a row does.
  package enum Act: Equatable, Sendable {
    case command(Command)
    case answer(String)
    case lesson(String)
    case theme(Theme)
    /// It is for another screen; says which.
    case elsewhere(String)
  }

  package struct Item: Equatable, Sendable {
    /// What is typed to get it at once: `go sp2`.
    package let name: String
    package let label: String
    package let key: String
    package let act: Act
  }

  /// Everything that matches, best first; with nothing typed, everything.
  package static func items(for text: String, _ model: AppModel, _ snapshot: LabSnapshot) -> [Item] {
    let all = everything(model, snapshot)
    let wanted = text.trimmed.lowercased()
    guard !wanted.isEmpty else { return all }
    let ranked = all.enumerated().compactMap { index, item in
      Fuzzy.score(wanted, in: item.name + " " + item.label).map { (score: $0, index: index, item: item) }
    }
    return ranked.sorted { ($0.score, $0.index) < ($1.score, $1.index) }.map(\.item)
  }

  /// Every command, those of the screen below first; then lessons and themes.
  static func everything(_ model: AppModel, _ snapshot: LabSnapshot) -> [Item] {
    var below = model
    below.overlay = nil
    let mode = below.mode(snapshot)
    let here = KeyMap.bindings(in: mode).filter { $0.command != .palette }
    let hereCommands = Set(here.map(\.command))
    let elsewhere = Command.allCases.filter { !hereCommands.contains($0) && $0 != .palette }
    return answers(snapshot, mode) + here.map(item) + lessons(snapshot) + themes
      + elsewhere.compactMap(otherItem) + [paletteItem]
  }

  private static func item(_ binding: Binding) -> Item {
    Item(
      name: binding.command.words, label: binding.label, key: binding.keyText, act: .command(binding.command))
  }

  /// Where it works in several places, one of a lesson is named: most is done there.
  private static func otherItem(_ command: Command) -> Item? {
    let rows = KeyMap.bindings.filter { $0.command == command }
    let modes = Mode.allCases.filter { mode in rows.contains { $0.modes.contains(mode) } }
    guard let mode = modes.first(where: { $0 != .catalog }) ?? modes.first,
      let row = rows.first(where: { $0.modes.contains(mode) })
    else { return nil }
    let isOnly = modes.allSatisfy { $0.place == mode.place }
    return Item(
      name: command.words, label: "\(row.label) (\(mode.place))", key: row.keyText,
      act: .elsewhere("\(command.words): \(isOnly ? "only" : "not here, but") \(mode.place)."))
  }

  private static let paletteItem = Item(
    name: Command.palette.words, label: "this list", key: ":", act: .command(.palette))

  private static func answers(_ snapshot: LabSnapshot, _ mode: Mode) -> [Item] {
    let answering: Set<Mode> = [
      .question, .wideQuestion, .observation, .wideObservation, .bench, .wideBench,
    ]
    guard answering.contains(mode), let run = snapshot.run else {
      return []
    }
    switch run.awaiting {
    case .answer(let question):
      return question.options.map {
        Item(name: "answer \($0.key)", label: $0.text, key: $0.key, act: .answer($0.key))
      }
    case .move(let bench):
      return bench.moves.map {
        Item(name: "move \($0.key)", label: $0.text, key: $0.key, act: .answer($0.key))
      }
    case .advance, .confidence, .facts, .release, .finished: return []
    }
  }

  private static func lessons(_ snapshot: LabSnapshot) -> [Item] {
    snapshot.replay != nil
      ? []
      : snapshot.catalog.lessons.map {
        Item(name: "go \($0.code.lowercased())", label: $0.title, key: "", act: .lesson($0.id))
      }
  }

  private static let themes = Theme.allCases.map {
    Item(name: "theme \($0.rawValue)", label: "colours: \($0.words)", key: "", act: .theme($0))
  }
}

/// Finds letters in their order in a text.
enum Fuzzy {
  /// The lower the better; nothing where the letters are not all there in this order.
  static func score(_ wanted: String, in text: String) -> Int? {
    let hay = Array(text.lowercased())
    if let range = text.lowercased().firstRange(of: wanted) {
      let start = text.lowercased().distance(from: text.lowercased().startIndex, to: range.lowerBound)
      let atWord = start == 0 || hay[start - 1] == " "
      return atWord ? start : 50 + start
    }
    var position = 0
    var gaps = 0
    for letter in wanted where letter != " " {
      guard let next = hay[position...].firstIndex(of: letter) else { return nil }
      gaps += next - position
      position = next + 1
    }
    return 200 + gaps
  }
}

extension String {
  /// Without spaces at either end.
  var trimmed: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
