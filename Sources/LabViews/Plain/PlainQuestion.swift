import LabCatalog
import LabCore
import LabFacts

/// A question as the plain mode asks it and takes its answer: choices, rows and items by number, the rest typed.
extension Question {
  /// The question; before one about the screen, what the lesson points at there.
  func lines(_ snapshot: LabSnapshot) -> [String] {
    plainView(snapshot) + PlainText.prose("Question: " + ask)
      + options.enumerated().map { "  \($0 + 1)  \(PlainText.plain($1.text))" }
  }

  private func plainView(_ snapshot: LabSnapshot) -> [String] {
    switch form {
    // Its rows are the choices.
    case .point: return []
    case .fill(let field): return fields(field, snapshot)
    case .pick, .number, .order:
      guard kind == .observe else { return [] }
      // What such a lesson wants to be looked at are its ladders.
      if snapshot.shownLesson?.layout.contrast ?? false { return PlainText.ladder(snapshot) }
      return PlainText.pointedAt(snapshot).map(Blanks(snapshot.run).hide)
    }
  }

  /// The parts of the first message that say it, blank.
  private func fields(_ field: BlankField, _ snapshot: LabSnapshot) -> [String] {
    let blanks = Blanks(snapshot.run)
    // In a run that is over nothing is blank any more.
    guard blanks.isOpen, let end = snapshot.lab.ends(of: field.of).last,
      let place = blanks.place(in: end.wire.elements)?.entry
    else { return [] }
    let segment = end.wire.elements[place].segment
    let parts = segment.ranges.filter { $0.value.map(blanks.hide) != $0.value }
    return ["Wire of \(Subject.path(end.id)): \(segment.words)"]
      + parts.map { "  \($0.label): \(blanks.hide($0.value ?? ""))" }
  }

  /// What can be typed now.
  var plainPrompt: String {
    let rest = (kind == .observe ? "h hint, ? ways to look" : "s skip") + ", b leave, q quit:"
    switch form {
    case .pick(.teachBack): return "Answer with the two that belong in it, such as 1 3, \(rest)"
    case .pick:
      let several = isMultiple ? ", several may be right, such as 1 3" : ""
      return "Answer 1 to \(options.count)\(several), \(rest)"
    case .number: return "Type the number, \(rest)"
    case .fill: return "Type what belongs in the blank, \(rest)"
    case .order:
      let example = (1...max(1, options.count)).reversed().map(String.init).joined(separator: " ")
      return "Type all numbers in the right order, such as \(example), \(rest)"
    case .point: return "Answer with the row, 1 to \(options.count), \(rest)"
    }
  }

  /// The answer in a typed line, or what to say about it.
  func answer(in typed: String) -> PlainAnswer {
    switch form {
    case .fill: return typed.isEmpty ? .unknown : .keys([typed])
    case .number: return Int(typed) == nil ? .advice("Type digits only.") : .keys([typed])
    case .pick, .order, .point: break
    }
    let words = typed.split { $0 == " " || $0 == "," }
    let numbers = words.compactMap { Int($0) }
    guard !numbers.isEmpty, numbers.count == words.count,
      numbers.allSatisfy({ options.indices.contains($0 - 1) })
    else { return .unknown }
    let keys = numbers.map { options[$0 - 1].key }
    if form == .order {
      guard keys.count == options.count, Set(keys).count == keys.count else {
        return .advice("Each number once, please: all \(options.count) of them.")
      }
      return .keys(keys)
    }
    guard isMultiple || keys.count == 1 else { return .advice("Only one answer, please.") }
    return .keys(keys)
  }
}

/// What a typed line means for a question.
enum PlainAnswer: Equatable {
  case keys([String])
  case advice(String)
  case unknown
}
