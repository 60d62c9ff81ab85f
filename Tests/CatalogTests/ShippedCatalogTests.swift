import Testing

@testable import LabCatalog

/// The data folder as it is shipped: the top of the repository.
@Suite struct ShippedCatalogTests {
  static let folder = String(#filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 })

  @Test func `the shipped catalog has no problems`() {
    let (catalog, problems) = Catalog.load(from: Self.folder)
    #expect((problems + Linter.problems(in: catalog)).map(\.description) == [])
    #expect(catalog.lessons.count >= 10)
  }
}
