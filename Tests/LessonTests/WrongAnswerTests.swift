import LabCatalog
import LabRuntime
import Testing

// Lessons ask for ports of their own, so two of them never run at once.
extension LessonTests {
  /// A learner who believes what the lesson is there to change, on real sockets.
  @Suite struct WrongAnswerTests {
    private static let player = AutoPlayer(answers: [
      "predict": ["b"], "observe-local": ["b", "c"], "observe-mirror": ["a"], "try": ["a", "b", "c"],
      "recall": ["a", "a", "b"],
    ])

    @Test func `a learner who is wrong first is told where to look, and finishes`() async throws {
      let report = try await Shipped.play("sp2-port-hopping", with: Self.player)
      #expect(report.mismatches.map(\.sentence) == [])
      #expect(report.run.result == .completed)
      #expect(report.run.missingPaths == [])
      let run = report.run
      let hint = try #require(run.lesson.wrongAnswerSays(in: "observe-local"))
      #expect(
        run.answersTold(in: "observe-local") == [
          "b: wrong", hint, "c: wrong", hint, "a: right", "Yes: that is what the screen shows.",
        ])
      #expect(run.answers.observations.map(\.tries) == [3, 2])
      #expect(run.answers.recalls.map(\.correct) == [false, false, true])
      #expect(run.answers.tries.map(\.moves) == [["a", "b", "c"]])
      #expect(run.answers.tries.map(\.solved) == [true])
    }

    @Test func `what a learner believed is answered before anything else is explained`() async throws {
      let run = try await Shipped.play("sp2-port-hopping", with: Self.player).run
      #expect(run.answers.predictions.map(\.belief) == ["M01"])
      #expect(run.answers.beliefsMissed.contains("M01"))
      let answer = try #require(run.lesson.refutation?.forBelief["M01"])
      let said = try #require(run.answersTold(in: "explain").first)
      #expect(said.hasPrefix(String(answer.prefix { $0 != "{" })))
    }
  }
}

extension Lesson {
  fileprivate func wrongAnswerSays(in id: String) -> String? {
    guard case .observe(let observation) = steps.first(where: { $0.id == id })?.kind else { return nil }
    return observation.wrong
  }

  fileprivate var refutation: Refutation? {
    for step in steps { if case .explain(let refutation) = step.kind { return refutation } }
    return nil
  }
}

extension LessonRun {
  /// What was answered and said in one step, as a dialogue.
  fileprivate func answersTold(in step: String) -> [String] {
    let began = journal.drop { $0.beginsStep != step }.dropFirst()
    return began.prefix { $0.beginsStep == nil }.compactMap(\.told)
  }
}

extension JournalEntry {
  fileprivate var beginsStep: String? {
    if case .stepBegan(let id, _, _, _) = self { return id }
    return nil
  }

  fileprivate var told: String? {
    if case .answered(let keys, let correct, _) = self {
      return keys.joined(separator: ", ") + (correct == true ? ": right" : ": wrong")
    }
    if case .feedback(let text) = self { return text }
    if case .said(let text) = self { return text }
    return nil
  }
}
