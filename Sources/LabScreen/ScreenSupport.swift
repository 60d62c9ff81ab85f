import CNCurses
package import LabCanvas

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Whether the full screen can be used here, or lines of text are better, and why.
package enum ScreenSupport: Hashable, Sendable {
  case fullScreen
  case linear(reason: String)

  /// What is known of the terminal.
  package struct Terminal: Hashable, Sendable {
    /// What the terminal database says.
    package enum Description: Hashable, Sendable { case unknown, withoutCursorMoves, usable }
    package var type: String?
    package var isInputTerminal = true
    package var isOutputTerminal = true
    package var description = Description.usable
    /// nil where the terminal does not tell.
    package var size: Size?

    package init(type: String?) { self.type = type }
  }

  /// The least the views can draw on.
  package static let smallest = Size(60, 16)

  /// Asks the system and the terminal database. Not while a screen is up.
  package static func check(term: String?, input: Int32 = 0, output: Int32 = 1) -> ScreenSupport {
    judge(look(term: term, input: input, output: output))
  }

  /// The decision alone.
  package static func judge(_ terminal: Terminal) -> ScreenSupport {
    if !terminal.isInputTerminal { return .linear(reason: "The input is not a terminal.") }
    if !terminal.isOutputTerminal { return .linear(reason: "The output is not a terminal.") }
    guard let type = terminal.type, !type.isEmpty else {
      return .linear(reason: "TERM is not set, so the kind of terminal is unknown.")
    }
    if type == "dumb" || type == "unknown" { return .linear(reason: "TERM is \"\(type)\".") }
    switch terminal.description {
    case .unknown: return .linear(reason: "The terminal database has no entry for TERM \"\(type)\".")
    case .withoutCursorMoves: return .linear(reason: "A \"\(type)\" terminal can't move its cursor.")
    case .usable: break
    }
    if let size = terminal.size, size.width < smallest.width || size.height < smallest.height {
      return .linear(
        reason: "The terminal is \(size.width)×\(size.height); the full screen needs "
          + "\(smallest.width)×\(smallest.height).")
    }
    return .fullScreen
  }

  private static func look(term: String?, input: Int32, output: Int32) -> Terminal {
    var terminal = Terminal(type: term)
    terminal.isInputTerminal = isatty(input) == 1
    terminal.isOutputTerminal = isatty(output) == 1
    terminal.size = TerminalSize.of(output)
    if let term, !term.isEmpty {
      switch Int(lab_describe_terminal(term, output)) {
      case LAB_TERM_USABLE: terminal.description = .usable
      case LAB_TERM_NO_CURSOR_MOVES: terminal.description = .withoutCursorMoves
      default: terminal.description = .unknown
      }
    }
    return terminal
  }
}

/// The size the kernel holds for a terminal.
package enum TerminalSize {
  /// nil where the descriptor is no terminal, or one of unknown size.
  package static func of(_ descriptor: Int32) -> Size? {
    var columns: Int32 = 0
    var rows: Int32 = 0
    guard lab_terminal_size(descriptor, &columns, &rows) else { return nil }
    return Size(Int(columns), Int(rows))
  }
}
