package import LabCanvas

/// A program in a terminal, its keyboard and its screen: what a test of the whole program talks to. All waits
/// have a deadline, and all but `waitUntilStill` end as soon as what they wait for is on the screen.
package final class TerminalSession {
  package let terminal: PseudoTerminal
  package let process: TerminalProcess
  package private(set) var screen: TerminalEmulator
  private var isAtEnd = false

  /// Starts the program. The environment is the given one alone; TERM and a UTF-8 locale are added where
  /// they are missing.
  package init(_ command: [String], environment: [String: String] = [:], size: Size = Size(80, 24)) throws {
    terminal = try PseudoTerminal(size)
    screen = TerminalEmulator(size)
    let defaults = ["TERM": "xterm-256color", "LANG": "C.UTF-8"]
    process = try TerminalProcess(
      command, environment: environment.merging(defaults) { given, _ in given }, terminal: terminal)
  }

  /// Waits until the screen shows this text, in one line.
  package func expect(_ text: String, within seconds: Double = 10) throws {
    try wait("\"\(text)\"", within: seconds) { $0.lines.contains { $0.contains(text) } }
  }

  /// Waits until the screen no longer shows this text.
  package func expectGone(_ text: String, within seconds: Double = 10) throws {
    try wait("\"\(text)\" to go", within: seconds) { !$0.lines.contains { $0.contains(text) } }
  }

  /// Waits until the screen is as wanted; `what` says it in words.
  package func wait(
    _ what: String, within seconds: Double = 10, until condition: (TerminalEmulator) -> Bool
  ) throws {
    let deadline = ContinuousClock.now + .seconds(seconds)
    repeat {
      while !condition(screen) {
        guard !isAtEnd else { throw failure("The program ended before \(what).") }
        guard pump(until: deadline) else { throw failure("No \(what) within \(seconds) s.") }
      }
      // What goes by line by line has been seen, and may be gone by now.
      guard screen.isAlternateScreen else { return }
      // A frame comes in pieces: what holds on a torn one, half of the old, must hold on the whole.
      while !isAtEnd, pump(until: min(deadline, .now + .milliseconds(10))) {}
    } while !condition(screen)
  }

  /// Takes in what the keys so far have led to, until nothing more comes for a moment or the time is over. Only
  /// for keys that may well change nothing: a program that is slow to begin looks still.
  package func waitUntilStill(within seconds: Double = 10) {
    let deadline = ContinuousClock.now + .seconds(seconds)
    while !isAtEnd, pump(until: min(deadline, .now + .milliseconds(50))) {}
  }

  package func type(_ text: String) { terminal.write(Array(text.utf8)) }

  /// Presses keys, one after the other, as the terminal in its present mode sends them.
  package func press(_ keys: Key...) {
    for key in keys { terminal.write(TerminalKeys.bytes(key, applicationCursor: screen.isCursorKeyMode)) }
  }

  package func resize(_ size: Size) {
    screen.resize(size)
    terminal.resize(size)
  }

  package func signal(_ number: Int32) { process.signal(number) }

  /// Waits for the program's end, reading what it still writes.
  package func waitForExit(within seconds: Double = 10) throws -> TerminalExit {
    let deadline = ContinuousClock.now + .seconds(seconds)
    while true {
      if process.hasEnded(), let exit = process.exit {
        while !isAtEnd, pump(until: min(deadline, .now + .milliseconds(100))) {}
        return exit
      }
      if isAtEnd { process.waitBriefly() }
      let slice = min(deadline, .now + .milliseconds(20))
      if !pump(until: slice), ContinuousClock.now >= deadline {
        throw failure("The program did not end within \(seconds) s.")
      }
    }
  }

  /// Feeds the emulator with what arrives first. False if nothing did before the deadline.
  private func pump(until deadline: ContinuousClock.Instant) -> Bool {
    let left = ContinuousClock.now.duration(to: deadline) / Duration.milliseconds(1)
    guard left > 0 else { return false }
    guard let bytes = terminal.read(milliseconds: max(1, Int(left))) else {
      isAtEnd = true
      return true
    }
    screen.feed(bytes)
    return !bytes.isEmpty
  }

  private func failure(_ what: String) -> TerminalFailure {
    TerminalFailure("\(what)\n--- screen ---\n\(screen.text)\n---")
  }
}
