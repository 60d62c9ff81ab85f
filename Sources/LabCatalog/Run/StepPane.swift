package import LabCore
package import LabFacts

/// Everything needed to show the current step: the same for the screen and for the plain renderer.
package struct StepPane: Equatable, Sendable {
  /// What the learner predicted, shown again where it is answered.
  package struct Recalled: Equatable, Sendable {
    package var text: String
    package var correct: Bool
    package init(text: String, correct: Bool) {
      self.text = text
      self.correct = correct
    }
  }

  /// A program of the machine, and what came of it.
  package struct Ran: Equatable, Sendable {
    package let actor: ActorID
    package let program: ProgramState
  }

  package var phase: LessonPhase
  package var title: String
  /// Filled from the run. `*word*` is emphasis; a paragraph may hold line breaks that matter.
  package var paragraphs: [String]
  package var predicted: Recalled?
  package var question: Question?
  package var bench: TryBench?
  /// The answer to a recall question, where it is known by now: keys of right options.
  package var right: [String]
  /// What was answered to it then, where that is not right: keys of the chosen options.
  package var given: [String] = []
  /// One line about the newest answer or move.
  package var feedback: String?
  /// Hints shown so far.
  package var hints: [String]
  /// Programs of the machine that have ended in this step.
  package var ran: [Ran] = []
  /// What to watch.
  package var note: String?
  package var cards: [FailureCode]
  package var mismatches: [Mismatch]
  /// What to press: `Press a, b or c.`
  package var prompt: String

  package init(
    phase: LessonPhase = .read, title: String = "", paragraphs: [String] = [], predicted: Recalled? = nil,
    question: Question? = nil, bench: TryBench? = nil, right: [String] = [], feedback: String? = nil,
    hints: [String] = [], note: String? = nil, cards: [FailureCode] = [], mismatches: [Mismatch] = [],
    prompt: String = ""
  ) {
    self.phase = phase
    self.title = title
    self.paragraphs = paragraphs
    self.predicted = predicted
    self.question = question
    self.bench = bench
    self.right = right
    self.feedback = feedback
    self.hints = hints
    self.note = note
    self.cards = cards
    self.mismatches = mismatches
    self.prompt = prompt
  }
}
