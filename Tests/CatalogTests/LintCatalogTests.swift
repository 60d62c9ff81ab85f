import LabFacts
import Testing

@testable import LabCatalog

/// Rules about questions and their runs, about devices, and about what hangs together in the catalog.
@Suite struct LintCatalogTests {
  private static func problems(_ change: (inout Lesson) -> Void) throws -> [String] {
    var lesson = try Small.lesson()
    change(&lesson)
    return (OutcomeRules.check(lesson) + DeviceRules.check(lesson)).map { "\($0.code): \($0.message)" }
  }

  private static func observing(_ ask: String, _ right: String, _ wrong: String = "none") -> Step.Kind {
    .observe(
      Observation(
        ask: ask, choices: [Choice(key: "a", text: right, correct: true), Choice(key: "b", text: wrong)],
        wrong: "Look."))
  }

  @Test func `an observation whose question tells its answer is no observation`() throws {
    #expect(
      try Self.problems {
        $0.steps[3].kind = Self.observing("The kernel chose it. Who chose it?", "The kernel")
      }
        == ["L23: The question of `look` has its own answer in it."])
    // A program's name in emphasis may be an answer's word by chance.
    #expect(try Self.problems { $0.steps[3].kind = Self.observing("How many has *one* seen?", "one") } == [])
  }

  @Test func `a number to be observed comes from the run`() throws {
    let typed = Observation(ask: "Which port?", answering: .number(correct: "80"), wrong: "Look.")
    #expect(
      try Self.problems { $0.steps[3].kind = .observe(typed) }
        == ["L23: What `look` wants typed is not looked up in the run."])
  }

  @Test(arguments: [
    ("Which of these came first?", true), ("In which order do they come?", true),
    ("Which state has the client that came last, c4?", false), ("The first row: whose is it?", false),
  ])
  func `who asks for an order must hold the run to one`(ask: String, isAboutOrder: Bool) throws {
    let found = try Self.problems { lesson in
      lesson.steps[3].kind = Self.observing(ask, "the greeting")
      guard case .perform(var performance) = lesson.steps[2].kind else { return }
      performance.order = []
      lesson.steps[2].kind = .perform(performance)
    }
    #expect(
      found == (isAboutOrder ? ["L31: `look` asks what came first, and no `do` step has an `order`."] : []))
    #expect(try Self.problems { $0.steps[3].kind = Self.observing(ask, "the greeting") } == [])
  }

  @Test func `a wrong choice says something else than the right one`() throws {
    #expect(
      try Self.problems { $0.steps[3].kind = Self.observing("Which?", "Two", "two") }
        == ["L44: Choice b of `look` says what the right one says."])
  }

  @Test(arguments: [
    ("Look at the red row.", "L52: `say` points at \"red row\": not every screen has colours."),
    ("Press e for the card.", "L54: `say` names the key e, which plain mode has not got."),
    ("Each Space lets one go.", "L54: `say` names the key Space, which plain mode has not got."),
    ("Press a key.", nil), ("A red herring.", nil), ("The press of a button.", nil),
  ])
  func `a text is true on every screen`(text: String, message: String?) throws {
    #expect(try Self.problems { $0.steps[0].kind = .say(text) } == [message].compactMap { $0 })
  }

  @Test func `hints may name the letters of their moves`() {
    #expect(DeviceRules.namedKey("Press b, then a.", moves: ["a", "b"]) == nil)
    #expect(DeviceRules.namedKey("Press d.", moves: ["a", "b"]) == "d")
  }

  @Test(arguments: [
    (", lessons: [sp9-small]", ", lessons: []", "No lesson tests M01 yet."),
    ("id: M01", "id: M02", "There is no belief `M01`. Did you mean `M02`?"),
    (
      "", "  - { id: M07, belief: \"b\", truth: \"t\", lessons: [sp9-small] }\n",
      "M07 names the lesson `sp9-small`, which does not list it."
    ),
    (
      "", "  - { id: M07, belief: \"b\", truth: \"t\", lessons: [sp9-small] }\n",
      "No recall question asks about M07."
    ),
    ("[sp9-small]", "[sp9-smal]", "M01 does not name this lesson."),
  ])
  func `a belief has a lesson, and a question at its end`(find: String, replacement: String, message: String)
  {
    var files = Small.files
    let text = files["lessons/beliefs.yaml"] ?? ""
    files["lessons/beliefs.yaml"] =
      find.isEmpty ? text + replacement : text.replacing(find, with: replacement)
    let found = Linter.problems(in: Catalog.load(from: .memory(files)).catalog)
    #expect(found.map { [$0.message, $0.help].joined(separator: " ") }.contains { $0.hasPrefix(message) })
  }

  @Test func `two lessons of one id and code are each told where the other is`() {
    let (first, second) = ("lessons/sockets/sp9-small.yaml", "lessons/tls/sp9-small.yaml")
    var files = Small.files
    files[second] = Small.yaml
    let found = Linter.problems(in: Catalog.load(from: .memory(files)).catalog)
      .filter { $0.code == "L03" || $0.code == "L04" }
    #expect(found.map(\.file) == [first, first, second, second])
    #expect(found.map { $0.message.contains(first) } == [false, false, true, true])
    #expect(found.map { $0.message.contains(second) } == [true, true, false, false])
    #expect(found.allSatisfy { !$0.help.isEmpty })
  }

  @Test func `a seed has a lesson, and a lesson's seeds exist`() {
    var files = Small.files
    files["lessons/seeds.yaml"] = "seeds:\n  - { id: S4.e, about: \"ports\" }\n"
    files["lessons/sockets/sp9-small.yaml"] = Small.yaml.replacing(
      "teaches: [ephemeral-port]", with: "seeds: [\"S4.x\"]")
    let found = Linter.problems(in: Catalog.load(from: .memory(files)).catalog)
      .filter { !LintTests.isAboutMissingCards($0) }
    #expect(
      found.map(\.message) == ["No lesson comes from the seed S4.e yet.", "There is no seed `S4.x`."])
    #expect(found.map(\.severity) == [.warning, .error])
  }

  @Test func `a failure that a lesson expects leads from its card to the lesson`() {
    var files = Small.files
    let card = "code: refused\ntitle: t\ndecided: d\nwhat: w\nnot: [\"not a firewall\"]\n"
    files["lessons/explanations/refused.yaml"] = card
    let found = Linter.problems(in: Catalog.load(from: .memory(files)).catalog).filter { $0.code == "L13" }
    #expect(found.map(\.message) == ["The card `refused` does not list this lesson."])
    files["lessons/explanations/refused.yaml"] = card + "lessons: [sp9-small]\n"
    files["lessons/explanations/timeout.yaml"] = card.replacing("refused", with: "timeout")
    let told = Linter.problems(in: Catalog.load(from: .memory(files)).catalog).filter { $0.code == "L13" }
    #expect(told.map(\.message) == ["1 cards are of failures that no lesson shows, and say so."])
    #expect(told.map(\.help) == ["timeout"])
  }

  @Test func `a lesson whose longest choice is always right gives it away`() throws {
    var lesson = try Small.lesson()
    lesson.steps = Array(repeating: lesson.steps[1], count: 3)
    let found = LengthRules.check(Catalog(lessons: [lesson]))
    #expect(found.map(\.message) == ["In every question the longest choice is the right one."])
    // A path counts as a port's five columns.
    #expect(
      !LengthRules.isLongestRight([
        Choice(key: "a", text: "{{cli.port}}", correct: true), Choice(key: "b", text: "nobody"),
      ]))
  }
}
