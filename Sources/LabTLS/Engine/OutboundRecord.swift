/// One TLS record on its way out, as the gate sees it.
package struct OutboundRecord: Equatable, Sendable {
  package let bytes: [UInt8]
  /// `ClientHello`, `application data`, `alert close_notify`.
  package let title: String
  /// Outer content type, 20 to 23.
  package let type: Int
  package let isApplicationData: Bool
}
