/// L50, L51: texts that fit 80 columns, in characters every terminal has a twin for.
enum ScreenRules {
  /// Text columns of the narrowest full screen.
  static let width = 76

  /// Characters that the screen can write in ASCII.
  static let transliterable: Set<Character> = [
    "–", "—", "…", "“", "”", "‘", "’", "→", "←", "↔", "×", "≤", "≥", "·", "•", "é", "ä", "ö", "ü", "ß",
  ]

  static func check(_ lesson: Lesson) -> [AuthorProblem] {
    var problems: [AuthorProblem] = []
    if lesson.title.count > 34 {
      problems.append(
        lesson.problem(
          "L50", at: lesson.place(of: "title"),
          "The title has \(lesson.title.count) characters; 34 fit the catalog."))
    }
    problems += characters(
      "the title or question", lesson.title + lesson.question, lesson.place(of: "title"), lesson)
    for step in lesson.steps {
      for text in step.texts {
        problems += fits(text, lesson) + characters("`\(text.what)`", text.text, text.place, lesson)
      }
    }
    return problems
  }

  private static func fits(_ text: Step.Text, _ lesson: Lesson) -> [AuthorProblem] {
    let length = columns(text.text)
    if let limit = limit(text.what), length > limit {
      return [
        lesson.problem(
          "L50", at: text.place,
          "`\(text.what)` fills \(length) columns; \(limit) fit its place on the screen.",
          help: "Say it in fewer words.")
      ]
    }
    return text.text.split(separator: "\n").filter { $0.hasPrefix("  ") && columns(String($0)) > width }.map {
      _ in
      lesson.problem(
        "L50", at: text.place, "An indented line of `\(text.what)` is wider than \(width) columns.",
        help: "Indented lines are not wrapped: break it.")
    }
  }

  /// How much room a text has, in columns; nothing for those counted in words.
  private static func limit(_ what: String) -> Int? {
    if what.hasPrefix("choice") || what.hasPrefix("move") { return 2 * (width - 4) }
    if what == "ask" { return 2 * width }
    if what == "say" { return nil }
    return 3 * width
  }

  /// A variable counts as a port's five columns.
  static func columns(_ text: String) -> Int {
    Template.pieces(text).reduce(0) { sum, piece in
      switch piece {
      case .text(let text): sum + text.count
      case .path: sum + 5
      }
    }
  }

  private static func characters(
    _ what: String, _ text: String, _ place: Place, _ lesson: Lesson
  ) -> [AuthorProblem] {
    guard let odd = odd(in: text) else { return [] }
    return [
      lesson.problem(
        "L51", at: place, "The character \(odd) in \(what) has no ASCII twin.",
        help: "Say it in plain letters.")
    ]
  }

  /// The first character that an ASCII terminal can't show.
  static func odd(in text: String) -> Character? {
    text.first { !$0.isASCII && !transliterable.contains($0) }
  }
}
