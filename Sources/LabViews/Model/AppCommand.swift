package import LabFacts

/// What a key press asks of the world outside the screens.
package enum AppCommand: Equatable, Sendable {
  case intent(Intent)
  /// Paint every cell again.
  case redraw
  /// Give the terminal back to the shell.
  case suspend
  case quit
  case setMouse(Bool)
  case setTheme(Theme)
  /// Into the terminal's clipboard and a file. `what` names it in the status line.
  case copy(String, what: String)
  case save(Export)
  /// The newest run of the sandbox, as a lesson file.
  case saveLesson
}

/// A form in which a run can be taken along.
package enum Export: String, Sendable, CaseIterable {
  case transcript
  case json
  /// Markdown, to be printed.
  case handout
  /// For Wireshark, with the secrets inside.
  case pcapng
}
