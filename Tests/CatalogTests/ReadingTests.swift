import LabFacts
import Testing

@testable import LabCatalog

/// What an author is told about a broken file, word for word.
@Suite struct ReadingTests {
  static func problems(_ find: String, _ replacement: String) -> [String] {
    var files = Small.files
    let text = Small.yaml
    guard let range = text.firstRange(of: find) else { return ["the fixture has no \(find)"] }
    files["lessons/sockets/sp9-small.yaml"] =
      text[..<range.lowerBound] + replacement + text[range.upperBound...]
    return Catalog.load(from: .memory(files)).problems.map(\.description)
  }

  static let file = "lessons/sockets/sp9-small.yaml"

  @Test func `the small catalog reads without a problem`() {
    let (catalog, problems) = Catalog.load(from: .memory(Small.files))
    #expect(problems == [])
    #expect(catalog.lessons.map(\.id) == ["sp9-small"])
    #expect(catalog.tracks.map(\.id) == ["sockets"])
    #expect(catalog.beliefs.map(\.id) == ["M01"])
    #expect(catalog.identity("server")?.validToDays == 397)
  }

  @Test(arguments: [
    (
      "backlog: 5", "backlogg: 5",
      """
      \(file):12:86: error[L01]: `backlogg` is no key of an actor.
        help: Did you mean `backlog`?
      """
    ),
    (
      "minutes: 3\n", "",
      "\(file):1:1: error[L01]: A lesson needs `minutes`.\n  help: Add `minutes: …`."
    ),
    (
      "minutes: 3", "minutes: soon",
      "\(file):7:10: error[L01]: `minutes` must be a whole number, not `soon`."
    ),
    (
      "minutes: 3", "minutes: 300",
      "\(file):7:10: error[L01]: `minutes` must lie between 1 and 60, not be 300."
    ),
    (
      "kind: greet", "kind: greeet",
      "\(file):12:30: error[L01]: `kind` can't be `greeet`.\n"
        + "  help: Did you mean `greet`? It is one of: greet, echo, http, imap, smtp, pop3, discard."
    ),
    (
      "title: \"A small lesson\"", "title: off",
      "\(file):5:8: error[L05]: `off` without quotes is a truth value in YAML, not text.\n"
        + "  help: Put quotes around it: \"off\"."
    ),
    (
      "title: \"A small lesson\"", "title: 10:30",
      "\(file):5:8: error[L05]: `10:30` without quotes is a number in YAML, not text.\n"
        + "  help: Put quotes around it: \"10:30\"."
    ),
    (
      "minutes: 3", "minutes: 010",
      "\(file):7:10: error[L05]: `010` is not the number it looks like in YAML.\n"
        + "  help: Write a plain decimal number, without leading zeros or colons."
    ),
    (
      "confidence: true", "confidence: yes",
      "\(file):23:19: error[L05]: `yes` is not a clear truth value in YAML.\n  help: Write true instead."
    ),
    (
      "minutes: 3", "code: SP8",
      "\(file):3:1: error[L05]: `code` stands more than once in the same map.\n"
        + "  help: Keep one; YAML would forget the others in silence."
    ),
    (
      "netlab: 1", "netlab: 2",
      "\(file):1:9: error[L02]: This file has format 2; this netlab reads format 1.\n  help: Use a newer netlab."
    ),
    (
      "error: refused", "error: refussed",
      "\(file):54:20: error[L01]: `error` can't be `refussed`.\n  help: Did you mean `refused`?"
    ),
    (
      "say: \"A server greets whoever connects.\"", "say: \"A\"\n    note: \"B\"",
      "\(file):17:11: error[L01]: `note` belongs to a `do` step, not to a `say` step."
    ),
    (
      "{ stop: srv }", "{ stop: srv, start: cli }",
      "\(file):51:51: error[L01]: An action has exactly one of its kinds; this one has `stop` and `start`.\n"
        + "  help: Use one of `start`, `stop`, `send`, `request`, `close`, `pause`, `accept`, `hold`, `open`, "
        + "`release`, `walk`, `wait_for`, `set`, `start_tls`, `stop_tls`, `hooks`, `run`, `visit`, `read`, "
        + "`fault`, `decrypt`, `carry`."
    ),
    (
      "text: \"Herbert\"", "hex: \"16 0\"",
      "\(file):27:33: error[L01]: `16 0` is not a row of bytes.\n"
        + "  help: Write pairs of hexadecimal digits: \"16 03 01\"."
    ),
    (
      "id: read", "id:\tread",
      "\(file):15:8: error[L06]: There is a tab in this line.\n"
        + "  help: Indent with spaces; write \"\\t\" where a text needs a tab."
    ),
  ])
  func `a mistake is told with its place and what to do`(find: String, replacement: String, message: String) {
    #expect(Self.problems(find, replacement) == [message])
  }

  @Test func `a file that is no YAML is told where it stops being YAML`() {
    let problems = Self.problems("say: \"A server greets whoever connects.\"", "say: one: two")
    #expect(problems.count == 1)
    #expect(problems.first?.hasPrefix("\(Self.file):16:") == true)
    #expect(problems.first?.contains("error[L01]: This is not YAML: mapping values are not allowed") == true)
  }

  @Test func `all mistakes of a file are told at once`() {
    let problems = Self.problems("minutes: 3\nlevel: 1", "minutes: x\nlevle: 1")
    #expect(problems.count == 3)
  }

  @Test func `a broken lesson leaves the others alone`() {
    var files = Small.files
    files["lessons/sockets/sp8-broken.yaml"] = "netlab: 1\nid: [\n"
    let (catalog, problems) = Catalog.load(from: .memory(files))
    #expect(catalog.lessons.map(\.id) == ["sp9-small"])
    #expect(catalog.leftOut == ["lessons/sockets/sp8-broken.yaml"])
    #expect(problems.map(\.file) == ["lessons/sockets/sp8-broken.yaml"])
  }

  @Test func `a lesson is found by id and by code, in any case`() {
    let catalog = Catalog.load(from: .memory(Small.files)).catalog
    #expect(catalog.lesson("sp9")?.id == "sp9-small")
    #expect(catalog.lesson("SP9-Small")?.code == "SP9")
    #expect(catalog.lesson("sp7") == nil)
    #expect(catalog.nearestLesson(to: "sp9-smal")?.id == "sp9-small")
  }

  @Test func `a card reads with its variants and causes`() throws {
    var files = Small.files
    files["lessons/explanations/refused.yaml"] = """
      code: refused
      title: "Nobody listens there"
      decided: "The kernel decided."
      what: "Nobody listens on {{server.address}}."
      variants:
        - { when: [ { fact: failure.side, is: server } ], title: "Odd" }
      not: ["not a firewall"]
      causes:
        - { when: [ { fact: failure.errno, is: 111 } ], rank: 3, say: "The server is not started." }

      """
    let (catalog, problems) = Catalog.load(from: .memory(files))
    #expect(problems == [])
    let card = try #require(catalog.card(for: .refused))
    #expect(card.variants.map(\.parts.title) == ["Odd"])
    #expect(card.parts.causes?.map(\.rank) == [3])
  }

  @Test func `an outline is the catalog without steps`() {
    var files = Small.files
    files["lessons/sockets/sp8-broken.yaml"] = "netlab: 1\nid: [\nsteps:\n"
    let source = FileSource.memory(files)
    var outline = Catalog.loadOutline(from: source)
    var whole = Catalog.loadLessons(from: source).catalog
    #expect(whole.lessons.allSatisfy { !$0.steps.isEmpty })
    for index in whole.lessons.indices {
      whole.lessons[index].steps = []
      whole.lessons[index].places["steps"] = nil
      outline.lessons[index].places["steps"] = nil
    }
    whole.leftOut = []
    #expect(outline == whole)
    #expect(outline.lessons.map(\.code) == ["SP9"])
  }

  @Test func `lessons and cards read apart make the same catalog`() {
    var files = Small.files
    files["lessons/explanations/refused.yaml"] = "code: refused\ntitle: t\ndecided: d\nwhat: w\n"
    files["lessons/explanations/timeout.yaml"] = "code: timeout\n"
    let source = FileSource.memory(files)
    var catalog = Catalog.loadLessons(from: source).catalog
    #expect(catalog.cards.isEmpty)
    let shelf = CardShelf.load(from: source)
    catalog.put(shelf)
    #expect(catalog.cards.keys.sorted { $0.rawValue < $1.rawValue } == [.refused])
    #expect(catalog == Catalog.load(from: source).catalog)
    #expect(
      AuthorProblem.notice(shelf.problems, in: "explanations")
        == "3 errors in explanations: netlab lint shows them.")
  }
}
