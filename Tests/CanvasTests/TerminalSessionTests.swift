import LabCanvas
import LabTesting
import Testing

@Suite struct TerminalSessionTests {
  private func shell(_ script: String) throws -> TerminalSession {
    try TerminalSession(["/bin/sh", "-c", script], environment: ["PATH": "/usr/bin:/bin"], size: Size(40, 5))
  }

  @Test func `a program is read, answered and waited for`() throws {
    let session = try shell("printf 'name? '; read name; echo \"hey $name\"; exit 3")
    try session.expect("name?")
    session.type("Sabine")
    session.press(.enter)
    try session.expect("hey Sabine")
    #expect(try session.waitForExit() == .status(3))
    #expect(session.screen.isSane)
  }

  @Test func `a new size reaches the program as a signal`() throws {
    let session = try shell("trap 'stty size; exit 0' WINCH; echo ready; while :; do read line; done")
    try session.expect("ready")
    session.resize(Size(33, 7))
    try session.expect("7 33")
    #expect(try session.waitForExit() == .status(0))
  }

  @Test func `Ctrl-C and signals end a program`() throws {
    let interrupted = try shell("echo ready; exec cat")
    try interrupted.expect("ready")
    interrupted.press(.control("c"))
    #expect(try interrupted.waitForExit() == .signal(2))
    let terminated = try shell("echo ready; exec cat")
    try terminated.expect("ready")
    terminated.signal(15)
    #expect(try terminated.waitForExit() == .signal(15))
  }

  @Test func `a deadline that passes shows the screen`() throws {
    let session = try shell("echo here; exec cat")
    try session.expect("here")
    let failure = #expect(throws: TerminalFailure.self) { try session.expect("there", within: 0.05) }
    #expect(failure?.description.contains("here") == true)
  }

  @Test(.timeLimit(.minutes(1))) func `a program that never stops writing is not waited for either`() throws {
    let session = try shell("while :; do echo more; done")
    session.waitUntilStill(within: 0.1)
    try session.expect("more")
    session.signal(9)
    #expect(try session.waitForExit() == .signal(9))
  }

  @Test func `a program that is gone is not waited for`() throws {
    let session = try shell("echo bye")
    #expect(throws: TerminalFailure.self) { try session.expect("never", within: 30) }
    #expect(try session.waitForExit() == .status(0))
  }
}
