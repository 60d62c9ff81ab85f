import LabCanvas
import LabCatalog
import LabCore

/// Questions of the review, or of the test, one at a time.
///
///     ┌─ Review: question 1 of 3 ─────────┐
///     │ from SP2 Port hopping             │
///     │ What is the same in all columns?  │
///     │  a) …                             │
///     │  b) …                             │
///     │ Right. …                          │
///     └───────────────────────────────────┘
enum RoundScreen {
  static func draw(_ canvas: inout Canvas, _ frame: ScreenFrame) {
    guard let round = frame.model.round else { return }
    frame.top(&canvas, left: [Span(title(round), .strong)], right: [])
    let text = document(frame.model, frame.snapshot)
    frame.textBox(&canvas, frame.lines.body, .text, title: title(round), text)
    frame.status(&canvas, round.isOver ? over(round) : status(round))
    frame.footer(&canvas)
  }

  static func title(_ round: QuestionRound) -> String {
    switch round.purpose {
    case .review: "Review"
    case .before: "The test, before"
    case .after: "The test, after"
    }
  }

  static func document(_ model: AppModel, _ snapshot: LabSnapshot) -> Document {
    guard let round = model.round else { return Document() }
    guard let question = round.current?.question else {
      return Document([.paragraph(RoundText.ending(round), .text)])
    }
    var text = Document()
    text.add(.paragraph(RoundText.heading(round, snapshot.catalog), .dim))
    text.add(.gap)
    text.add(.paragraph(question.ask, .strong))
    text.add(.gap)
    for (index, choice) in question.choices.enumerated() {
      let key = Choice.key(at: index)
      let (mark, role) = mark(of: index, key, model, round, question)
      let width = DisplayWidth.of(model.glyphs.ok)
      text.add(.item(mark: "\(Text.pad(mark, width: width)) \(key))", choice, role))
    }
    text.add(.gap)
    if let shown = round.shown {
      let given = shown.keys.joined(separator: " and ")
      let verdict =
        shown.right ? "Right." : "You said \(given). It is \(question.rightKeys.joined(separator: " and "))."
      text.add(.paragraph("\(verdict) \(question.why)", shown.right ? .good : .notice))
    } else if question.isMultiple {
      text.add(.paragraph("Several are right: choose them, then Enter.", .dim))
    }
    return text
  }

  private static func mark(
    of index: Int, _ key: String, _ model: AppModel, _ round: QuestionRound, _ question: ShortQuestion
  ) -> (String, Role) {
    guard let shown = round.shown else { return (model.picked.contains(key) ? "*" : " ", .text) }
    if question.correct.contains(index) { return (model.glyphs.ok, .good) }
    return shown.keys.contains(key) ? (model.glyphs.bad, .failure) : (" ", .text)
  }

  private static func over(_ round: QuestionRound) -> String {
    round.purpose == .review
      ? "Space goes back to the catalog." : "Space shows what it came to, belief by belief. Esc goes back."
  }

  private static func status(_ round: QuestionRound) -> String {
    if round.shown != nil { return "Space goes on." }
    return round.purpose == .before
      ? "What is true is told the second time, so that the test can be taken again."
      : "Answer by letter. s leaves a question out."
  }
}
