import LabCore
import LabFacts

extension LessonRun {
  mutating func ask(_ kind: Question.Kind, _ text: String, _ choices: [Choice], _ lab: LabState) {
    let options = choices.map { Question.Option(key: $0.key, text: fill($0.text, lab)) }
    open(Question(kind: kind, ask: fill(text, lab), options: options))
  }

  mutating func askRecall(_ lab: LabState) {
    guard case .recall(let items) = step?.kind, items.indices.contains(itemIndex) else {
      awaitAdvance()
      return
    }
    let item = items[itemIndex]
    let options = item.choices.enumerated().map {
      Question.Option(key: Choice.key(at: $0), text: fill($1, lab))
    }
    pane = StepPane(phase: .recall, title: LessonPhase.recall.title)
    open(
      Question(kind: .recall, ask: fill(item.ask, lab), options: options, isMultiple: item.correct.count > 1))
  }

  private mutating func open(_ question: Question) {
    stage = .asking
    awaiting = .answer(question)
    pane.question = question
    pane.prompt = question.prompt
    journal.append(.asked(question))
  }

  mutating func answer(_ keys: [String], _ lab: LabState) {
    guard stage == .asking, case .answer(let question) = awaiting, let step else { return }
    let known = Set(question.options.map(\.key))
    guard !keys.isEmpty, keys.allSatisfy(known.contains), question.isMultiple || keys.count == 1 else {
      return
    }
    switch step.kind {
    case .predict(let prediction): predict(keys[0], prediction, question, step.id)
    case .observe(let observation): observe(keys[0], observation, question, lab)
    case .recall(let items): recall(keys, items[itemIndex], step.id, lab)
    case .say, .perform, .explain, .attempt: break
    }
  }

  private mutating func predict(_ key: String, _ prediction: Prediction, _ question: Question, _ step: String)
  {
    guard let choice = prediction.choices.first(where: { $0.key == key }) else { return }
    answers.predictions.append(
      .init(step: step, choice: key, correct: choice.correct, confidence: nil, belief: choice.belief))
    count(choice, among: prediction.choices)
    if let belief = choice.belief, !choice.correct { openBeliefs.append(belief) }
    let text = question.options.first { $0.key == key }?.text ?? choice.text
    lastPrediction = StepPane.Recalled(text: text, correct: choice.correct)
    pane.predicted = nil
    pane.feedback = "Your prediction: \(key)) \(text)"
    journal.append(.answered(keys: [key], correct: nil, belief: nil))
    guard prediction.confidence else { return awaitAdvance("Press Space to see what happens.") }
    stage = .sure
    awaiting = .confidence
    pane.prompt = "How sure are you? 1 a guess, 2 fairly sure, 3 sure."
  }

  /// A wrong choice misses its belief; the right one beats every belief that was offered.
  private mutating func count(_ choice: Choice, among choices: [Choice]) {
    if choice.correct {
      for belief in Set(choices.compactMap(\.belief)).sorted() { answers.beliefsBeaten.append(belief) }
    } else if let belief = choice.belief {
      answers.beliefsMissed.append(belief)
    }
  }

  mutating func setConfidence(_ degree: Int) {
    guard stage == .sure, (1...3).contains(degree), !answers.predictions.isEmpty else { return }
    answers.predictions[answers.predictions.count - 1].confidence = degree
    journal.append(.sure(degree))
    awaitAdvance("Press Space to see what happens.")
  }

  private mutating func observe(
    _ key: String, _ observation: Observation, _ question: Question, _ lab: LabState
  ) {
    guard let step, let choice = observation.choices.first(where: { $0.key == key }) else { return }
    journal.append(.answered(keys: [key], correct: choice.correct, belief: nil))
    if choice.correct {
      answers.observations.append(.init(step: step.id, tries: Set(question.tried).count + 1))
      pane.right = [key]
      say(feedback: "Yes: that is what the screen shows.")
      return awaitAdvance()
    }
    var again = question
    if !again.tried.contains(key) { again.tried.append(key) }
    awaiting = .answer(again)
    pane.question = again
    say(feedback: fill(observation.wrong, lab))
  }

  private mutating func recall(_ keys: [String], _ item: RecallItem, _ step: String, _ lab: LabState) {
    let right = item.correct.map { Choice.key(at: $0) }
    let isRight = Set(keys) == Set(right)
    answers.recalls.append(.init(step: step, item: itemIndex, correct: isRight, belief: item.belief))
    if let belief = item.belief {
      if isRight { answers.beliefsBeaten.append(belief) } else { answers.beliefsMissed.append(belief) }
    }
    journal.append(.answered(keys: keys, correct: isRight, belief: isRight ? nil : item.belief))
    pane.right = right
    let verdict = isRight ? "Right." : "The answer is \(right.joined(separator: " and "))."
    say(feedback: item.why.isEmpty ? verdict : "\(verdict) \(fill(item.why, lab))")
    awaitAdvance()
  }

  mutating func say(feedback: String) {
    pane.feedback = feedback
    journal.append(.feedback(feedback))
  }

  mutating func showHint(_ lab: LabState) {
    if stage == .asking, case .observe(let observation) = step?.kind {
      addHint(fill(observation.wrong, lab))
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
  /// `Press a, b or c.`
  package var prompt: String {
    let keys = options.map(\.key)
    guard let last = keys.last, keys.count > 1 else { return "Press Space to go on." }
    let list = keys.dropLast().joined(separator: ", ") + " or " + last
    switch kind {
    case .predict: return "Press \(list). s leaves it out."
    case .observe: return "Press \(list). H shows where to look."
    case .recall:
      return isMultiple ? "Press every right one of \(list), then Enter." : "Press \(list). s leaves it out."
    }
  }
}
