import LabCore
import LabFacts

/// What comes of an answer to each kind of step.
extension LessonRun {
  mutating func predict(
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
      openBeliefs += missed.filter { !openBeliefs.contains($0) }
    }
    lastMissed = missed
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

  mutating func observe(
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
    pane.prompt = again.prompt
    // What stands there as a hint is not said twice: the answers would have no room.
    let advice = fill(observation.wrong, lab)
    say(feedback: nearness(keys, question) + (pane.hints.contains(advice) ? "Not yet." : advice))
  }

  /// How near a wrong answer came, where it has parts.
  private func nearness(_ keys: [String], _ question: Question) -> String {
    if question.form == .order {
      return "\(zip(keys, rightAnswer).count { $0 == $1 }) of \(keys.count) stand in their place. "
    }
    guard question.isMultiple else { return "" }
    return Set(keys).isSubset(of: rightAnswer) ? "So far so good: there are more. " : "Not all of these. "
  }

  mutating func recall(
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
  mutating func settle(
    _ keys: [String], _ isRight: Bool, _ item: RecallItem, _ question: Question, _ lab: LabState
  ) {
    journal.append(told(keys, isRight, question, isRight ? nil : item.belief))
    (pane.right, pane.given) = (rightAnswer, isRight ? [] : keys)
    let why = item.why.isEmpty ? "" : " " + fill(item.why, lab)
    func verdict(_ words: String) -> String { (isRight ? "Right." : "The answer is \(words).") + why }
    // The items stand in their right order now.
    let isMoved = question.form == .order && !isRight
    pane.feedback =
      isMoved
      ? nearness(keys, question) + "This is the right order." + why
      : verdict(question.rightKeys(rightAnswer))
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
