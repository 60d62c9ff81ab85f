package import LabFacts

/// One TLS record on its way out.
package struct OutboundRecord: Equatable, Sendable {
  package let bytes: [UInt8]
  /// `ClientHello`, `application data`, `alert close_notify`.
  package let title: String
  /// Outer content type, 20 to 23.
  package let type: Int
  package let isApplicationData: Bool
}

/// One end of a TLS connection without a socket: bytes in, bytes and facts out.
package final class TLSEngine {
  package enum State: Equatable, Sendable {
    case handshaking
    case established
    /// close_notify went one way.
    case closing
    case closed
    case failed(Failure)
  }
  package let end: EndID
  package let context: TLSContext
  package private(set) var state = State.handshaking
  package private(set) var negotiated: Negotiated?
  /// The peer's close_notify came: no more application bytes will.
  package private(set) var peerClosed = false

  package init(end: EndID, context: TLSContext) {
    self.end = end
    self.context = context
  }

  package var isEstablished: Bool { state == .established }
  /// How far this end has got, for failures noticed outside the engine.
  package var phase: Phase { .handshakeStart }
  /// What is known so far, for failures noticed outside the engine.
  package var evidence: Evidence { Evidence() }

  /// Bytes off the wire. Call `advance()` or `read` afterwards.
  package func receive(_ bytes: UnsafeRawBufferPointer) {}
  /// The peer's FIN came.
  package func receiveEnd() {}
  /// Drives the handshake as far as it goes; later, reads alerts and tickets only as part of `read`.
  package func advance() {}
  /// Encrypts application bytes; answers how many were taken (0 before the handshake is done).
  package func write(_ bytes: UnsafeRawBufferPointer) -> Int { 0 }
  /// Decrypts into the caller's memory; answers how many bytes (0: none for now).
  package func read(into buffer: UnsafeMutableRawBufferPointer) -> Int { 0 }
  package func read(maximum: Int) -> [UInt8]? { nil }
  /// Sends close_notify once.
  package func closeNotify() {}
  /// Gives up for a reason noticed outside (a deadline, a reset): a `failed` fact is made.
  package func abort(_ code: FailureCode, decidedBy: Failure.Decider, waitedMilliseconds: Int?) {}
  /// Bytes that `takeOutbound` would give.
  package var outboundCount: Int { 0 }
  /// All waiting records, one by one, for the gate.
  package func takeOutbound() -> [OutboundRecord] { [] }
  /// The fast path: waiting bytes straight into the caller's memory.
  package func takeOutbound(into buffer: UnsafeMutableRawBufferPointer) -> Int { 0 }
  /// Everything that happened since the last call, in order; ends with `failed` where it failed.
  package func takeFacts() -> [Fact] { [] }
  /// Bytes received that TLS has not consumed, for taking TLS off a live stream.
  package func takeUnusedInput() -> [UInt8] { [] }
}
