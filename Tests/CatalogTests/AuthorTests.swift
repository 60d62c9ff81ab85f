import Testing

@testable import LabCatalog

/// A new lesson to start from, and a file that changes while it is looked at.
@Suite struct AuthorTests {
  private static let shipped = Catalog.load(from: ShippedCatalogTests.folder).catalog

  @Test func `a new lesson passes the linter before a word is changed`() throws {
    let draft = try LessonDraft.plan(
      track: "SP", code: "sp77", title: "Who \"closes\" first?", in: Self.shipped)
    #expect(draft.path == "lessons/sockets/sp77-who-closes-first.yaml")
    let source = FileSource.disk(root: ShippedCatalogTests.folder).with([draft.path: draft.text])
    let edition = LessonDesk(path: "x.yaml", place: draft.path, among: source).edition(
      .text(draft.text), over: source)
    #expect(edition.problems.map(\.description) == [])
    #expect(edition.lesson?.title == "Who \"closes\" first?")
    #expect(Mender.mend(source, wanted: { $0 == draft.path }) == Mender.Outcome())
  }

  @Test(arguments: [
    ("socks", "SP77", "Title", "There is no track socks. There are: sockets (SP), "),
    ("sockets", "TB77", "Title", "The code TB77 is none of this track. Write SP and a number below 1000; "),
    ("sockets", "SP1000", "Title", "The code SP1000 is none of this track. "),
    ("sockets", "SP", "Title", "The code SP is none of this track. "),
    ("sockets", "SP2", "Title", "SP2 is there already: sp2-port-hopping, \"Port hopping\". "),
    ("sockets", "SP77", "", "A title has 1 to 34 characters; this one has 0."),
    ("sockets", "SP77", "It's just a port", "\"just\" tells a learner that they are slow"),
    ("sockets", "SP77", "A 服", "The character "),
  ])
  func `what can't be is refused with a reason`(track: String, code: String, title: String, why: String) {
    #expect {
      try LessonDraft.plan(track: track, code: code, title: title, in: Self.shipped)
    } throws: { ($0 as? LessonDraft.Refusal)?.sentence.hasPrefix(why) == true }
  }

  @Test func `what stands in a file reaches no terminal as more than text`() {
    let problem = AuthorProblem(
      file: "a\u{1b}.yaml", place: .start, code: "L01", message: "`é\u{1b}[2J\u{202e}` is no \\d.\nMend it.",
      help: "Leave \u{7f} out.")
    #expect(problem.message == #"`é\x1b[2J\xe2\x80\xae` is no \d."# + "\nMend it.")
    #expect(problem.help == #"Leave \x7f out."#)
    #expect(problem.description.hasPrefix(#"a\x1b.yaml:"#))
    #expect(problem.description.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 0x20 })
  }

  @Test func `a code that no file may have is not counted from`() throws {
    let track = try #require(Self.shipped.tracks.first { $0.code == "SP" })
    var catalog = Catalog()
    func add(_ codes: String...) {
      catalog.lessons += codes.map {
        Lesson(
          id: $0.lowercased() + "-x", code: $0, track: track.id, title: "", question: "",
          layout: Lesson.Layout(), actors: [])
      }
    }
    #expect(LessonDraft.nextFree(track, catalog) == "SP1")
    add("SP3", "SP9223372036854775807", "SP-7")
    #expect(LessonDraft.nextFree(track, catalog) == "SP4")
    add("SP999")
    #expect(LessonDraft.nextFree(track, catalog) == "SP1")
  }

  private static let source = FileSource.memory(Small.files)
  private static let desk = LessonDesk(
    path: "./mine.yaml", place: "lessons/sockets/sp9-small.yaml", among: source)

  @Test
  func `a good version has a lesson, a broken one has the reasons under the author's name for the file`() {
    let good = Self.desk.edition(.text(Small.yaml), over: Self.source)
    #expect(good.lesson?.id == "sp9-small")
    #expect(good.problems == [])
    let broken = Self.desk.edition(
      .text(Small.yaml.replacing("connect: srv", with: "connect: serv")), over: Self.source)
    #expect(broken.lesson == nil)
    #expect(broken.problems.map { "\($0.file):\($0.line)" } == ["./mine.yaml:13"])
    #expect(
      Self.desk.edition(.missing, over: Self.source).problems.map(\.message) == ["The file is not there."])
  }

  @Test func `a version with words that are too long can be played, and is told`() {
    let edition = Self.desk.edition(
      .text(Small.yaml.replacing("A server greets", with: "A server just greets")), over: Self.source)
    #expect(edition.lesson != nil)
    #expect(edition.problems.map(\.code) == ["L26"])
  }

  @Test func `a copy elsewhere takes the place of the file with its name, another stands by itself`() {
    #expect(
      LessonDesk(path: "/tmp/sp9-small.yaml", place: nil, among: Self.source).key
        == "lessons/sockets/sp9-small.yaml")
    #expect(
      LessonDesk(path: "/tmp/other.yaml", place: nil, among: Self.source).key == "lessons/outside/other.yaml")
  }

  @Test func `the notice says which version is shown and what is wrong`() {
    var state = PreviewState(file: "mine.yaml")
    state.take(Self.desk.edition(.text("netlab: 1\n"), over: Self.source))
    #expect(state.notice == "It can't be played yet. line 1: A lesson needs `actors`.")
    state.take(Self.desk.edition(.text(Small.yaml), over: Self.source))
    #expect(state.notice == "Version 1 of mine.yaml.")
    state.take(
      Self.desk.edition(.text(Small.yaml.replacing("A server greets", with: "Just greet")), over: Self.source)
    )
    #expect(state.notice == "Version 2 of mine.yaml: 1 error.")
    state.take(Self.desk.edition(.text("netlab: [\n"), over: Self.source))
    #expect(state.notice.hasPrefix("The last good version stays. line "))
    #expect(state.edition == 2)
  }
}
