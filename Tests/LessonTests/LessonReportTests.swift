import LabCore
import LabFacts
import Testing

@testable import LabCatalog
@testable import LabRuntime

/// What a report says to programs, and what it says about its lesson.
@Suite struct LessonReportTests {
  /// Of a run that went well.
  private func report(_ lesson: Lesson, _ journal: [JournalEntry]) -> LessonReport {
    var run = LessonRun(lesson: lesson, catalog: Catalog())
    run.journal = journal
    run.awaiting = .finished(.completed)
    return LessonReport(run: run, failures: [], milliseconds: 0)
  }

  @Test func `a program that could not be started is told with its errno`() throws {
    let lesson = Lesson(id: "x1-x", code: "X1", track: "", title: "", question: "")
    var program = ProgramState(order: ProgramOrder(kind: .curl, arguments: []), count: 1)
    program.end = ProgramEnd(
      manner: .notStarted(2), output: Bytes(text: ""), errorOutput: Bytes(text: ""), milliseconds: 3)
    let lines = JSONLines.lines(for: report(lesson, [.ran("curl1", program)]), engine: "")
    let line = try #require(lines.first)
    #expect(
      line.contains(
        #""ran":{"actor":"curl1","command":"curl","errorOutput":"","ms":3,"notStarted":2,"output":""}"#),
      "\(line)")
  }

  private func asksSeveral(_ step: Step) -> Bool {
    guard case .recall(let items) = step.kind else { return false }
    return items.count > 1 && items.allSatisfy { !$0.answering.choices.isEmpty }
  }

  @Test func `questions of one step are told apart, so that none is counted for another`() throws {
    let lesson = try #require(Shipped.catalog.lessons.first { $0.steps.contains { asksSeveral($0) } })
    let step = try #require(lesson.steps.first { asksSeveral($0) })
    let same = ["a", "b", "c", "d", "e", "f"].map { Question.Option(key: $0, text: "the same") }
    let asked = JournalEntry.asked(Question(kind: .recall, ask: "", options: same))
    let begun = JournalEntry.stepBegan(id: step.id, number: 1, count: 1, phase: step.phase)
    let findings = RunJudge.findings(report(lesson, [begun, asked, asked]), [])
    #expect(findings.count >= 2)
    #expect(Set(findings.map(\.key)).count == findings.count)
    #expect(findings.allSatisfy { $0.code == "L44" })
  }
}
