/// A mistake made on purpose in what one program sends, between its TLS and its socket: no other program stands
/// between the ends, so their addresses and ports stay true. A value that can be listed, edited and compared.
package struct WireFault: Hashable, Sendable, Codable {
  package enum Action: Hashable, Sendable, Codable {
    /// The first 64 bytes go one by one, with so long between them.
    case slow(milliseconds: Int)
    /// FIN after so many bytes; the rest is thrown away.
    case truncate(after: Int)
    /// Nothing goes out after so many bytes, and nobody is told.
    case stall(after: Int)
    /// The lowest bit of this byte of the stream is turned over; the first byte is 0.
    case flipBit(at: Int)
    /// RST after so many bytes.
    case reset(after: Int)
    /// The record that holds this handshake message does not go out, nor does anything after it.
    case stallBefore(message: String)
  }

  package var action: Action
  /// Bytes count from the moment this end's TLS is up; otherwise from the first one it sends.
  package var afterHandshake: Bool

  package init(_ action: Action, afterHandshake: Bool = false) {
    self.action = action
    self.afterHandshake = afterHandshake
  }
}

/// How a program treats its connections, beyond what it says on them.
package struct EndHabits: Hashable, Sendable, Codable {
  /// The program reads from its socket only when it is told to; meanwhile the kernel keeps what comes. It closes
  /// as plain programs do, by one close(): the kernel sends RST where something was left unread.
  package var readsWhenTold: Bool
  /// Off: a clean end is FIN alone, without TLS's close_notify.
  package var saysGoodbye: Bool
  package var faults: [WireFault]

  package init(readsWhenTold: Bool = false, saysGoodbye: Bool = true, faults: [WireFault] = []) {
    self.readsWhenTold = readsWhenTold
    self.saysGoodbye = saysGoodbye
    self.faults = faults
  }
}
