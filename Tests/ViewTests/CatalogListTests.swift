import LabCanvas
import LabCore
import LabFacts
import Testing

@testable import LabCatalog
@testable import LabViews

/// What the catalog lists, as values.
@Suite struct CatalogListTests {
  private func list(_ snapshot: LabSnapshot, way: Int? = nil, search: String = "") -> CatalogList {
    var model = AppModel()
    model[.tracks].selection = way
    model.search = search
    return CatalogList(snapshot, model)
  }

  @Test func `tracks come first, then the path, the questions and what is due`() {
    let ways = list(Samples.withWays).ways
    #expect(
      ways.map(\.title) == [
        "All lessons", "Sockets & ports", "TLS basics", "When it breaks", "One evening",
        "I have this question", "Due today",
      ])
    #expect(ways.map(\.count) == [6, 3, 2, 1, 2, 2, 1])
    #expect(ways.map(\.done) == [1, 1, 0, 0, 0, 0, 1])
    #expect(ways.map(\.begun) == [1, 1, 0, 0, 1, 1, 0])
    #expect(ways.map(\.due) == [1, 1, 0, 0, 0, 0, 1])
  }

  @Test func `where nothing is due and there is no path, there are tracks alone`() {
    #expect(list(Samples.snapshot()).ways.count == 4)
  }

  @Test func `a path keeps its own order, and begins at what is not done`() {
    let path = list(Samples.withWays, way: 4)
    #expect(path.rows.map(\.lesson.code) == ["SP2", "WB1"])
    #expect(path.chosen?.lesson.code == "SP2")
  }

  @Test func `each question leads to the lesson that answers it`() {
    let questions = list(Samples.withWays, way: 5)
    #expect(questions.rows.map(\.lesson.code) == ["WB1", "SP2"])
    var person = Person(Samples.withWays)
    person.press("n", "1", "j", "j", "j", "j", "j", .enter, "k")
    #expect(person.press(.enter) == [.intent(.openLesson("wb1-http-to-tls"))])
  }

  @Test func `enter on what is due starts the review`() {
    var person = Person(Samples.withWays)
    person.press("n", "1", "G", .enter)
    #expect(person.model.screen == .round)
  }

  @Test func `a search leaves the ways and says why it found a lesson`() {
    let found = list(Samples.withWays, search: "bad certificate")
    #expect(found.rows.map(\.lesson.code) == ["SP1", "SP4", "TB1", "TB2", "WB1"])
    #expect(found.rows.first?.because == "belief M03: A TLS error means a bad certificate.")
  }

  @Test func `the next lesson of a path is the path's`() {
    var person = Person(Samples.withWays)
    person.press("n", "1", "j", "j", "j", "j", .enter)
    #expect(person.press(.enter) == [.intent(.resumeLesson("sp2-port-hopping"))])
    let next = person.model.nextLesson(after: Samples.lesson, person.snapshot)
    #expect(next?.code == "WB1")
    #expect(AppModel().nextLesson(after: Samples.lesson, person.snapshot)?.code == "SP4")
  }

  @Test func `what builds on what is drawn as a tree`() {
    var catalog = Samples.catalog
    catalog.lessons[2].needs = ["sp2-port-hopping"]
    catalog.lessons[3].needs = ["sp1-two-programs"]
    catalog.lessons[4].needs = ["tb1-two-pipes"]
    catalog.lessons[5].needs = ["sp1-two-programs", "tb2-ladder"]
    let lines = NeedsMap(catalog).lines.map { line in
      line.map { piece in
        switch piece {
        case .lesson(let lesson): lesson.code + " "
        case .joint(let text): text
        }
      }.joined()
    }
    #expect(lines == ["SP1 ─┬─SP2 ───SP4 ", "     ├─TB1 ───TB2 ", "     └─WB1 "])
  }

  @Test func `a ring of needs does not keep the map from being drawn`() {
    var catalog = Samples.catalog
    catalog.lessons[0].needs = ["sp2-port-hopping"]
    #expect(NeedsMap(catalog).lines.count == 4)
  }
}
