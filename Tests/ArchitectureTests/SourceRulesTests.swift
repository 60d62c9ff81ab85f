import Testing

/// Habits of the sources that a search can hold. CONTRIBUTING.md tells why.
struct SourceRulesTests {
  /// Ways out of Swift's safety, and where one may be taken.
  private static let escapes: [(word: String, allowedIn: Set<String>)] = [
    ("@unchecked Sendable", ["LabNet", "LabTLS"]), ("nonisolated(unsafe)", ["LabNet", "LabTLS"]),
    ("try!", []), (" as!", []), ("fatalError(", []),
  ]

  /// What the world gives, and pure layers are given.
  private static let surroundings = [
    "Date()", "ContinuousClock", "SuspendingClock", "getenv(", "ProcessInfo", ".random(",
    "SystemRandomNumberGenerator", "time(nil)",
  ]

  @Test(arguments: Repository.swiftSources)
  func `safety is left only where it is allowed`(path: String) {
    let code = SwiftFile(path).code
    let forbidden = SourceRulesTests.escapes.filter { !$0.allowedIn.contains(Repository.target(of: path)) }
    #expect(forbidden.map(\.word).filter(code.contains) == [])
  }

  @Test(arguments: Repository.swiftSources)
  func `clocks, chance and environment come as parameters below the runtime`(path: String) {
    let below: Set<String> = ["LabFacts", "LabCanvas", "LabTLS", "LabCore", "LabCatalog", "LabViews"]
    guard below.contains(Repository.target(of: path)) else { return }
    let code = SwiftFile(path).code
    #expect(SourceRulesTests.surroundings.filter(code.contains) == [])
  }

  @Test(arguments: Repository.swiftTests.filter { Repository.target(of: $0) != "ArchitectureTests" })
  func `no test sleeps`(path: String) {
    let code = SwiftFile(path).code
    #expect([".sleep(", " sleep(", "usleep(", "nanosleep("].filter(code.contains) == [])
  }

  @Test(arguments: Repository.swiftSources + Repository.swiftTests)
  func `a file is small enough to be one idea`(path: String) {
    let count = Repository.lines(path).count
    #expect(count <= 350)
  }

  @Test(arguments: Repository.swiftSources.filter { $0.contains("+") })
  func `a file named for a facet adds to the type before the plus`(path: String) throws {
    let file = SwiftFile(path)
    let adds = file.code.contains(
      try Regex("\\b(?:extension|struct|enum|class|actor)\\s+\(file.mainName)"))
    #expect(adds)
  }

  @Test func `a comment is no code`() {
    let file = SwiftFile(path: "X.swift", text: "let a = 1  // try! is out\nlet b = \"https://x\"")
    #expect(file.code == "let a = 1 \nlet b = \"https://x\"")
  }
}
