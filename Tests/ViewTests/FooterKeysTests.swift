import LabCanvas
import LabCore
import LabFacts
import Testing

@testable import LabCatalog
@testable import LabViews

/// The footer offers what a key press would do something for.
@Suite struct FooterKeysTests {
  private func commands(_ run: LessonRun, _ story: Story = Samples.story) -> [Command] {
    let person = Person(Samples.snapshot(run, story))
    return FooterKeys(person.model, person.snapshot, person.size).bindings.map(\.command)
  }

  @Test func `Space waits for the lab's facts`() {
    #expect(commands(Samples.run(.advance)).contains(.next))
    #expect(!commands(Samples.run(.facts("srv: it to listen"))).contains(.next))
  }

  @Test func `errors are offered where there are some`() {
    #expect(!commands(Samples.run(.advance)).contains(.explainError))
    #expect(commands(Samples.run(.advance), Samples.failedStory).contains(.explainError))
  }

  @Test(arguments: [(Question.Kind.observe, true), (.predict, false), (.recall, false)])
  func `what is to be seen has hints, and all else may be left out`(kind: Question.Kind, isObserved: Bool) {
    let question = Question(kind: kind, form: .number, ask: "Which port?")
    let offered = commands(Samples.run(.answer(question)))
    #expect(offered.contains(.hint) == isObserved)
    #expect(offered.contains(.skip) != isObserved)
  }

  @Test func `a question offers as many letters as it has answers`() {
    let person = Person(Samples.snapshot(Samples.run()))
    let keys = FooterKeys(person.model, person.snapshot, person.size).bindings
    let letters = keys.first { $0.command == .answer }
    #expect(letters?.keys.count == Samples.observation.options.count)
  }

  @Test(arguments: [(1, true), (0, false)])
  func `a try offers a hint while one is left`(left: Int, isOffered: Bool) {
    let bench = TryBench(
      goal: "Get in.", moves: [.init(key: "a", text: "Knock", times: 0)], hintsLeft: left)
    #expect(commands(Samples.run(.move(bench), step: 5)).contains(.hint) == isOffered)
  }

  @Test func `a review is offered when something is due`() {
    var person = Person(Samples.snapshot())
    let offered = FooterKeys(person.model, person.snapshot, person.size).bindings.map(\.command)
    #expect(
      offered.contains(.review)
        == !person.snapshot.catalog.due(person.snapshot.progress, on: person.snapshot.today).isEmpty)
    person.snapshot.progress = Progress()
    let keys = FooterKeys(person.model, person.snapshot, person.size).bindings
    #expect(!keys.contains { $0.command == .review })
  }

  @Test(arguments: [0, 1, 3])
  func `a hint is offered where it tells more than the wrong answers did`(wrong: Int) {
    var question = Samples.observation
    question.tried = ["a", "c", "d"].prefix(wrong).map(\.self)
    #expect(commands(Samples.run(.answer(question))).contains(.hint) == (wrong != 1))
    #expect(question.prompt.contains("H") == (wrong != 1))
    var person = Person(Samples.snapshot(Samples.run(.answer(question))))
    #expect(person.press("H") == (wrong == 1 ? [] : [.intent(.hint)]))
  }

  @Test(arguments: [(Size(80, 24), false), (Size(80, 14), true)])
  func `a result scrolls where it has no room`(size: Size, scrolls: Bool) {
    let person = Person(Samples.snapshot(Samples.run(.finished(.completed), step: 6)), size: size)
    let keys = FooterKeys(person.model, person.snapshot, size).bindings
    #expect(keys.contains { $0.command == .nextLesson })
    #expect(keys.contains { $0.command == .down } == scrolls)
  }

  @Test(arguments: [true, false])
  func `a card offers ladder and bytes where there was a connection`(hasEnd: Bool) throws {
    var story = Samples.failedStory
    if !hasEnd { story.add(.actorFailed("srv", Samples.failure)) }
    var person = Person(Samples.snapshot(Samples.run(.advance), story))
    let entry = try #require(person.snapshot.lab.failures.elements.last)
    #expect((entry.end != nil) == hasEnd)
    person.press("e")
    #expect(person.model.screen == .card(failure: entry.number, inDemo: false))
    let offered = FooterKeys(person.model, person.snapshot, person.size).bindings.map(\.command)
    #expect(offered.contains(.showLadder) == hasEnd)
    #expect(offered.contains(.showBytes) == hasEnd)
    #expect(offered.contains(.previousCard) == !hasEnd)
  }
}
