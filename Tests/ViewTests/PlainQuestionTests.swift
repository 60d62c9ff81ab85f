import LabFacts
import Testing

@testable import LabCatalog
@testable import LabViews

/// Each kind of question, line by line.
@Suite struct PlainQuestionTests {
  private func opened(_ snapshot: LabSnapshot) -> (PlainSession, [String]) {
    var session = PlainSession()
    _ = session.handle(line: "2", Samples.snapshot())
    return (session, session.lines(for: snapshot))
  }

  @Test(
    arguments: [
      (AskedKind.multi, "1 3", ["a", "c"]), (.multi, "3,1", ["c", "a"]), (.bool, "2", ["b"]),
      (.teachBack, "1 3", ["a", "c"]), (.number, "43804", ["43804"]), (.fill, "NetLab.test", ["NetLab.test"]),
      (.order, "2 1 3", ["b", "a", "c"]), (.pointRow, "1", ["srv"]),
    ] as [(AskedKind, String, [String])])
  func `a line becomes an answer`(kind: AskedKind, line: String, answer: [String]) {
    var (session, _) = opened(kind.snapshot)
    #expect(session.handle(line: line, kind.snapshot).intents == [.answer(answer)])
  }

  @Test(
    arguments: [
      (AskedKind.bool, "1 2", "Only one answer, please."), (.number, "many", "Type digits only."),
      (.order, "1 2", "Each number once, please: all 3 of them."), (.fill, "", "Please choose."),
      (.pointRow, "99", "99 means nothing here."),
      (.multi, "s", "What is to be observed cannot be left out. h tells where to look."),
    ] as [(AskedKind, String, String)])
  func `a line that is no answer is told so`(kind: AskedKind, line: String, words: String) {
    var (session, _) = opened(kind.snapshot)
    #expect(session.handle(line: line, kind.snapshot) == PlainReply(text: [words]))
  }

  @Test(
    arguments: [
      (
        AskedKind.multi,
        "Answer 1 to 3, several may be right, such as 1 3, h hint, ? ways to look, b leave, q quit:"
      ),
      (
        .teachBack,
        "Answer with the two that belong in it, such as 1 3, h hint, ? ways to look, b leave, q quit:"
      ),
      (.number, "Type the number, h hint, ? ways to look, b leave, q quit:"),
      (.fill, "Type what belongs in the blank, h hint, ? ways to look, b leave, q quit:"),
      (
        .order,
        "Type all numbers in the right order, such as 3 2 1, h hint, ? ways to look, b leave, q quit:"
      ),
    ] as [(AskedKind, String)])
  func `the prompt says what to type`(kind: AskedKind, prompt: String) {
    let (_, lines) = opened(kind.snapshot)
    #expect(lines.last == prompt)
  }

  @Test func `a blank is shown with its message, and nothing else of it`() {
    let (_, lines) = opened(AskedKind.fill.snapshot)
    let shown = lines.drop { !$0.hasPrefix("Wire of ") }
    #expect(
      shown.prefix(4) == [
        "Wire of tcli2.conn(1): ClientHello", "  server_name: ____", "  content: ____",
        "Question: Which name did the second TLS client ask for?",
      ])
  }

  @Test func `what is blank stays blank in the kernel's view and on cards`() {
    var (session, _) = opened(AskedKind.fill.snapshot)
    for line in ["k", "e"] {
      let text = session.handle(line: line, AskedKind.fill.snapshot).text.joined()
      #expect(!text.contains("netlab.test"))
    }
  }

  @Test func `the rows of a ladder are those that were seen`() {
    let (_, lines) = opened(AskedKind.pointRung.snapshot)
    #expect(lines.contains("  1  client to server: ClientHello"))
    #expect(!lines.contains { $0.contains("SYN") })
  }

  @Test func `what was right is told in words`() {
    var run = AskedKind.order.run
    _ = run.handle(.answer(run.rightAnswer), AskedKind.story.state)
    let lines = run.journal.suffix(2).flatMap { PlainText.lines($0, run, Samples.snapshot(run)) }
    #expect(lines.last == "Yes: that is what the screen shows.")
  }
}
