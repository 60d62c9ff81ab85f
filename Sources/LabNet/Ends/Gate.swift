import LabTLS

/// The gate at the engine's edge: while it is closed, outgoing TLS records wait here and are let go one by
/// one. The connection's four-tuple stays true, because there is no hop in between.
struct Gate {
  private(set) var isClosed: Bool
  private(set) var held: [OutboundRecord] = []

  init(isClosed: Bool) { self.isClosed = isClosed }

  mutating func hold(_ record: OutboundRecord) { held.append(record) }

  /// The oldest held record.
  mutating func release() -> OutboundRecord? { held.isEmpty ? nil : held.removeFirst() }

  mutating func set(closed: Bool) { isClosed = closed }
}
