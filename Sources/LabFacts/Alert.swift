/// A TLS alert (RFC 8446 section 6).
package struct Alert: Hashable, Sendable, Codable {
  package enum Level: Int, Sendable, Codable {
    case warning = 1
    case fatal = 2
  }

  package let level: Level
  /// The AlertDescription number: 0 is close_notify, 48 unknown_ca.
  package let number: Int

  package init(level: Level, number: Int) {
    self.level = level
    self.number = number
  }

  package static let closeNotifyNumber = 0
  package var isCloseNotify: Bool { number == Alert.closeNotifyNumber }
  /// The name the RFCs give it, with underscores.
  package var name: String { TLSNames.alert(number) }
}
