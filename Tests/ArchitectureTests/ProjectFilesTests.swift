import Foundation
import Testing

/// The project as somebody finds it who has cloned it.
struct ProjectFilesTests {
  private static let textEndings = [
    ".swift", ".c", ".h", ".md", ".yaml", ".yml", ".json", ".txt", ".1", ".sh", "Makefile", "run", "prepare",
    "check-docs", ".pem", ".crt",
  ]

  @Test(arguments: [
    "Makefile", "README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE", ".ci/run",
    "docs/netlab.1", "docs/lesson-format.md",
  ])
  func `what a newcomer looks for is there`(path: String) {
    #expect(Repository.exists(path))
  }

  @Test(arguments: ["make run", "make test"])
  func `the README shows the two commands`(command: String) {
    let isShown = Repository.lines("README.md").contains { $0 == command }
    #expect(isShown)
  }

  @Test func `the CI script runs make test and nothing weaker`() {
    #expect(Repository.lines(".ci/run").contains { $0.hasPrefix("exec make test") })
  }

  @Test func `no key material is in the tree`() throws {
    // A marker alone may stand in the code that reads keys; a marker with a key after it may not.
    let key = try Regex("-----BEGIN [A-Z ]*PRIVATE KEY-----\\s+[A-Za-z0-9+/=]{40,}")
    let holding = Repository.files(under: "", endingIn: ProjectFilesTests.textEndings)
      .filter { Repository.text($0).contains(key) }
    #expect(holding == [])
  }

  @Test func `nothing tells where it was built`() {
    // A short path, such as the home of root, could stand in any text.
    let places = [Repository.root + "/", NSHomeDirectory() + "/"].filter { $0.count > 8 }
    for path in Repository.files(under: "", endingIn: ProjectFilesTests.textEndings) {
      let text = Repository.text(path)
      #expect(places.filter(text.contains) == [], "\(path)")
    }
  }

  @Test func `links between the pages of the project lead somewhere`() {
    for page in Repository.files(under: "", endingIn: [".md"]) {
      let folder = page.split(separator: "/").dropLast().joined(separator: "/")
      for match in Repository.text(page).matches(of: /\]\(([^)#:\s]+)(?:#[^)]*)?\)/) {
        let target = folder.isEmpty ? String(match.1) : folder + "/" + match.1
        #expect(Repository.exists(target), "\(page): \(match.1)")
      }
    }
  }
}
