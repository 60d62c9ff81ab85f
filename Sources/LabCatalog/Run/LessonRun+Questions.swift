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
    pane.right = []
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
    let isRight = isRight(given, question)
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

  private func isRight(_ given: [String], _ question: Question) -> Bool {
    switch question.form {
    case .pick: Set(given) == Set(rightAnswer)
    case .order: given == rightAnswer
    case .number: Int(given[0]) == rightAnswer.first.flatMap { Int($0) }
    case .fill: given.first?.comparable == rightAnswer.first?.comparable
    case .point: rightAnswer.contains(given[0])
    }
  }

  private mutating func predict(
    _ keys: [String], _ isRight: Bool, _ prediction: Prediction, _ question: Question, _ step: String
  ) {
    let missed = isRight ? [] : prediction.beliefs(behind: keys)
    answers.predictions.append(
      .init(
        step: step, choice: keys.joined(separator: ","), correct: isRight, confidence: nil,
        belief: missed.first))
    if isRight {
      answers.beliefsBeaten += prediction.allBeliefs
    } else {
      answers.beliefsMissed += missed
      openBeliefs += missed
    }
    let words = question.words(keys)
    let isOne = !question.isMultiple && question.isPick
    lastPrediction = StepPane.Recalled(text: isOne ? question.text(of: keys[0]) : words, correct: isRight)
    pane.predicted = nil
    pane.feedback = "Your prediction: \(words)"
    journal.append(told(keys, nil, question, nil))
    guard prediction.confidence else { return awaitAdvance("Press Space to see what happens.") }
    stage = .sure
    awaiting = .confidence
    pane.prompt = "How sure are you? 1 a guess, 2 fairly sure, 3 sure."
  }

  mutating func setConfidence(_ degree: Int) {
    guard stage == .sure, (1...3).contains(degree), !answers.predictions.isEmpty else { return }
    answers.predictions[answers.predictions.count - 1].confidence = degree
    journal.append(.sure(degree))
    awaitAdvance("Press Space to see what happens.")
  }

  private mutating func observe(
    _ keys: [String], _ isRight: Bool, _ observation: Observation, _ question: Question, _ lab: LabState
  ) {
    guard let step else { return }
    journal.append(told(keys, isRight, question, nil))
    if isRight {
      answers.observations.append(.init(step: step.id, tries: Set(question.tried).count + 1))
      pane.right = keys
      say(feedback: "Yes: that is what the screen shows.")
      return awaitAdvance()
    }
    var again = question
    let tried = keys.joined(separator: ",")
    if !again.tried.contains(tried) { again.tried.append(tried) }
    awaiting = .answer(again)
    pane.question = again
    say(feedback: nearness(keys, question) + fill(observation.wrong, lab))
  }

  /// How near a wrong answer came, where it has parts.
  private func nearness(_ keys: [String], _ question: Question) -> String {
    if question.form == .order {
      return "\(zip(keys, rightAnswer).count { $0 == $1 }) of \(keys.count) stand in their place. "
    }
    guard question.isMultiple else { return "" }
    return Set(keys).isSubset(of: rightAnswer) ? "So far so good: there are more. " : "Not all of these. "
  }

  private mutating func recall(
    _ keys: [String], _ isRight: Bool, _ item: RecallItem, _ question: Question, _ lab: LabState
  ) {
    answers.recalls.append(
      .init(step: step?.id ?? "", item: itemIndex, correct: isRight, belief: item.belief))
    if let belief = item.belief {
      if isRight { answers.beliefsBeaten.append(belief) } else { answers.beliefsMissed.append(belief) }
    }
    settle(keys, isRight, item, question, lab)
  }

  /// A question that is asked once: says what is right, and why.
  private mutating func settle(
    _ keys: [String], _ isRight: Bool, _ item: RecallItem, _ question: Question, _ lab: LabState
  ) {
    journal.append(told(keys, isRight, question, isRight ? nil : item.belief))
    pane.right = rightAnswer
    let why = item.why.isEmpty ? "" : " " + fill(item.why, lab)
    func verdict(_ words: String) -> String { (isRight ? "Right." : "The answer is \(words).") + why }
    pane.feedback = verdict(question.rightKeys(rightAnswer))
    // Only the screen shows letters.
    journal.append(.feedback(verdict(question.rightTexts(rightAnswer))))
    awaitAdvance()
  }

  private func told(
    _ keys: [String], _ isRight: Bool?, _ question: Question, _ belief: String?
  ) -> JournalEntry {
    switch question.form {
    case .pick, .order: .answered(keys: keys, correct: isRight, belief: belief)
    case .number, .fill, .point: .gave(question.words(keys), correct: isRight, belief: belief)
    }
  }

  mutating func say(feedback: String) {
    pane.feedback = feedback
    journal.append(.feedback(feedback))
  }

  mutating func showHint(_ lab: LabState) {
    if stage == .asking, case .observe(let observation) = step?.kind {
      addHint(fill(observation.wrong, lab))
    } else if stage == .bench, self.bench.patience != nil {
      pane.feedback = "Try first: hints come after three minutes. s goes on to the explanation."
    } else if stage == .bench, case .attempt(let bench) = step?.kind, pane.hints.count < bench.hints.count {
      addHint(fill(bench.hints[pane.hints.count], lab))
      awaitMove(bench)
    }
  }

  private mutating func addHint(_ text: String) {
    guard !pane.hints.contains(text) else { return }
    pane.hints.append(text)
    answers.hints += 1
    journal.append(.hintShown(number: pane.hints.count, text: text))
  }
}

extension Question {
  fileprivate var isPick: Bool {
    if case .pick = form { return true }
    return false
  }

  /// What is right, by the letters of the screen.
  fileprivate func rightKeys(_ right: [String]) -> String {
    switch form {
    case .pick(.choice), .pick(.multi), .pick(.teachBack): right.joined(separator: " and ")
    case .pick(.bool), .number, .fill, .order, .point: rightTexts(right)
    }
  }

  /// What is right, in words.
  fileprivate func rightTexts(_ right: [String]) -> String {
    switch form {
    case .pick: right.map { "\"\(text(of: $0))\"" }.joined(separator: " and ")
    case .order: words(right)
    case .number, .fill: right.joined()
    case .point: right.map(text).joined(separator: " or ")
    }
  }
}

extension Prediction {
  /// Every belief a wrong answer would have shown.
  fileprivate var allBeliefs: [String] {
    Set(choices.compactMap(\.belief) + [belief].compactMap { $0 }).sorted()
  }

  /// Beliefs behind a wrong answer.
  fileprivate func beliefs(behind keys: [String]) -> [String] {
    guard !choices.isEmpty else { return [belief].compactMap { $0 } }
    return choices.filter { keys.contains($0.key) && !$0.correct }.compactMap(\.belief)
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

extension String {
  /// For comparing what was typed: case and spaces do not count.
  fileprivate var comparable: String { lowercased().filter { !$0.isWhitespace } }
}
