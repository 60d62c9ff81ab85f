/// How much a connection reports.
package enum TraceLevel: Sendable {
  /// Every message, record and key-log line.
  case full
  /// The verdict on a certificate, established, alerts and failures. Costs nothing per byte.
  case essential
}
