import LabCanvas
import LabScreen
import LabTesting
import Testing

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A screen on a pseudo terminal in this process, and what a terminal shows of it.
final class Rig {
  let terminal: PseudoTerminal
  let slave: Int32
  let screen: Screen
  var shown: TerminalEmulator

  init(
    _ size: Size = Size(40, 10), term: String = "xterm-256color", locale: String = "C.UTF-8",
    change: (inout ScreenOptions) -> Void = { _ in }
  ) throws {
    terminal = try PseudoTerminal(size)
    slave = try terminal.openSlave()
    shown = TerminalEmulator(size)
    var options = ScreenOptions()
    options.term = term
    options.locale = locale
    (options.input, options.output) = (slave, slave)
    change(&options)
    screen = try Screen(options)
  }

  deinit {
    screen.stop()
    close(slave)
  }

  /// Reads until the terminal is as wanted, or five seconds are over.
  func wait(_ condition: (TerminalEmulator) -> Bool) -> Bool {
    let deadline = ContinuousClock.now + .seconds(5)
    while !condition(shown) {
      guard ContinuousClock.now < deadline, let bytes = terminal.read(milliseconds: 100) else { return false }
      shown.feed(bytes)
    }
    return true
  }

  func shows(_ canvas: Canvas) -> Bool { wait { $0.lines == canvas.lines } }

  func events(count: Int = 1) -> [ScreenEvent] {
    var events: [ScreenEvent] = []
    while events.count < count {
      let more = screen.poll(milliseconds: 5000)
      if more.isEmpty { return events }
      events += more
    }
    return events
  }
}
