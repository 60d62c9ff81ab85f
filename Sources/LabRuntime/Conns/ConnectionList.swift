package import LabFacts
import LabNet

/// The machine's TCP sockets, each with its four numbers and with who chose them.
package struct ConnectionList: Equatable, Sendable {
  /// One socket.
  package struct Row: Equatable, Sendable {
    package let socket: KernelSocket
    /// `curl (4711)`; empty where this person may not know.
    package let programs: [String]
    package let localPort: PortOrigin
    /// Absent for a listener.
    package let peerPort: PortOrigin?
    /// The same connection seen from its other end is on this machine too.
    package let hasOtherEnd: Bool
  }

  package let source: KernelSample.Source
  package let range: PortRange?
  /// Listeners first, then by local port and peer port.
  package let rows: [Row]

  /// Reads this machine's table; nothing where its kernel does not tell.
  package static func read() -> ConnectionList? {
    SocketTable.read().map { ConnectionList($0, range: EphemeralRange.read()) }
  }

  init(_ table: SocketTable, range: PortRange?) {
    source = table.sample.source
    self.range = range
    let judge = PortJudge(table.sample.sockets, range)
    rows = table.sample.sockets.map { socket in
      Row(
        socket: socket, programs: (table.owners[socket] ?? []).map { "\($0.name) (\($0.process))" },
        localPort: judge.localPort(of: socket), peerPort: judge.peerPort(of: socket),
        hasOtherEnd: judge.hasOtherEnd(socket))
    }.sorted(by: ConnectionList.isBefore)
  }

  /// The rows that have this port at either end; without a port those that are connections or listeners, and
  /// with `all` also those that only wait for their end.
  package func chosen(port: Int?, all: Bool) -> [Row] {
    rows.filter { row in
      if let port { return row.socket.local.port == port || row.socket.peer.port == port }
      return all || row.socket.state != .timeWait
    }
  }

  private static func isBefore(_ a: Row, _ b: Row) -> Bool {
    let isListener = (a.socket.state == .listen, b.socket.state == .listen)
    guard isListener.0 == isListener.1 else { return isListener.0 }
    let (x, y) = (a.socket, b.socket)
    return (x.local.port, x.peer.port, x.local.host, x.peer.host)
      < (y.local.port, y.peer.port, y.local.host, y.peer.host)
  }
}
