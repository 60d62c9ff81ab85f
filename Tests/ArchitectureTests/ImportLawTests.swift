import Testing

/// Holds the table of layers of `Package.swift`. The build alone does not: an import that no row names can
/// pass or fail with the order in which targets are compiled.
struct ImportLawTests {
  private let table = LayerTable.ofThisPackage.mayImport

  /// Modules of the toolchain, free to use unless a test below says otherwise.
  private static let system: Set<String> = [
    "Swift", "Foundation", "FoundationEssentials", "Glibc", "Musl", "Darwin", "Dispatch", "Synchronization",
    "Testing",
  ]

  @Test func `the table has a row for every folder of sources`() {
    let folders = Set((Repository.swiftSources + Repository.swiftTests).map(Repository.target))
    #expect(folders.subtracting(table.keys) == [])
    #expect(table["LabCore"] == ["LabFacts"])
    #expect(table["LabNet"]?.contains("NIOCore") == true)
  }

  @Test(arguments: Repository.swiftSources + Repository.swiftTests)
  func `a file imports what the row of its target names`(path: String) {
    let allowed = (table[Repository.target(of: path)] ?? []).union(ImportLawTests.system)
    #expect(SwiftFile(path).imports.subtracting(allowed) == [])
  }

  @Test(arguments: [
    ("COpenSSL", ["LabTLS"]), ("COpenSSLSystem", ["LabTLS"]), ("CNCurses", ["LabScreen"]),
    ("CSpawn", ["LabRuntime", "LabTesting"]),
    ("NIOCore", ["LabNet"]), ("NIOPosix", ["LabNet"]), ("NIOHTTP1", ["LabNet"]), ("NIOExtras", ["LabNet"]),
    ("Yams", ["LabCatalog"]), ("ArgumentParser", ["netlab"]),
  ])
  func `a library has one owner`(module: String, owners: [String]) {
    let importers = Repository.swiftSources.filter { SwiftFile($0).imports.contains(module) }
    #expect(Set(importers.map(Repository.target)).isSubset(of: owners))
    // The manifest may not open a second door either.
    let rows = table.filter { $0.value.contains(module) && !$0.key.hasPrefix("COpenSSL") }
    #expect(Set(rows.keys).isSubset(of: owners))
  }

  @Test(arguments: ["LabFacts", "LabCanvas", "LabCore", "LabViews"])
  func `the pure layers need nothing but Swift`(target: String) {
    let foreign: Set<String> = ["Foundation", "FoundationEssentials", "Glibc", "Musl", "Darwin", "Dispatch"]
    for path in Repository.swiftSources where Repository.target(of: path) == target {
      #expect(SwiftFile(path).imports.intersection(foreign) == [], "\(path)")
    }
  }

  @Test(arguments: [("<openssl/", "COpenSSL"), ("curses.h>", "CNCurses")])
  func `a C header is included by its shim alone`(header: String, shim: String) {
    let files = Repository.files(under: "Sources", endingIn: [".c", ".h"])
    let including = files.filter { path in
      Repository.lines(path).contains { $0.hasPrefix("#include") && $0.contains(header) }
    }
    #expect(including.allSatisfy { Repository.target(of: $0).hasPrefix(shim) })
  }

  @Test(arguments: [
    ("import A", "A"), ("package import B", "B"), ("@testable import C", "C"), ("  import struct D.E", "D"),
    ("@preconcurrency internal import F", "F"),
  ])
  func `an import is recognised whatever stands before it`(line: String, module: String) {
    #expect(SwiftFile(path: "X.swift", text: "let a = 1\n\(line)\n").imports == [module])
  }
}
