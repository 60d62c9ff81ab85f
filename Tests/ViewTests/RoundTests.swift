import LabCanvas
import LabCore
import LabFacts
import Testing

@testable import LabCatalog
@testable import LabViews

/// Review, test and ledger, by keys.
@Suite struct RoundTests {
  @Test func `what is due is offered once, and one key is enough to say no`() {
    var person = Person(Samples.remembering)
    #expect(person.model.overlay == .review(2))
    #expect(person.press("n") == [])
    #expect(person.model.screen == .catalog)
    person.model.follow(person.snapshot)
    #expect(person.model.overlay == nil)
  }

  @Test func `nothing is offered where nothing is due, or once a key was pressed`() {
    #expect(Person(Samples.snapshot()).model.overlay == nil)
    var person = Person(Samples.snapshot())
    person.press("j")
    person.model.follow(Samples.remembering)
    #expect(person.model.overlay == nil)
  }

  @Test func `a review goes question by question and reports each answer`() {
    var person = Person(Samples.remembering)
    person.press("y")
    #expect(
      person.press("a") == [.intent(.reviewed(item: "sp1-two-programs/recall/0", belief: "M01", right: true))]
    )
    #expect(person.screen.contains("Right. An accepted connection keeps the port of the listener."))
    #expect(person.press("b") == [])
    #expect(person.press(" ", "b", "a") == [])
    #expect(
      person.press(.enter) == [
        .intent(.reviewed(item: "sp1-two-programs/recall/1", belief: nil, right: true))
      ])
    person.press(" ")
    #expect(person.screen.contains("2 of 2 right."))
    person.press(" ")
    #expect(person.model.screen == .catalog)
  }

  @Test func `a question can be left out, and the review left`() {
    var person = Person(Samples.remembering)
    #expect(person.press("y", "s", "s") == [])
    #expect(person.screen.contains("the questions stay due"))
    person.press("q")
    #expect(person.model.screen == .catalog)
  }

  @Test func `where nothing is due r says when something will be`() {
    var person = Person(Samples.remembering)
    person.press("n")
    person.snapshot.today = Day(number: 0)
    person.press("r")
    #expect(person.screen.contains("Nothing is due. The next question is due on 2026-11-21."))
  }

  @Test func `the first test tells nothing, and counts when it is finished`() {
    var person = Person(Samples.remembering)
    person.press("n", "C", "b")
    #expect(!person.screen.contains("keeps the port"))
    #expect(person.press("s") == [.intent(.checked(["M01": false]))])
    #expect(person.screen.contains("1 answered, 1 left out."))
    // Once is enough: a second time would count as the test after.
    #expect(person.press("s") == [])
    person.snapshot.progress.checked(["M01": false], on: person.snapshot.today)
    person.press(" ")
    #expect(person.model.screen == .page(.test))
    #expect(person.screen.contains("0 of 2 seen through"))
    person.press("q")
    #expect(person.model.screen == .catalog)
  }

  @Test func `a test that is left says that nothing is kept`() {
    var person = Person(Samples.remembering)
    #expect(person.press("n", "C", "a", "q") == [])
    #expect(person.screen.contains("Nothing is kept of a test that was not finished."))
  }

  @Test func `a pasted error finds the lesson whose card knows it`() {
    var person = Person(Samples.snapshot())
    person.press("/")
    person.type("curl: (35) wrong version number")
    person.press(.enter)
    #expect(person.screen.contains("Found by card tls-to-plain-port"))
    #expect(person.press(.enter) == [.intent(.openLesson("wb1-http-to-tls"))])
  }
}
