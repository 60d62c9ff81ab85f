import Foundation
import LabCanvas
import LabTesting
import Testing

/// The catalog of somebody who comes back.
@Suite(.serialized) struct CatalogWalkTests {
  static let progress = """
    {"version": 2, "beliefs": {}, "lessons": {"sp2-port-hopping":
      {"reached": 7, "steps": 7, "done": "2020-01-01", "hints": 0, "predictions": []}}}
    """

  @Test func `a key pressed at once goes on where a lesson was left`() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(
      progress: """
        {"version": 2, "beliefs": {}, "lessons": {"sp1-two-programs":
          {"reached": 4, "steps": 9, "hints": 0, "predictions": []}}}
        """)
    let session = try program.start()
    session.press(.enter)
    try session.wait("its fourth step") { $0.lines.first?.contains("step 4/") == true }
    session.press(.control("c"))
    try #expect(session.waitForExit() == .status(0))
  }

  @Test func `what is due is offered and skipped, and a pasted error opens its lesson`() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(progress: Self.progress)
    let session = try program.start()
    try session.expect("It takes a minute.")
    session.type("n")
    try session.wait("the offer to go") { !$0.text.contains("It takes a minute.") }
    session.type("r")
    try session.expect("Question 1 of")
    session.type("s")
    session.type("q")
    try session.expect("lessons done")
    session.type("/wrong version number")
    session.press(.enter)
    try session.expect("Found by card tls-to-plain-port")
    try session.expect("About WB2")
    session.press(.enter)
    try session.expect("WB2 ")
    try session.wait("the lesson") { $0.lines.first?.contains("step 1/") == true }
    session.press(.control("c"))
    try #expect(session.waitForExit() == .status(0))
    #expect(session.screen.problems == [])
  }
}
