/// L52, L54: texts that are true on every screen: without colour, in plain mode, with other keys.
enum DeviceRules {
  private static let colours: Set<String> = ["red", "green", "yellow", "blue", "orange", "grey", "gray"]
  private static let drawn: Set<String> = [
    "row", "rows", "line", "lines", "arrow", "arrows", "rung", "rungs", "mark", "marks", "bar", "pane",
    "text",
    "word", "words", "number", "numbers", "block", "blocks", "letters", "ones", "one",
  ]
  private static let keys: Set<String> = ["Space", "Enter", "Backspace", "Tab", "Esc", "Escape", "Ctrl"]

  static func check(_ lesson: Lesson) -> [AuthorProblem] {
    lesson.steps.flatMap { step in
      step.texts.flatMap { text in colour(text, lesson) + key(text, moves(of: step), lesson) }
    }
  }

  private static func colour(_ text: Step.Text, _ lesson: Lesson) -> [AuthorProblem] {
    guard let pair = coloured(text.text) else { return [] }
    return [
      lesson.problem(
        "L52", at: text.place, "`\(text.what)` points at \"\(pair)\": not every screen has colours.",
        help: "Say what is written there, or which row it is.")
    ]
  }

  /// `red row`, where a text tells something by its colour.
  static func coloured(_ text: String) -> String? {
    let words = words(text).map { $0.lowercased() }
    return zip(words, words.dropFirst()).first { colours.contains($0) && drawn.contains($1) }.map {
      "\($0) \($1)"
    }
  }

  /// Moves have letters everywhere. All other keys are the screen's own, and plain mode has none.
  private static func key(_ text: Step.Text, _ moves: [String], _ lesson: Lesson) -> [AuthorProblem] {
    guard let key = namedKey(text.text, moves: moves) else { return [] }
    return [
      lesson.problem(
        "L54", at: text.place, "`\(text.what)` names the key \(key), which plain mode has not got.",
        help: "Say what is to be done; the screen says with which key.")
    ]
  }

  static func namedKey(_ text: String, moves: [String]) -> String? {
    let words = words(text)
    if let key = words.first(where: keys.contains) { return key }
    return zip(words, words.dropFirst()).first { word, next in
      ["press", "presses", "key"].contains(word.lowercased()) && next.count == 1 && next != "a"
        && !moves.contains(next)
    }?.1
  }

  private static func moves(of step: Step) -> [String] {
    if case .attempt(let bench) = step.kind { return bench.moves.map(\.key) }
    return []
  }

  private static func words(_ text: String) -> [String] {
    let prose = Template.pieces(text).map { piece -> String in
      if case .text(let text) = piece { return text }
      return " "
    }.joined()
    return prose.split { !$0.isLetter && !$0.isNumber }.map(String.init)
  }
}
