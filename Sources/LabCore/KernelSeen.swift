import LabFacts

/// When each row of the kernel's table was first seen in its present state.
package struct KernelSeen: Equatable, Sendable {
  private struct Identity: Hashable {
    let local: Endpoint
    let peer: Endpoint
    let state: TCPState
    init(_ socket: KernelSocket) {
      local = socket.local
      peer = socket.peer
      state = socket.state
    }
  }

  private var since: [Identity: Int] = [:]
  private var hasSample = false

  /// Takes in a sample. Rows that are gone are forgotten; those of the first sample are not new.
  mutating func take(_ sample: KernelSample, at microseconds: Int) {
    let known = since
    since = Dictionary(
      sample.sockets.map { socket in
        let identity = Identity(socket)
        return (identity, known[identity] ?? (hasSample ? microseconds : -KernelTable.newMicroseconds))
      }, uniquingKeysWith: { first, _ in first })
    hasSample = true
  }

  func isNew(_ socket: KernelSocket, now: Int) -> Bool {
    guard let first = since[Identity(socket)] else { return false }
    return now - first < KernelTable.newMicroseconds
  }
}
