package import LabTLS

/// How much a bench tells of what it does.
package enum Detail: Sendable {
  /// Every message, record and byte.
  case full
  /// Opens, handshakes, failures and closes, for programs that serve and don't teach.
  case essential
  /// Opens, failures and closes, to be counted.
  case counted

  /// What the engines are to tell.
  package var trace: TraceLevel { self == .full ? .full : .essential }
}
