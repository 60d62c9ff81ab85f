import LabFacts
import Testing

@testable import LabCatalog

/// Each rule once: what breaks it, and what the author reads.
@Suite struct LintTests {
  static let file = "lessons/sockets/sp9-small.yaml"

  /// What the linter says of the small lesson after one change; missing cards are another matter.
  static func problems(_ find: String, _ replacement: String, in text: String = Small.yaml) -> [String] {
    var files = Small.files
    guard let range = text.firstRange(of: find) else { return ["the fixture has no \(find)"] }
    files[file] = text[..<range.lowerBound] + replacement + text[range.upperBound...]
    let (catalog, problems) = Catalog.load(from: .memory(files))
    return problems.map(\.description)
      + Linter.problems(in: catalog).filter { !isAboutMissingCards($0) }
      .map { "\($0.line) \($0.code): \($0.message)" }
  }

  static func isAboutMissingCards(_ problem: AuthorProblem) -> Bool {
    problem.message.hasSuffix("has no card.")
  }

  @Test func `the small lesson breaks no rule`() { #expect(Self.problems("minutes: 3", "minutes: 4") == []) }

  @Test func `the rule behind a task is not asked again days later`() {
    let rule = "{ ask: \"Which rule?\", choices: [\"this\", \"that\"], correct: 0, why: \"It holds.\" }"
    #expect(Self.problems("solution: [b, a]", "solution: [b, a]\n      rule: \(rule)") == [])
  }

  @Test(arguments: [
    ("id: sp9-small", "id: sp9-Small", "2 L03: `sp9-Small` is no good id."),
    ("id: sp9-small", "id: sp9-other", "2 L03: The id is `sp9-other`, but the file is named `sp9-small`."),
    ("code: SP9", "code: TB1", "3 L04: The code TB1 is none of track `sockets`."),
    ("connect: srv", "connect: serv", "13 L10: There is no program `serv`."),
    ("connect: srv", "connect: cli", "13 L10: `cli` is a client: nobody can connect to it."),
    ("track: sockets", "track: socket", "4 L10: There is no track `socket`."),
    ("minutes: 3", "minutes: 3\nneeds: [sp1-x]", "8 L10: There is no lesson `sp1-x`."),
    ("minutes: 3", "minutes: 3\nneeds: [sp9-small]", "8 L11: The lesson needs itself, by a round trip."),
    ("from: cli", "from: cly", "27 L10: There is no program `cly`."),
    ("id: look", "id: read", "37 L10: Another step is called `read` too."),
    ("beliefs: [M01]", "beliefs: [M01, M02]", "10 L10: There is no belief `M02`."),
    (
      "{{cli.port}} is new", "{{cli.prot}} is new",
      "26 L12: There is no property `prot`. Did you mean `port`?"
    ),
    ("{{cli.port}} is new", "{{cly.port}} is new", "26 L12: There is no program `cly`. Did you mean `cli`?"),
    (
      "A server greets", "{{srv.port}} greets",
      "16 L12: `srv.port` is not known yet: `srv` starts in a later step."
    ),
    (
      "fact: app.received, of: cli", "fact: app.received, of: srv",
      "30 L12: `app.received` belongs to a connection, and `srv` is a server. "
        + "Write `srv.conn(last)` or `srv.conn(1)`."
    ),
    ("beliefs: [M01]", "beliefs: []", "21 L13: The lesson does not list the belief M01."),
    ("backlog: 5", "local_port: 5", "12 L15: `local_port` means nothing for a server (`srv`)."),
    (
      "connect: srv }", "connect: srv, verify: false }",
      "13 L15: `cli` is plain, but has the TLS setting `verify`."
    ),
    ("correct: true }", "plausible: \"why\" }", "19 L20: Step `predict` has 0 correct choices."),
    (
      "{ key: b, text: \"none\" }", "{ key: c, text: \"none\" }",
      "37 L20: The choices of `look` are not keyed in order."
    ),
    (
      "correct: 0, why: \"It", "correct: 5, why: \"It",
      "59 L20: `correct` does not point at one or some of the choices."
    ),
    (
      ", later: { ask: \"Who chose yours?\", choices: [\"my kernel\", \"the server\"], correct: 0, why: \"It always does.\" }",
      "", "59 L28: The review will ask this question word for word again."
    ),
    ("Who chose yours?", "Who chose the client's port?", "59 L28: `later` asks the same question."),
    (
      "Who chose yours?", "Who chose {{cli.port}}?",
      "59 L12: A question asked on another day can't look anything up in a run."
    ),
    ("correct: 1", "correct: 2", "59 L20: `correct` does not point at one or some of the choices."),
    (
      "text: \"none\"", "text: \"None of the above\"",
      "40 L20: \"None of the above\" asks about the choices, not about the lab."
    ),
    (", belief: M01 }", " }", "21 L21: Choice a is wrong for no reason anybody would have."),
    ("hints: [\"Look at the LISTEN row.\", ", "hints: [", "48 L25: A try has three hints; this one has 2."),
    (
      "question: \"Whose", "question: \"Obviously, whose",
      "6 L26: \"obviously\" tells a learner that they are slow."
    ),
    ("for_belief: { M01", "for_belief: { M03", "21 L27: Nobody answers a learner who believes M01."),
    ("level: 1", "level: 2", "48 L29: A `try` of level 2 does not ask which rule was used."),
    ("solution: [b, a]", "solution: [b, d]", "48 L29: The solution is not made of the moves."),
    (
      "solution: [b, a]", "solution: [b, a, c]",
      "48 L29: Every move belongs to the solution: nothing can go wrong."
    ),
    (
      "is new.", "is not 7777.",
      "26 L30: The text names 7777, which may be another number in the learner's run."
    ),
    (
      "fact: port,", "fact: error.text,",
      "31 L32: A failure is compared by its text, which changes with every version."
    ),
    (
      "note: \"{{cli", "allow_error: true\n    note: \"{{cli",
      "26 L33: Step `run` allows failures but expects none."
    ),
    (
      "title: \"A small", "title: \"A small, small, small, small, small",
      "5 L50: The title has 42 characters; 34 fit the catalog."
    ),
    ("A server greets", "A 服 greets", "16 L51: The character 服 in `say` has no ASCII twin."),
  ])
  func `a rule that is broken says so`(find: String, replacement: String, message: String) {
    #expect(Self.problems(find, replacement).contains(message))
  }

  @Test func `a lesson without a step of its rhythm hears of it`() throws {
    let lesson = try Small.lesson()
    let expected = [
      "predict": "Nothing is predicted.", "run": "Nothing happens after the prediction.",
      "look": "Nothing is observed after the run.", "explain": "Nothing is explained after the observation.",
      "recall": "Nothing is asked at the end.",
    ]
    for (step, message) in expected {
      var poorer = lesson
      poorer.steps.removeAll { $0.id == step }
      #expect(RhythmRules.check(poorer).contains { $0.code == "L22" && $0.message == message })
    }
  }

  @Test func `a say of more than sixty words is too long`() throws {
    var lesson = try Small.lesson()
    lesson.steps[0].kind = .say(Array(repeating: "word", count: 61).joined(separator: " "))
    #expect(WordRules.check(lesson).map(\.message) == ["`say` has 61 words; the limit is 60."])
  }

  @Test func `every failure code without a card is named`() {
    let problems = Linter.problems(in: Catalog.load(from: .memory(Small.files)).catalog)
    let missing = problems.filter { $0.code == "L14" }
    #expect(missing.count == FailureCode.allCases.count)
    #expect(missing.contains { $0.file == "lessons/explanations/refused.yaml" })
  }

  @Test func `a letter that is right too often gives itself away`() throws {
    let lesson = try Small.lesson()
    let predict = lesson.steps[1]
    var many = lesson
    many.steps = Array(repeating: predict, count: 24)
    let found = CatalogRules.check(LintScope(Catalog(lessons: [many]))).filter {
      $0.code == "L24" && $0.message.contains("right answer")
    }
    #expect(found.map(\.message) == ["b is the right answer of 24 of 24 questions."])
  }

  @Test func `a card that asks for what cannot be known hears of it`() {
    var files = Small.files
    files["lessons/explanations/refused.yaml"] = """
      code: refused
      title: "Nobody listens"
      decided: "The kernel decided."
      what: "It was {{failure.erno}}, just like {{srv.port}}."
      not: ["not a firewall"]
      lessons: [sp8-gone]

      """
    let problems = Linter.problems(in: Catalog.load(from: .memory(files)).catalog)
      .filter { $0.file.hasSuffix("/refused.yaml") }
    #expect(
      problems.map(\.message) == [
        "A failure has no `erno`. Did you mean `errno`?", "There is no program `srv`.",
        "\"just\" tells a learner that they are slow.", "There is no lesson `sp8-gone`.",
      ])
  }

  @Test(arguments: [(0, 1), (1, 1), (1, 3), (2, 4)])
  func `half the lessons of trouble let the learner try first`(first: Int, of count: Int) throws {
    let lessons = try (0..<count).map { place in
      var lesson = try Small.lesson()
      lesson.track = "trouble"
      lesson.steps = lesson.steps.map { step in
        guard case .attempt(var bench) = step.kind else { return step }
        bench.first = place < first
        return Step(id: step.id, kind: .attempt(bench))
      }
      return lesson
    }
    let track = Track(id: "trouble", code: "WB", title: "When it breaks", about: "Errors.")
    let problems = BenchRules.failFirst(Catalog(tracks: [track], lessons: lessons, beliefs: [], cards: [:]))
    #expect(problems.isEmpty == (first * 2 >= count))
    #expect(problems.allSatisfy { $0.severity == .warning })
  }
}
