import LabCanvas
import LabCore
import LabFacts
import LabTesting
import LabViews

@testable import LabCatalog

extension PaneSamples {
  static let question = Question(
    kind: .observe, ask: "In the row of the *newest* accepted connection, which port is the server's?",
    options: [
      .init(key: "a", text: "43804"), .init(key: "b", text: "a different one for each client"),
      .init(key: "c", text: "7777"),
    ], tried: ["b"])

  /// A wrong answer was given, and a hint.
  static func asked(_ glyphs: Glyphs = .unicode) -> PaneContext {
    let pane = StepPane(
      phase: .observe, title: "Whose port", paragraphs: ["Three clients have come. *Look* at the table."],
      predicted: .init(text: "the server moved to another port", correct: false), question: question,
      feedback: "Look at the rows that start with srv conn.",
      hints: ["Look at the column of local addresses."],
      prompt: "Press a, b or c.")
    return context(paired, glyphs, run: run(pane, awaiting: .answer(question)))
  }

  static func answered(_ glyphs: Glyphs = .unicode) -> PaneContext {
    let pane = StepPane(
      phase: .recall, title: "Recall", predicted: .init(text: "one port for all", correct: true),
      question: question,
      right: ["c"], feedback: "Every connection keeps the server's one port.")
    return context(paired, glyphs, run: run(pane))
  }

  /// A recall question is asked once: this answer was not right.
  static func recalled() -> PaneContext {
    var once = question
    once.tried = []
    var pane = StepPane(phase: .recall, title: "Recall", question: once, right: ["c"], feedback: "So.")
    pane.given = ["a"]
    return context(paired, run: run(pane))
  }

  static func bench(_ glyphs: Glyphs = .unicode) -> PaneContext {
    let bench = TryBench(
      goal: "Make the client *trust* the server.",
      moves: [
        .init(key: "a", text: "Start the client with the lab CA.", times: 1),
        .init(key: "b", text: "Switch checking off.", times: 2), .init(key: "c", text: "Restart the server."),
      ], hintsLeft: 2)
    let pane = StepPane(phase: .attempt, title: "Try", bench: bench, note: "the line that begins with cert")
    return context(paired, glyphs, run: run(pane, awaiting: .move(bench)))
  }

  static func sure(_ glyphs: Glyphs = .unicode) -> PaneContext {
    let pane = StepPane(phase: .predict, title: "Predict", paragraphs: ["You said c."])
    return context(paired, glyphs, run: run(pane, awaiting: .confidence))
  }

  static func told(_ glyphs: Glyphs = .unicode) -> PaneContext {
    let pane = StepPane(
      phase: .explain, title: "Why", paragraphs: ["The client looked, and did *not* trust what it saw."],
      cards: [.unknownCa],
      mismatches: [Mismatch(subject: "tcli", expected: "error unknown-ca", seen: "no error")])
    return context(refused, glyphs, run: run(pane))
  }

  static func none(_ glyphs: Glyphs = .unicode) -> PaneContext {
    PaneContext(lab: LabState(), run: nil, catalog: Catalog(), glyphs: glyphs)
  }
}
