import Foundation
import LabCatalog
import Testing

/// certs/README.md tells which lessons show a certificate: it is held to the lessons' files.
@Suite struct CertificatesReadmeTests {
  static let catalog = Catalog.load(from: ShippedCatalogTests.folder).catalog

  @Test func `the table names the lessons of each certificate, in their order`() throws {
    let readme = try String(contentsOfFile: ShippedCatalogTests.folder + "/certs/README.md", encoding: .utf8)
    let rows = readme.split(separator: "\n").filter { $0.hasPrefix("| `") }
    #expect(rows.count > 20)
    for row in rows {
      let cells = row.split(separator: "|", omittingEmptySubsequences: false).map {
        $0.trimmingCharacters(in: .whitespaces)
      }
      let told = try #require(cells.dropFirst(4).first)
      guard !told.hasPrefix("all") else { continue }
      let names = cells[1].split(separator: ",").map {
        $0.trimmingCharacters(in: CharacterSet(charactersIn: "` "))
      }
      let users = try Self.catalog.lessons.filter { lesson in
        let text = try String(
          contentsOfFile: "\(ShippedCatalogTests.folder)/\(lesson.file)", encoding: .utf8)
        return names.contains { Self.isShown($0, in: text) }
      }
      #expect(told == users.map(\.code).joined(separator: ", "), "\(cells[1])")
    }
  }

  /// Is it given to a program: as its own certificate, for a name, or as a root to trust?
  private static func isShown(_ identity: String, in lesson: String) -> Bool {
    let keys = #"(?:identity|personal|with_key_of|trust|[\w-]+\.test)"#
    let name = NSRegularExpression.escapedPattern(for: identity)
    let pattern = #"\b"# + keys + #": *(?:\[[^\]\n]*)?(?<![\w-])"# + name + #"(?![\w-])"#
    return lesson.range(of: pattern, options: .regularExpression) != nil
  }
}
