package import LabFacts

/// Who chose a port number, as far as a table of sockets shows. The table has no column for it: what is seen
/// and what is concluded are kept apart.
package enum PortOrigin: String, Equatable, Sendable, Codable, CaseIterable {
  /// A program listens there, and the number lies outside the kernel's range.
  case listener
  /// A program listens there, on a number of the kernel's range.
  case listenerInRange = "listener-in-range"
  /// A connection that a listener of this machine accepted: it has the listener's number.
  case accepted
  /// A client's own number, from the kernel's range.
  case ephemeral
  /// A client's own number, outside the kernel's range.
  case bound
  /// The number a client here connected to.
  case target
  /// The other machine's kernel or program chose it.
  case elsewhere
  /// The kernel's range is not known.
  case unknown

  /// One sentence without its full stop, for the number it belongs to.
  package func words(_ range: PortRange?) -> String {
    let text = range.map { "the kernel's range \($0)" } ?? "the kernel's range"
    return switch self {
    case .listener: "seen: a program listens there. So it asked for this number: it lies outside \(text)"
    case .listenerInRange:
      "seen: a program listens there. It asked for this number, or for any (port 0): it lies in \(text)"
    case .accepted: "seen: it is the listener's number; accept() gave this connection no other"
    case .ephemeral: "concluded: the kernel chose it, for it lies in \(text)"
    case .bound: "concluded: the program bound it, for it lies outside \(text)"
    case .target: "concluded: the program asked to be connected to it"
    case .elsewhere: "chosen at the other machine; nothing here tells by whom"
    case .unknown: "not known: this kernel does not tell its range"
    }
  }
}

/// Concludes who chose the numbers, from all sockets together.
struct PortJudge {
  private let listeners: [KernelSocket]
  private let connections: Set<Pair>
  private let range: PortRange?

  private struct Pair: Hashable {
    let local: Endpoint
    let peer: Endpoint
  }

  init(_ sockets: [KernelSocket], _ range: PortRange?) {
    listeners = sockets.filter { $0.state == .listen }
    connections = Set(
      sockets.filter { $0.state != .listen }.map { Pair(local: $0.local.unmapped, peer: $0.peer.unmapped) })
    self.range = range
  }

  func localPort(of socket: KernelSocket) -> PortOrigin {
    guard socket.state != .listen else {
      guard let range else { return .unknown }
      return range.contains(socket.local.port) ? .listenerInRange : .listener
    }
    return isAccepted(socket.local) ? .accepted : client(socket.local.port)
  }

  func peerPort(of socket: KernelSocket) -> PortOrigin? {
    guard socket.state != .listen else { return nil }
    // Whoever accepted it has the client at the other end, and the other way round.
    guard isAccepted(socket.local) else { return .target }
    return hasOtherEnd(socket) || isLoopback(socket.peer) ? client(socket.peer.port) : .elsewhere
  }

  func hasOtherEnd(_ socket: KernelSocket) -> Bool {
    connections.contains(Pair(local: socket.peer.unmapped, peer: socket.local.unmapped))
  }

  private func client(_ port: Int) -> PortOrigin {
    guard let range else { return .unknown }
    return range.contains(port) ? .ephemeral : .bound
  }

  /// Does somebody listen at this address, or at all addresses, with this number?
  private func isAccepted(_ local: Endpoint) -> Bool {
    listeners.contains { $0.local.takes(local) }
  }

  private func isLoopback(_ endpoint: Endpoint) -> Bool {
    endpoint.unmapped.host.hasPrefix("127.") || endpoint.host == "::1"
  }
}
