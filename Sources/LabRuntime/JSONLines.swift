import Foundation
import LabCatalog
import LabCore
package import LabFacts

/// Machine-readable output: one JSON object a line, fields in a stable order.
package enum JSONLines {
  /// The version of this output.
  static let version = 1

  /// A report as lines: its journal, its failures, and a summary last.
  package static func lines(for report: LessonReport, engine: String) -> [String] {
    let lesson = report.run.lesson.id
    var lines: [String] = []
    var step = ""
    for entry in report.run.journal {
      if case .stepBegan(let id, _, _, _) = entry { step = id }
      lines.append(encode(JournalLine(v: version, lesson: lesson, step: step, entry)))
    }
    for entry in report.failures { lines.append(encode(FailureLine(v: version, lesson: lesson, entry))) }
    lines.append(
      encode(
        SummaryLine(
          v: version, lesson: lesson, result: report.passed ? "pass" : "fail", steps: report.run.stepCount,
          met: report.expectationsMet, missed: report.mismatches.map(\.sentence), ms: report.milliseconds,
          engine: engine)))
    return lines
  }

  /// The facts of a run, as they are.
  package static func lines(for facts: [StampedFact]) -> [String] { facts.map(encode) }

  static func encode(_ value: some Encodable) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(value) else { return "{}" }
    return String(decoding: data, as: UTF8.self)
  }

  private struct SummaryLine: Encodable {
    let v: Int
    let lesson: String
    let event = "summary"
    let result: String
    let steps: Int
    let met: Int
    let missed: [String]
    let ms: Int
    let engine: String
  }

  private struct FailureLine: Encodable {
    let v: Int
    let lesson: String
    let event = "error"
    let end: String
    let key: String
    let layer: String
    let phase: String
    let decidedBy: String
    let evidence: Evidence
    let verbatim: [String]

    init(v: Int, lesson: String, _ entry: LabState.FailureEntry) {
      self.v = v
      self.lesson = lesson
      end = entry.end?.description ?? entry.actor.rawValue
      key = entry.failure.code.rawValue
      layer = entry.failure.layer.rawValue
      phase = entry.failure.phase.rawValue
      decidedBy = entry.failure.decidedBy.rawValue
      evidence = entry.failure.evidence
      verbatim = entry.failure.verbatim
    }
  }

  private struct JournalLine: Encodable {
    let v: Int
    let lesson: String
    let step: String
    let event: String
    var text: String?
    /// How a question is answered.
    var type: String?
    var choices: [String]?
    var answer: [String]?
    var correct: Bool?
    var belief: String?
    /// Of a program of the machine.
    var ran: Ran?

    init(v: Int, lesson: String, step: String, _ entry: JournalEntry) {
      self.v = v
      self.lesson = lesson
      self.step = step
      switch entry {
      case .stepBegan(_, let number, let count, let phase):
        event = "step"
        text = "\(number)/\(count) \(phase.rawValue)"
      case .said(let words): (event, text) = ("say", words)
      case .asked(let question):
        event = "ask"
        text = question.ask
        type = question.type
        choices = question.options.map { "\($0.key)) \($0.text)" }
      case .answered(let keys, let right, let held):
        event = "answer"
        answer = keys
        correct = right
        belief = held
      case .gave(let words, let right, let held):
        event = "answer"
        answer = [words]
        correct = right
        belief = held
      case .sure(let level): (event, text) = ("sure", String(level))
      case .skipped: event = "skip"
      case .wentFast(let fast): event = fast ? "fast" : "slow"
      case .did(let words): (event, text) = ("do", words)
      case .ran(let actor, let program):
        event = "ran"
        ran = Ran(actor, program)
      case .noted(let words): (event, text) = ("note", words)
      case .expectationMet(let words): (event, text) = ("met", words)
      case .expectationMissed(let mismatch): (event, text) = ("missed", mismatch.sentence)
      case .feedback(let words): (event, text) = ("feedback", words)
      case .hintShown(_, let words): (event, text) = ("hint", words)
      case .goal(let words, let moves):
        event = "goal"
        text = words
        choices = moves.map { "\($0.key)) \($0.text)" }
      case .moved(let key, let words):
        event = "move"
        text = words
        answer = [key]
      case .goalReached: event = "goal-reached"
      case .solutionShown(let keys):
        event = "solution"
        answer = keys
      case .finished: event = "finish"
      }
    }
  }

  /// A run of a program of the machine: its command line, how it ended, what it wrote.
  private struct Ran: Encodable {
    let actor: String
    let command: String
    let exit: Int?
    let signal: Int?
    let timeout: Bool?
    /// The errno of a program that could not be started.
    let notStarted: Int?
    let ms: Int
    let output: String
    let errorOutput: String
    let netError: String?

    init?(_ actor: ActorID, _ program: ProgramState) {
      guard let end = program.end else { return nil }
      self.actor = actor.rawValue
      command = program.order.commandLine
      ms = end.milliseconds
      output = end.output.text
      errorOutput = end.errorOutput.text
      netError = program.netError
      switch end.manner {
      case .exit(let code): (exit, signal, timeout, notStarted) = (code, nil, nil, nil)
      case .signal(let number): (exit, signal, timeout, notStarted) = (nil, number, nil, nil)
      case .timeout: (exit, signal, timeout, notStarted) = (nil, nil, true, nil)
      case .notStarted(let number): (exit, signal, timeout, notStarted) = (nil, nil, nil, number)
      }
    }
  }
}
