import Testing

@testable import LabCatalog

/// The data folder as it is shipped: the top of the repository.
@Suite struct ShippedCatalogTests {
  static let folder = String(#filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 })

  @Test func `the shipped catalog has no problems`() {
    let (catalog, problems) = Catalog.load(from: Self.folder)
    // What has no lesson yet is a warning of L13; nothing else may be left to mend.
    let found = (problems + Linter.problems(in: catalog)).filter { $0.severity == .error || $0.code != "L13" }
    #expect(found.map(\.description) == [])
    #expect(catalog.lessons.count >= 10)
  }

  @Test func `the newcomer's way is there: an evening, six questions, twelve of the test`() {
    let catalog = Catalog.load(from: Self.folder).catalog
    #expect(
      catalog.paths.paths.map { $0.stops.map(\.lesson) } == [
        ["SP2", "SP4", "TB2", "WB1", "WB2", "CT1", "CT5", "CC2"]
      ])
    #expect(catalog.paths.questions.map(\.lesson.lesson) == ["PX3", "WB3", "CT5", "WB1", "SP2", "SP4"])
    #expect(Set(catalog.checkItems.map(\.belief)).count == 12)
    #expect(catalog.lessons(of: catalog.paths.paths[0]).count >= 6)
  }

  @Test(arguments: [
    ("wrong version number", "WB2", "card tls-to-plain-port"),
    ("curl: (35) error:0A00010B:SSL routines::wrong version number", "WB2", "card tls-to-plain-port"),
    ("ECONNREFUSED", "SP1", "card refused"),
    ("Error: connect ECONNREFUSED 127.0.0.1:3000", "SP1", "card refused"),
    ("certificate verify failed: certificate has expired", "CT3", "card expired"),
    ("alert 48", "CT1", "card peer-unknown-ca"),
    ("curl: (60) SSL certificate problem: unable to get local issuer certificate", "CT1", "card unknown-ca"),
  ])
  func `a pasted error message leads to its lesson and its card`(text: String, code: String, card: String) {
    let found = Catalog.load(from: Self.folder).catalog.search(text)
    #expect(found.first?.lesson.code == code)
    #expect(found.first?.because?.hasPrefix(card) == true)
  }
}
