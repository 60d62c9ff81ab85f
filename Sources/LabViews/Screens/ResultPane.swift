import LabCanvas
import LabCatalog
import LabCore
import LabFacts

/// How a lesson ended, in the place of its text: what it was about, which beliefs were seen through, and
/// where the run was not what the lesson tells.
enum ResultPane: PaneView {
  static func title(_ context: PaneContext) -> String { "Result" }
  static func rowCount(_ context: PaneContext) -> Int { 0 }

  static func contentHeight(_ context: PaneContext, width: Int) -> Int {
    document(context).lines(width: width, context.glyphs).count
  }

  static func draw(_ canvas: inout Canvas, in rect: Rect, _ context: PaneContext) {
    let lines = document(context).lines(width: rect.width, context.glyphs)
    let window = ScrollWindow(count: lines.count, height: rect.height, offset: context.scroll)
    canvas.write(lines: lines, in: rect, offset: window.offset)
  }

  static func document(_ context: PaneContext, wayOn told: Bool = true) -> Document {
    var text = Document()
    guard let run = context.run, let result = run.result else { return text }
    text.add(.heading(headline(run, result)))
    switch result {
    case .completed: break
    case .differed(let mismatches): differences(&text, mismatches, context.glyphs)
    }
    text.add(.gap)
    text.add(.row("Asked", run.lesson.question, .text))
    if !run.lesson.teaches.isEmpty {
      text.add(.row("You met", run.lesson.teaches.map(words).joined(separator: ", "), .text))
    }
    scores(&text, run.answers)
    beliefs(&text, run.answers, context)
    guard told else { return text }
    text.add(.gap)
    text.add(.paragraph(wayOn(context.next), .notice))
    return text
  }

  private static func headline(_ run: LessonRun, _ result: LessonResult) -> String {
    switch result {
    case .completed: "Done: \(run.lesson.code) \(PlainText.ended(run.lesson.title))"
    case .differed: "This run was not what the lesson tells."
    }
  }

  /// Expected and seen, per side, one below the other.
  private static func differences(_ text: inout Document, _ mismatches: [Mismatch], _ glyphs: Glyphs) {
    text.add(
      .paragraph(
        "That is the lab's fault or the machine's, not yours. What was seen is true; the text was wrong about it.",
        .text))
    for mismatch in mismatches {
      text.add(.gap)
      text.add(.item(mark: glyphs.bad, mismatch.subject, .failure))
      text.add(.row("  expected", mismatch.expected, .text))
      text.add(.row("  seen", mismatch.seen, .text))
    }
  }

  private static func scores(_ text: inout Document, _ answers: LessonAnswers) {
    let predicted = answers.predictions.filter { $0.choice != nil }
    if !predicted.isEmpty {
      text.add(.row("Predicted", "\(predicted.count(where: \.correct)) of \(predicted.count) right", .text))
    }
    if !answers.observations.isEmpty {
      let first = answers.observations.count { $0.tries == 1 }
      text.add(.row("Observed", "\(first) of \(answers.observations.count) at the first look", .text))
    }
    if !answers.tries.isEmpty {
      let solved = answers.tries.count { $0.solved && !$0.solutionShown }
      text.add(.row("Tried", "\(solved) of \(answers.tries.count) solved by yourself", .text))
    }
    if !answers.recalls.isEmpty {
      let right = answers.recalls.count { $0.correct == true }
      text.add(.row("Recalled", "\(right) of \(answers.recalls.count)", .text))
    }
    if answers.hints > 0 { text.add(.row("Hints", "\(answers.hints)", .text)) }
  }

  private static func beliefs(_ text: inout Document, _ answers: LessonAnswers, _ context: PaneContext) {
    let missed = unique(answers.beliefsMissed)
    let beaten = unique(answers.beliefsBeaten).filter { !missed.contains($0) }
    guard !missed.isEmpty || !beaten.isEmpty else { return }
    text.section("Beliefs")
    for id in missed { belief(&text, id, context.glyphs.bad, "believed", .failure, context) }
    for id in beaten { belief(&text, id, context.glyphs.ok, "seen through", .good, context) }
  }

  private static func belief(
    _ text: inout Document, _ id: String, _ mark: String, _ word: String, _ role: Role, _ context: PaneContext
  ) {
    guard let belief = context.catalog.belief(id) else { return }
    text.add(.item(mark: "\(mark) \(id)", "\(word): \u{201c}\(belief.belief)\u{201d}", role))
    if word == "believed" {
      text.add(.item(mark: String(repeating: " ", count: mark.count + id.count + 1), belief.truth, .text))
    }
  }

  private static func wayOn(_ next: Lesson?) -> String {
    guard let next else { return "Space goes back to the catalog." }
    let title = PlainText.ended(next.title)
    return "Space goes back to the catalog. n opens the next lesson: \(next.code) \(title)"
  }

  private static func unique(_ ids: [String]) -> [String] {
    ids.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  private static func words(_ slug: String) -> String {
    slug.split(separator: "-").map { initials.contains($0) ? $0.uppercased() : String($0) }
      .joined(separator: " ")
  }

  private static let initials: Set<Substring> = [
    "fin", "http", "rst", "sni", "socks", "starttls", "syn", "tls",
  ]
}
