package import LabCanvas

/// What the terminal, the system or another thread told the screen.
package enum ScreenEvent: Hashable, Sendable {
  case key(Key)
  case resized(Size)
  /// Somebody called `Wake.signal()`.
  case wake
  /// The process was stopped from outside, and is about to tell `resumed`.
  case suspended
  /// The process runs again after a stop, and the screen was painted anew.
  case resumed
  /// The terminal is gone.
  case hangup
  /// The system or a person asks the process to end with this signal.
  case terminate(signal: Int32)
}
