package import LabCanvas
import LabCatalog
import LabCore
import LabFacts

/// The step of the lesson: what it says, what it asks, and what to press.
///
///     You predicted "the server moved to another port": not so.
///
///     In the row of the newest accepted connection, which port is the server's?
///       a) 43804
///     ✘ b) a different one each time    not this one
///       c) 7777
///
///     Look at the row that starts with srv conn.
///     Press a, b or c.
///
/// The last lines, feedback and prompt, stay where they are while the rest scrolls. Where lines are
/// scarce, what is asked comes first.
package enum ExplainPane: PaneView {
  /// Longer lines are hard to read.
  package static let widest = 76

  package static func title(_ context: PaneContext) -> String {
    guard let run = context.run else { return context.past == nil ? "EXPLAIN" : "REPLAY" }
    if context.past != nil { return "PAST \(context.glyphs.dot) the lesson waits at: \(run.phase.rawValue)" }
    return run.pane.title.isEmpty ? run.pane.phase.rawValue : run.pane.title
  }

  /// Only the items of an order are rows to choose.
  package static func rowCount(_ context: PaneContext) -> Int {
    guard case .answer(let question) = context.run?.awaiting, question.form == .order, context.past == nil
    else { return 0 }
    return question.options.count
  }

  package static func contentHeight(_ context: PaneContext, width: Int) -> Int {
    let text = text(context, width: width)
    return text.compact.count + text.prompt.count
  }

  /// The rows it asks for: with empty lines between its parts, but not where a question is about what the
  /// other panes show.
  static func wishedHeight(_ context: PaneContext, width: Int) -> Int {
    let text = text(context, width: width)
    if context.run?.phase == .observe { return text.dense.count + text.prompt.count }
    return text.spaced.count + (text.spaced.isEmpty ? 0 : 1) + text.prompt.count
  }

  package static func draw(_ canvas: inout Canvas, in rect: Rect, _ context: PaneContext) {
    let text = text(context, width: rect.width)
    let (body, foot) = rect.splitBottom(text.prompt.count)
    let lines = text.fitted(body.height)
    let end = canvas.write(lines: lines, in: body, offset: offset(text, in: body, context))
    // Where there is room the prompt follows its text; otherwise it keeps the last line.
    let gap = text.spaced.count < body.height && !lines.isEmpty ? 1 : 0
    let y = min(end + gap, foot.y)
    canvas.write(lines: text.prompt, in: Rect(x: rect.x, y: y, width: rect.width, height: rect.bottom - y))
    if context.focused { canvas.cursor = (rect.x, y) }
  }

  /// The first line in sight in a pane of this size.
  static func offset(in rect: Rect, _ context: PaneContext) -> Int {
    let text = text(context, width: rect.width)
    return offset(text, in: rect.splitBottom(text.prompt.count).rest, context)
  }

  /// A hint just given is shown to its end, until somebody scrolls.
  private static func offset(_ text: StepText, in body: Rect, _ context: PaneContext) -> Int {
    let lines = text.fitted(body.height)
    let news = context.followsNews && lines.count > body.height ? text.newsEnd.map { $0 - body.height } : nil
    return ScrollWindow(count: lines.count, height: body.height, offset: news ?? context.scroll).offset
  }

  private static func text(_ context: PaneContext, width: Int) -> StepText {
    StepText(context, width: min(width, widest))
  }
}

/// The lines of a step, in blocks.
struct StepText {
  private(set) var prompt: [Line] = []
  private var blocks: [[Line]] = []
  /// The same where lines are scarce: what is asked comes first, then the rest.
  private var asked: [[Line]] = []
  /// As short, and nothing of it cut.
  private var wrapped: [[Line]] = []
  private var others: [[Line]] = []
  /// The line after the newest hint, where lines are scarce.
  private(set) var newsEnd: Int?
  private let width: Int
  private let glyphs: Glyphs

  /// One empty line between blocks.
  var spaced: [Line] { Array(blocks.joined(separator: [[]])) }
  /// The same without the empty lines.
  var dense: [Line] { blocks.flatMap { $0 } }
  var compact: [Line] { (asked + others).flatMap { $0 } }

  /// The airiest form that fits.
  func fitted(_ height: Int) -> [Line] {
    let forms = [spaced, dense, (wrapped + others).flatMap { $0 }]
    return forms.first { $0.count <= height } ?? compact
  }

  init(_ context: PaneContext, width: Int) {
    self.width = width
    glyphs = context.glyphs
    if let past = context.past { addPast(past) }
    guard let run = context.run else {
      if context.past == nil { add([Span("No lesson is open.", .dim)]) }
      prompt = context.past.map { Text.wrap([Span($0.advice, .key)], width: width) } ?? []
      return
    }
    let pane = run.pane
    if let predicted = pane.predicted { addPrediction(predicted) }
    // The bench says its goal itself.
    let isRule = pane.question?.kind == .rule
    for paragraph in pane.paragraphs where paragraph != pane.bench?.goal {
      // Once it is reached, the goal stands above its rule only where there is room for all.
      if isRule { addSpare(Text.emphasis(paragraph)) } else { add(Text.emphasis(paragraph)) }
    }
    for mismatch in pane.mismatches {
      add(block: hanging("\(glyphs.bad) ", .failure, [Span(mismatch.sentence, .failure)]))
    }
    // What is to be seen now was not so then.
    let isNow = context.past == nil
    if isNow { for ran in pane.ran { addProgram(ran) } }
    if let note = pane.note, !note.isEmpty, isNow || pane.phase == .explain {
      let head = pane.phase == .explain ? "Note: " : "Watch: "
      add([Span(head, .strong)] + Text.emphasis(note))
    }
    if let question = pane.question {
      addQuestion(question, pane, draft: context.draft, chosen: context.selection)
    }
    if let bench = pane.bench { addBench(bench, tellsHints: pane.prompt.isEmpty) }
    for (place, hint) in pane.hints.enumerated() {
      add([Span("Hint \(place + 1): ", .notice)] + Text.emphasis(hint))
    }
    if !pane.hints.isEmpty { newsEnd = compact.count }
    // A prompt of the lesson's own asks it already.
    if case .confidence = run.awaiting, pane.prompt.isEmpty {
      ask(howSure)
    }
    if !pane.cards.isEmpty {
      let hasFailed = context.lab.failures.elements.contains { pane.cards.contains($0.failure.code) }
      add([
        Span(hasFailed ? "More on (e opens it): " : "More on: ", .dim),
        Span(pane.cards.map(\.rawValue).joined(separator: ", ")),
      ])
    }
    if let past = context.past {
      prompt = Text.wrap([Span(past.advice, .key)], width: width)
      return
    }
    let words = pane.prompt.isEmpty ? StepText.fallback(run.awaiting) : pane.prompt
    let said = pane.feedback.map { Text.wrap(Text.emphasis($0, role: .notice), width: width) } ?? []
    prompt = said + Text.wrap([Span(WaitWords.mended(words), .key)], width: width)
  }

  private mutating func add(_ line: Line) { add(block: Text.wrap(line, width: width)) }

  /// Where lines are scarce it is left out.
  private mutating func addSpare(_ line: Line) { blocks.append(Text.wrap(line, width: width)) }

  private mutating func add(block: [Line]) {
    blocks.append(block)
    others.append(block)
  }

  /// A block that asks for something, and its shorter forms where it has some: with all its words, and cut.
  private mutating func ask(_ block: [Line], short: [Line]? = nil, cut: [Line]? = nil) {
    blocks.append(block)
    wrapped.append(short ?? block)
    asked.append(cut ?? short ?? block)
  }

  /// What is looked at comes first, however short the room.
  private mutating func addPast(_ past: PastNote) {
    ask(
      Text.wrap([Span(past.headline, .strong)], width: width)
        + hanging("\(glyphs.marker) ", .notice, [Span(past.event)]))
    for line in past.origin { add([Span(line, .dim)]) }
  }

  private var howSure: [Line] {
    Text.wrap(
      [Span("How sure are you?  ", .strong), Span("1 a guess   2 fairly sure   3 sure", .key)], width: width)
  }

  /// A program of the machine: what was typed, how it ended, what it wrote; where lines are scarce, in one.
  private mutating func addProgram(_ ran: StepPane.Ran) {
    guard let end = ran.program.end else { return }
    let isGood = end.manner == .exit(0) && ran.program.netError == nil
    let name = Span(ran.actor.rawValue, .strong)
    let outcome = Span(
      ProgramWords.outcome(end, netError: ran.program.netError), isGood ? .good : .notice)
    let said = ProgramWords.lines(ran.program, limit: 3)
    let rest = ProgramWords.lines(ran.program, limit: .max).count - 1
    let more = rest > 0 ? [Span("  (\(rest) more \(rest == 1 ? "line" : "lines"))", .dim)] : []
    let brief = [name, Span(": "), outcome] + (said.first.map { [Span("  | " + $0, .dim)] } ?? [])
    ask(
      Text.wrap([name, Span(" $ " + Notation.escaped(ran.program.order.commandLine))], width: width)
        + [[Span("  "), outcome]] + said.flatMap { hanging("  | ", .dim, [Span($0, .dim)]) },
      short: Text.wrap(brief + more, width: width),
      cut: [Text.clip(brief, width: width, ellipsis: glyphs.ellipsis)])
  }

  private mutating func addPrediction(_ predicted: StepPane.Recalled) {
    let (mark, role): (String, Role) = predicted.correct ? (glyphs.ok, .good) : (glyphs.bad, .notice)
    let end = predicted.correct ? "\": so it is." : "\"."
    add(
      block: hanging(
        "\(mark) ", role,
        [Span("You predicted \"")] + Text.emphasis(predicted.text, role: .strong) + [Span(end)]))
  }

  private mutating func addQuestion(_ question: Question, _ pane: StepPane, draft: [String], chosen: Int?) {
    ask(Text.wrap(Text.emphasis(question.ask, role: .strong), width: width))
    switch question.form {
    case .number, .fill, .point: return addGiven(question, pane)
    case .order: return addItems(question, right: pane.right, draft: draft, chosen: chosen)
    case .pick: break
    }
    let options = question.options.map { OptionText($0, question, pane, draft: draft, glyphs) }
    let long = options.flatMap { hanging(Text.pad($0.mark, width: 3) + $0.key, $0.role, $0.text + $0.word) }
    let row = Line(
      options.map { [Span($0.mark + ($0.mark.isEmpty ? "" : " ") + $0.key, $0.role)] + $0.text }.joined(
        separator: [Span("   ")]))
    ask(long, short: row.width <= width ? [row] : nil)
  }

  /// What was typed or pointed at so far, and what is right once that is known.
  private mutating func addGiven(_ question: Question, _ pane: StepPane) {
    let right = pane.right
    if !pane.given.isEmpty {
      ask(hanging("\(glyphs.bad) ", .failure, [Span(question.words(pane.given)), OptionText.yours]))
    }
    if !question.tried.isEmpty, right.isEmpty {
      let words = question.tried.map(question.text).joined(separator: ", ")
      ask(hanging("\(glyphs.bad) ", .failure, [Span(words), Span("  not this one", .failure)]))
    }
    guard !right.isEmpty else { return }
    let words = right.map(question.text).joined(separator: " or ")
    ask(hanging("\(glyphs.ok) ", .good, [Span(words), Span("  right", .good)]))
  }

  /// The items as they stand now: numbered, the chosen one marked.
  private mutating func addItems(_ question: Question, right: [String], draft: [String], chosen: Int?) {
    let order = !right.isEmpty ? right : draft.isEmpty ? question.options.map(\.key) : draft
    ask(
      order.enumerated().flatMap { place, key -> [Line] in
        let isChosen = right.isEmpty && place == (chosen ?? 0)
        let mark = !right.isEmpty ? glyphs.ok : isChosen ? glyphs.marker : " "
        let role: Role = !right.isEmpty ? .good : isChosen ? .strong : .text
        return hanging("\(mark) \(place + 1)  ", role, Text.emphasis(question.text(of: key), role: role))
      })
  }

  private mutating func addBench(_ bench: TryBench, tellsHints: Bool) {
    ask(Text.wrap([Span("Goal: ", .strong)] + Text.emphasis(bench.goal), width: width))
    ask(
      bench.moves.flatMap { move -> [Line] in
        let times = move.times == 0 ? "" : move.times == 1 ? "  done" : "  done \(move.times) times"
        return hanging("   \(move.key)  ", .key, Text.emphasis(move.text) + [Span(times, .dim)])
      })
    if tellsHints, bench.hintsLeft > 0 {
      add([Span(bench.hintsLeft == 1 ? "H: one hint left." : "H: \(bench.hintsLeft) hints left.", .dim)])
    }
  }

  /// Text beside a head of its own, further lines lined up under the text.
  private func hanging(_ head: String, _ role: Role, _ text: Line) -> [Line] {
    let indent = DisplayWidth.of(head)
    return Text.wrap(text, width: max(8, width - indent)).enumerated().map { place, line in
      [place == 0 ? Span(head, role) : Span(String(repeating: " ", count: indent))] + line
    }
  }

  /// What to press where the lesson does not say it.
  private static func fallback(_ awaiting: Awaiting) -> String {
    switch awaiting {
    case .advance: "Space goes on."
    case .answer(let question): question.prompt
    case .confidence: "Press 1, 2 or 3."
    case .facts(let what): WaitWords.said(what) + "."
    case .release(let waiting): "Space lets the oldest of \(waiting) held records go."
    case .move(let bench): "Press " + bench.moves.map(\.key).joined(separator: ", ") + "."
    case .finished: "Space goes back to the catalog."
    }
  }
}

/// One option of a question with what is known about it.
private struct OptionText {
  let key: String
  let mark: String
  let role: Role
  let text: Line
  /// In words what the mark says.
  let word: Line

  /// Of a question that is asked once: what was chosen and is not right.
  static let yours = Span("  your answer", .failure)

  init(
    _ option: Question.Option, _ question: Question, _ pane: StepPane, draft: [String], _ glyphs: Glyphs
  ) {
    let right = pane.right
    let isRight = right.contains(option.key)
    let isGiven = !isRight && pane.given.contains(option.key)
    // Of several, each may be right by itself.
    let isTried = isGiven || !question.isMultiple && question.tried.contains(option.key)
    key = "\(option.key)) "
    let isPicked = right.isEmpty && draft.contains(option.key)
    mark = isRight ? glyphs.ok : isTried ? glyphs.bad : isPicked ? glyphs.bullet : ""
    role = isRight ? .good : isTried ? .failure : .text
    let isSettled = !right.isEmpty && !isRight && !isTried
    text = Text.emphasis(option.text, role: isSettled ? .dim : .text)
    let tried = isGiven ? OptionText.yours : Span("  not this one", role)
    word = isRight ? [Span("  right", role)] : isTried ? [tried] : []
  }
}
