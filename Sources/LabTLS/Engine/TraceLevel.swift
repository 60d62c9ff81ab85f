/// How much an engine tells of its connection.
package enum TraceLevel: Sendable {
  /// Every message, record and state.
  case full
  /// Verdicts, what was agreed on, alerts and failures.
  case essential
}
