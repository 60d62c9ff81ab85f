import LabCanvas
import LabCore
import LabFacts
import Testing

@testable import LabCatalog
@testable import LabViews

/// A run as a page to print.
@Suite struct HandOutTests {
  private static var page: [String] {
    var run = Samples.run(.finished(.completed), step: 6)
    let option = { (key: String, text: String) in Question.Option(key: key, text: text) }
    run.journal = [
      .stepBegan(id: "p", number: 1, count: 3, phase: .predict),
      .asked(
        Question(kind: .predict, ask: "Which port?", options: [option("a", "7777"), option("b", "|other|")])),
      .answered(keys: ["b"], correct: nil, belief: nil),
      .stepBegan(id: "r", number: 2, count: 3, phase: .run), .did("start srv"),
      .expectationMet("srv listens"),
      .stepBegan(id: "o", number: 3, count: 3, phase: .observe),
      .asked(Question(kind: .observe, form: .number, ask: "Which number?")),
      .gave("43788", correct: true, belief: nil),
      .asked(
        Question(
          kind: .observe, form: .order, ask: "In which order?",
          options: [option("1", "Hello"), option("2", "Finished")])),
      .answered(keys: ["1", "2"], correct: true, belief: nil),
      .asked(
        Question(
          kind: .recall, form: .pick(.teachBack), ask: "Which two?",
          options: [option("a", "one"), option("b", "two"), option("c", "three")], isMultiple: true)),
      .answered(keys: ["a", "c"], correct: true, belief: nil),
    ]
    return HandOut.lines(of: run, Samples.story.state)
  }

  @Test func `it is a page with boxes to tick, the run in tables, and the answers at the end`() {
    let page = HandOutTests.page
    var canvas = Canvas(Size(120, page.count))
    for (y, line) in page.enumerated() { canvas.write(line, x: 0, y: y) }
    expectPicture("handout", canvas)
  }

  @Test func `what was not right is marked, and what was typed is no markup`() {
    var run = Samples.run(.finished(.completed), step: 6)
    run.journal = [
      .stepBegan(id: "guess", number: 1, count: 2, phase: .predict),
      .asked(Question(kind: .predict, ask: "Which port?", options: [.init(key: "b", text: "43804")])),
      .answered(keys: ["b"], correct: nil, belief: nil),
      .stepBegan(id: "look", number: 2, count: 2, phase: .observe),
      .asked(Question(kind: .observe, form: .number, ask: "Which number?")),
      .gave("*1*", correct: false, belief: nil), .gave("2", correct: true, belief: nil),
    ]
    let answers = HandOut.lines(of: run, Samples.story.state).suffix(3)
    #expect(Array(answers) == ["- **1.** b *(not right)*", #"- **2.** \*1\* *(not right)*"#, "- **2.** 2"])
  }

  @Test func `each ladder is a table whose rows have all its columns`() {
    let tables = HandOutTests.page.filter { $0.hasPrefix("| ") && ($0.contains("→") || $0.contains("←")) }
    #expect(tables.count > 10)
    for row in tables {
      let bars = row.replacing(#"\|"#, with: "").count { $0 == "|" }
      #expect(bars == 6, "\(row)")
    }
    #expect(HandOutTests.page.contains { $0.contains("ClientHello 308 B | → |  | anyone on the way |") })
  }
}
