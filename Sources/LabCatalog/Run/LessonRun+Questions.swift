import LabCore
import LabFacts

extension LessonRun {
  mutating func ask(
    _ kind: Question.Kind, _ text: String, _ answering: Answering, _ lab: LabState, of name: String
  ) -> [Effect] {
    var question = Question(
      kind: kind, form: answering.form, ask: fill(text, lab), isMultiple: answering.isMultiple)
    switch answering {
    case .pick(_, let choices):
      question.options = choices.map { Question.Option(key: $0.key, text: fill($0.text, lab)) }
      rightAnswer = choices.filter(\.correct).map(\.key)
    case .number(let correct), .fill(_, let correct):
      let (right, missing) = Template.fill(correct) { lab.value(of: $0) }
      rightAnswer = [right]
      guard missing.isEmpty, question.accepts(rightAnswer) else {
        return differ([
          Mismatch(
            subject: missing.first ?? name,
            expected: question.form == .number ? "a number to ask for" : "a text to ask for",
            seen: missing.isEmpty ? right : "nothing")
        ])
      }
    case .order(let items):
      let shown = Shuffle.positions(of: items, seed: name)
      question.options = shown.enumerated().map {
        Question.Option(key: Choice.key(at: $0), text: fill(items[$1], lab))
      }
      rightAnswer = items.indices.compactMap { shown.firstIndex(of: $0) }.map { Choice.key(at: $0) }
    case .point(let target): return askPoint(question, target, lab)
    }
    open(question)
    if lesson.layout.contrast, kind == .observe { labsAsked[journal.count - 1] = lab }
    return []
  }

  mutating func askRecall(_ lab: LabState) -> [Effect] {
    guard let step, case .recall(let items) = step.kind, items.indices.contains(itemIndex) else {
      awaitAdvance()
      return []
    }
    let item = items[itemIndex]
    pane = StepPane(phase: .recall, title: LessonPhase.recall.title)
    return ask(.recall, item.ask, item.answering, lab, of: "\(step.id) \(itemIndex)")
  }

  mutating func open(_ question: Question) {
    stage = .asking
    awaiting = .answer(question)
    pane.question = question
    (pane.right, pane.given) = ([], [])
    pane.feedback = nil
    pane.prompt = question.prompt
    journal.append(.asked(question))
  }

  mutating func answer(_ keys: [String], _ lab: LabState) {
    guard stage == .asking, case .answer(let question) = awaiting, let step else { return }
    guard question.accepts(keys) else {
      if question.form == .number { pane.feedback = "Only digits make a number here." }
      return
    }
    let given = question.isTyped ? [keys.joined(separator: " ").trimmed()] : keys
    let isRight = question.isRight(given, rightAnswer)
    switch (question.kind, step.kind) {
    case (.predict, .predict(let prediction)): predict(given, isRight, prediction, question, step.id)
    case (.observe, .observe(let observation)): observe(given, isRight, observation, question, lab)
    case (.recall, .recall(let items)): recall(given, isRight, items[itemIndex], question, lab)
    case (.rule, .attempt(let bench)):
      bench.rule.map { settle(given, isRight, $0, question, lab) }
      if !answers.tries.isEmpty { answers.tries[answers.tries.count - 1].rule = isRight }
    case (.predict, _), (.observe, _), (.recall, _), (.rule, _): break
    }
  }

  mutating func say(feedback: String) {
    pane.feedback = feedback
    journal.append(.feedback(feedback))
  }

  mutating func showHint(_ lab: LabState) {
    if stage == .asking, case .observe(let observation) = step?.kind, case .answer(let question) = awaiting {
      guard offersHint else { return }
      addHint(question.hasTriedEnough ? answerHint(question) : fill(observation.wrong, lab))
    } else if holdsHints {
      pane.feedback = LessonRun.tryFirst
    } else if stage == .bench, case .attempt(let bench) = step?.kind, pane.hints.count < bench.hints.count {
      addHint(fill(bench.hints[pane.hints.count], lab))
      awaitMove(bench)
    }
  }

  /// Would a hint tell something that does not stand there yet? Of an observation, a wrong answer tells it, too.
  package var offersHint: Bool {
    switch awaiting {
    case .answer(let question) where question.kind == .observe:
      question.hasTriedEnough
        ? !pane.hints.contains(answerHint(question)) : question.tried.isEmpty && pane.hints.isEmpty
    case .move(let bench): bench.hintsLeft > 0
    case .advance, .answer, .confidence, .facts, .release, .finished: false
    }
  }

  /// Why there is no hint now.
  package var noHint: String {
    if case .answer(let question) = awaiting, question.kind == .observe {
      return "What a hint would say stands there already. Try once more."
    }
    return holdsHints ? LessonRun.tryFirst : "There is no hint here."
  }

  private func answerHint(_ question: Question) -> String {
    "It is \(question.answerWords(rightAnswer)). Find it there, then answer."
  }

  private mutating func addHint(_ text: String) {
    guard !pane.hints.contains(text) else { return }
    pane.hints.append(text)
    if pane.feedback?.contains(text) == true { pane.feedback = nil }
    answers.hints += 1
    journal.append(.hintShown(number: pane.hints.count, text: text))
  }
}

extension Answering {
  fileprivate var form: Question.Form {
    switch self {
    case .pick(let picking, _): .pick(picking)
    case .number: .number
    case .fill(let field, _): .fill(field)
    case .order: .order
    case .point(let target): .point(target)
    }
  }
}
