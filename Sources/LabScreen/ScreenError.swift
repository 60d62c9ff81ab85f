/// Why the full screen could not start.
package enum ScreenError: Error, Hashable, Sendable, CustomStringConvertible {
  /// curses knows no such terminal, or cannot use it.
  case terminalRefused(String)
  /// There is a screen already, and one at most.
  case alreadyRunning
  /// The pipe that carries signals could not be made.
  case noSignals
  /// The file for standard error could not be opened.
  case noErrorLog(path: String, errno: Int32)

  package var description: String {
    switch self {
    case .terminalRefused(let term): "The terminal type \"\(term)\" can't be used for the full screen."
    case .alreadyRunning: "The full screen is in use already."
    case .noSignals: "There are no file descriptors left for the full screen."
    case .noErrorLog(let path, let errno): "The log \(path) can't be opened (errno \(errno))."
    }
  }
}
