import Foundation
import LabCanvas
import LabTesting
import Testing

extension TerminalTests {
  /// Lessons from their first step to their end, by a person at the smallest screen, and by one who hears lines.
  @Suite struct WalkTests {
    /// One lesson of each track that needs no browser. `NETLAB_LESSONS=all` walks through every one, which takes
    /// about eight minutes; `NETLAB_LESSONS="SP2 TB1"` through those.
    static let codes: [String] = {
      let wish =
        ProcessInfo.processInfo.environment["NETLAB_LESSONS"] ?? "SP3 TB1 WB2 CT1 CC1 ST1 PX1 SA2 FW1"
      guard wish == "all" else { return wish.split(separator: " ").map(String.init) }
      let root = URL(fileURLWithPath: Program.root).appendingPathComponent("lessons")
      let files = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)
      let names = (files?.allObjects as? [URL] ?? []).filter { $0.pathExtension == "yaml" }.map {
        $0.deletingPathExtension().lastPathComponent
      }
      return names.compactMap { $0.firstMatch(of: /^([a-z]{2}[1-9])-/).map { $0.1.uppercased() } }.sorted()
    }()

    @Test(.timeLimit(.minutes(4)), arguments: codes)
    func `a person comes to the end of it at 80 by 24`(code: String) throws {
      try Program.withCatalog { session, _ in
        session.type("/\(code)")
        session.press(.enter)
        try session.expect("Found: \(code)")
        session.press(.enter)
        try session.wait("the first step") { $0.lines.first?.contains("\(code) ") == true }
        var learner = Learner(session)
        try learner.finish()
        session.type("qq")
        try #expect(session.waitForExit() == .status(0))
        #expect(session.screen.problems == [])
      }
    }

    @Test(.timeLimit(.minutes(4)), arguments: codes)
    func `somebody who hears lines comes to the end of it`(code: String) throws {
      let program = try Program()
      defer { program.remove() }
      let session = try PipedProgram(program, ["--plain"])
      _ = try session.wait("the catalog") { $0.hasSuffix("q quit:") }
      session.type(code)
      var learner = LineLearner(session)
      try learner.finish()
      session.type("q")
      let result = try session.finish()
      #expect(result.status == 0)
      #expect(!result.output.unicodeScalars.contains("\u{1b}"))
    }
  }
}
