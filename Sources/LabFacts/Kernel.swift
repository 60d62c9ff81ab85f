/// TCP states by the names `ss` and `netstat` print, with the numbers of Linux's `tcp_states.h`.
package enum TCPState: Int, Sendable, Codable, CaseIterable {
  case established = 1
  case synSent
  case synReceived
  case finWait1
  case finWait2
  case timeWait
  case close
  case closeWait
  case lastAck
  case listen
  case closing
  case newSynReceived

  /// `ESTAB`, `TIME-WAIT`, `LISTEN`.
  package var name: String {
    switch self {
    case .established: "ESTAB"
    case .synSent: "SYN-SENT"
    case .synReceived, .newSynReceived: "SYN-RECV"
    case .finWait1: "FIN-WAIT-1"
    case .finWait2: "FIN-WAIT-2"
    case .timeWait: "TIME-WAIT"
    case .close: "CLOSE"
    case .closeWait: "CLOSE-WAIT"
    case .lastAck: "LAST-ACK"
    case .listen: "LISTEN"
    case .closing: "CLOSING"
    }
  }
}

/// One row of the kernel's socket table.
package struct KernelSocket: Hashable, Sendable, Codable {
  package let state: TCPState
  package let local: Endpoint
  /// Port 0 for a listener.
  package let peer: Endpoint
  /// Bytes waiting to be read; for a listener, connections waiting for accept().
  package let receiveQueue: Int
  /// Bytes not acknowledged yet; for a listener, the backlog, where the source tells it.
  package let sendQueue: Int

  package init(state: TCPState, local: Endpoint, peer: Endpoint, receiveQueue: Int, sendQueue: Int) {
    self.state = state
    self.local = local
    self.peer = peer
    self.receiveQueue = receiveQueue
    self.sendQueue = sendQueue
  }
}

/// The kernel's view of the lab's sockets at one moment.
package struct KernelSample: Hashable, Sendable, Codable {
  /// Where it was read.
  package enum Source: String, Sendable, Codable {
    case sockDiag = "sock_diag"
    case procNet = "/proc/net/tcp"
  }

  package let source: Source
  package let sockets: [KernelSocket]

  package init(source: Source, sockets: [KernelSocket]) {
    self.source = source
    self.sockets = sockets
  }
}

/// The range from which the kernel picks a client's port (ip(7), ip_local_port_range).
package struct PortRange: Hashable, Sendable, Codable, CustomStringConvertible {
  package let first: Int
  package let last: Int

  package init(first: Int, last: Int) {
    self.first = first
    self.last = last
  }

  package func contains(_ port: Int) -> Bool { first <= port && port <= last }
  /// `32768-60999`.
  package var description: String { "\(first)-\(last)" }
}
