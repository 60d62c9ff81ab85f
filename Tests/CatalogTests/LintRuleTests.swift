import Foundation
import Testing

@testable import LabCatalog

/// The table of rules against the code that reports them.
@Suite struct LintRuleTests {
  private static let rules = LintRule.groups.flatMap(\.rules)

  @Test func `rules are numbered once, in order`() {
    let codes = Self.rules.map(\.code)
    #expect(codes == Set(codes).sorted())
  }

  @Test func `every number that is reported is in the table, and the other way round`() throws {
    let sources = ShippedCatalogTests.folder + "/Sources"
    var found: Set<String> = []
    for folder in ["LabCatalog/Lint", "LabCatalog/Reading", "LabRuntime/LintRun"] {
      let path = "\(sources)/\(folder)"
      for name in (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
      where name != "LintRule.swift" {
        let text = try String(contentsOfFile: "\(path)/\(name)", encoding: .utf8)
        found.formUnion(text.matches(of: /"(L\d\d)"/).map { String($0.output.1) })
      }
    }
    #expect(found.sorted() == Self.rules.map(\.code))
  }

  @Test func `the table says which rules run lessons and which are mended`() {
    let table = LintRule.table
    #expect(table.first == "Shape")
    #expect(
      table.contains(
        "  L06  no tab, no BOM, no space at a line's end; the last line ends (--fix mends all but inner tabs)"
      ))
    #expect(table.contains { $0.hasPrefix("  L05  ") && $0.hasSuffix(" (--fix mends the words)") })
    #expect(table.allSatisfy { $0.count <= 100 })
  }
}
