import Foundation
import LabCatalog
import LabCore
import LabFacts
import LabRuntime
import Testing

/// A run that was saved, and read again.
@Suite struct SavedRunTests {
  private static func played(_ id: String) async throws -> SavedRun {
    let lab = LabRuntime(catalog: Shipped.catalog, surroundings: Shipped.surroundings) { _ in }
    await lab.start()
    _ = try #require(await lab.play(id, with: AutoPlayer()))
    let saved = await lab.playedRun
    await lab.shutDown()
    return try #require(saved)
  }

  private static func read(_ lines: [String]) throws(SavedRunProblem) -> SavedRun {
    try SavedRun.read(Data((lines.joined(separator: "\n") + "\n").utf8), named: "run.jsonl")
  }

  private static let header =
    #"{"began":1795767641872356,"engine":"OpenSSL 3","event":"saved-run","lesson":"sp1","title":"SP1 T","v":1}"#
  private static let wiped = #"{"fact":{"wiped":{}},"microseconds":0,"number":1}"#

  @Test(arguments: ["sp2-port-hopping", "wb1-http-to-tls"])
  func `what is read is what was saved, but for the keys`(id: String) async throws {
    let saved = try await SavedRunTests.played(id)
    let again = try SavedRunTests.read(saved.lines)
    #expect(!saved.lines.joined().contains("keyLogged"))
    #expect(again.lesson == id)
    #expect(again.began == saved.began)
    #expect(again.marks == saved.marks)
    #expect(!again.marks.isEmpty)
    #expect(again.marks.map(\.step) == again.marks.indices.map { $0 + 1 })
    let kept = saved.facts.filter { !$0.fact.isKey }
    #expect(again.facts.map(\.number) == kept.map(\.number))
    func state(_ facts: [StampedFact]) -> LabState { facts.reduce(into: LabState()) { Lab.reduce(&$0, $1) } }
    #expect(state(again.facts) == state(kept))
  }

  @Test func `a replay walks through the events and the steps`() async throws {
    let saved = try await SavedRunTests.played("sp1-two-programs")
    var replay = saved.replay(of: "a\u{1b}[2Jb", Shipped.catalog)
    func shown() -> LabSnapshot { replay.snapshot(Shipped.catalog, EnvironmentInfo()) }
    #expect(!(shown().replay?.file.contains("\u{1b}") ?? true))
    #expect(shown().shownLesson?.code == "SP1")
    #expect(shown().run == nil)
    guard case .past(event: 1, of: let count) = shown().cursor else { throw Unexpected() }
    replay.take(.stepBack)
    #expect(shown().cursor == .past(event: 1, of: count))
    replay.take(.look(.last))
    replay.take(.stepForward)
    #expect(shown().cursor == .past(event: count, of: count))
    replay.take(.replay)
    var numbers = [shown().lab.last?.number ?? 0]
    var steps = [shown().moment?.step?.step ?? 0]
    for _ in 1..<count {
      replay.take(.advance)
      numbers.append(shown().lab.last?.number ?? 0)
      steps.append(shown().moment?.step?.step ?? 0)
    }
    #expect(numbers == numbers.sorted() && Set(numbers).count == count)
    #expect(steps == steps.sorted())
    // Backwards by steps: each place is the first event of its step.
    let starts = steps.indices.filter { $0 == 0 || steps[$0] != steps[$0 - 1] }.map { $0 + 1 }
    var back: [Int] = []
    for _ in starts {
      let before = shown().cursor
      replay.take(.look(.stepBefore))
      guard shown().cursor != before, case .past(event: let event, _) = shown().cursor else { break }
      back.append(event)
    }
    #expect(back == starts.filter { $0 < count }.reversed())
    replay.take(.look(.step(steps.last ?? 0)))
    #expect(shown().moment?.step?.step == steps.last)
    replay.take(.look(.event(.max)))
    #expect(shown().cursor == .past(event: count, of: count))
  }

  @Test(arguments: [
    ("", "run.jsonl:1: this file is empty"),
    ("hello", "run.jsonl:1: this is no run that netlab saved"),
    (#"{"event":"step","v":1}"#, "run.jsonl:1: this is no run that netlab saved"),
    (#"{"event":"saved-run","v":2,"what":"is new"}"#, "run.jsonl:1: saved in version 2"),
    (#"{"event":"saved-run","v":1}"#, "run.jsonl:1: its first line does not tell"),
    (
      header.replacingOccurrences(of: #""sp1""#, with: #""../../x""#),
      "run.jsonl:1: its lesson has a name that no lesson has"
    ),
    (header + "\n" + wiped + "\n" + #"{"fact":{"wip"#, "run.jsonl:3: this line is no JSON"),
    (
      header + "\n" + #"{"fact":{"lifted":{}},"microseconds":0,"number":1}"#,
      "run.jsonl:2: this is no event of a run that this netlab knows"
    ),
    (header + "\n" + wiped + "\n" + wiped, "run.jsonl:3: this event can't have happened here"),
    (
      header + "\n" + #"{"fact":{"wiped":{}},"microseconds":999999999999999,"number":1}"#,
      "run.jsonl:2: this event is larger than any"
    ),
    (
      header + "\n" + #"{"fact":{"wiped":{}},"microseconds":1e9,"number":1}"#,
      "run.jsonl:2: this event is larger than any"
    ),
    (
      header + "\n"
        + #"{"fact":{"data":{"_0":{"actor":"a","ordinal":1},"_1":"sent","_2":{"kept":[1,2],"total":1}}},"microseconds":0,"number":1}"#,
      "run.jsonl:2: this event can't have happened here"
    ),
  ])
  func `what is no saved run is told by file and line`(text: String, words: String) {
    do {
      _ = try SavedRun.read(Data(text.utf8), named: "run.jsonl")
      Issue.record("was read")
    } catch {
      #expect("\(error)".hasPrefix(words), "\(error)")
    }
  }

  @Test(arguments: [
    #""wire":{"_0":{"actor":"a","ordinal":1},"_1":"sent","_2":{"bytes":{"kept":[],"total":0},"kind":{"clear":{}},"offset":17179869185,"ranges":[]}}"#,
    #""wire":{"_0":{"actor":"a","ordinal":1},"_1":"sent","_2":{"bytes":{"kept":[],"total":0},"kind":{"clear":{}},"offset":0,"ranges":[{"depth":-1,"label":"a","length":1,"start":0}]}}"#,
    #""wire":{"_0":{"actor":"a","ordinal":1},"_1":"sent","_2":{"bytes":{"kept":[],"total":0},"kind":{"clear":{}},"offset":0,"ranges":[{"depth":9,"label":"a","length":1,"start":0}]}}"#,
    #""traffic":{"_0":{"actor":"a","ordinal":1},"_1":{"dataReceived":0,"dataSent":0,"wireReceived":0,"wireSent":17179869185}}"#,
    #""closed":{"_0":{"actor":"a","ordinal":1},"_1":{"by":"here","manner":"clean","traffic":{"dataReceived":0,"dataSent":0,"wireReceived":0,"wireSent":17179869185}}}"#,
    #""keyTried":{"_0":{"actor":"a","ordinal":1},"identity":"server","_2":{"read":{"_0":{"kept":[1,2],"total":1}}}}"#,
  ])
  func `a fact whose numbers no run has is refused, and one number less is read`(fact: String) throws {
    func line(_ fact: String) -> String { "{\"fact\":{\(fact)},\"microseconds\":0,\"number\":1}" }
    do {
      _ = try SavedRunTests.read([SavedRunTests.header, line(fact)])
      Issue.record("was read")
    } catch {
      #expect("\(error)".hasPrefix("run.jsonl:2: this event can't have happened here"), "\(error)")
    }
    let sound = [("79869185", "79869184"), (":-1,", ":0,"), (":9,", ":8,"), ("[1,2]", "[1]")].reduce(fact) {
      $0.replacing($1.0, with: $1.1)
    }
    #expect(try SavedRunTests.read([SavedRunTests.header, line(sound)]).facts.count == 1)
  }

  @Test func `a line that only a lenient reader takes is none, so that nothing in it comes out unescaped`() {
    let fact =
      #"{"fact":{"dialogue":{"_0":{"actor":"a","ordinal":1},"_1":"sent","_2":"\u001b[2J"}},"microseconds":0,"number":1,"zz":01}"#
    do {
      let run = try SavedRunTests.read([SavedRunTests.header, fact])
      #expect(!"\(run.facts)".unicodeScalars.contains("\u{1b}"))
      Issue.record("was read")
    } catch {
      #expect("\(error)".hasPrefix("run.jsonl:2: "), "\(error)")
    }
  }

  @Test func `a file that is not there, or a folder, is told by its name`() {
    for path in ["/nonexistent/a\u{7}b.jsonl", "/"] {
      do {
        _ = try SavedRun.read(path)
        Issue.record("was read")
      } catch {
        #expect("\(error)".contains("can't be read"), "\(error)")
        #expect(!"\(error)".contains("\u{7}"))
      }
    }
  }

  @Test func `nothing in it can reach a terminal as more than text`() throws {
    let evil = #"a\u001b[2J\u202e\u0007b"# + "\u{7f}"
    let run = try SavedRunTests.read([
      SavedRunTests.header.replacingOccurrences(of: "SP1 T", with: evil),
      #"{"fact":{"dialogue":{"_0":{"actor":"\#(evil)","ordinal":1},"_1":"sent","_2":"\#(evil)"}},"microseconds":0,"number":1}"#,
      #"{"fact":{"dialogue":{"_0":{"actor":"a","ordinal":1},"_1":"sent","_2":"a\#u{7f}b"}},"microseconds":0,"number":2}"#,
    ])
    #expect(run.facts.count == 2)
    let all = run.title + "\(run.facts)"
    #expect(!all.unicodeScalars.contains("\u{1b}") && !all.unicodeScalars.contains("\u{7f}"))
    #expect(!all.unicodeScalars.contains("\u{202e}"))
    #expect(run.title == #"a\x1b[2J\xe2\x80\xae\x07b\x7f"#)
  }

  private struct Unexpected: Error {}
}

extension Fact {
  fileprivate var isKey: Bool {
    if case .keyLogged = self { return true }
    return false
  }
}
