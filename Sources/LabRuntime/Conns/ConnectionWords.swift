import Foundation
import LabFacts

/// The machine's sockets as lines for people, and as JSON.
package enum ConnectionWords {
  /// A row for each socket, and what is known of each of its numbers below it.
  package static func lines(_ rows: [ConnectionList.Row], of list: ConnectionList) -> [String] {
    let head = [
      "Read from \(list.source.rawValue); the kernel picks a client's port from "
        + (list.range.map(\.description) ?? "a range it does not tell") + ".",
      "A connection is its four numbers: local address and port, peer address and port.", "",
    ]
    guard !rows.isEmpty else { return head + ["No such socket now."] }
    return head + rows.flatMap { lines($0, list) }
  }

  private static func lines(_ row: ConnectionList.Row, _ list: ConnectionList) -> [String] {
    let socket = row.socket
    let program = row.programs.isEmpty ? "program not known" : row.programs.joined(separator: ", ")
    guard let peerPort = row.peerPort else {
      return [
        "LISTEN  \(socket.local)  \(program)",
        "  waiting for accept(): \(socket.receiveQueue)" + backlog(socket, list.source),
        "  \(socket.local.port): \(row.localPort.words(list.range))", "",
      ]
    }
    return [
      "\(socket.state.name)  \(socket.local) -> \(socket.peer)  \(program)",
      "  not read yet: \(socket.receiveQueue) bytes; not acknowledged yet: \(socket.sendQueue) bytes"
        + (row.hasOtherEnd ? "; its other end is on this machine too" : ""),
      "  \(socket.local.port): \(row.localPort.words(list.range))",
      "  \(socket.peer.port): \(peerPort.words(list.range))", "",
    ]
  }

  /// /proc/net/tcp has no room for it.
  private static func backlog(_ socket: KernelSocket, _ source: KernelSample.Source) -> String {
    source == .sockDiag ? " of at most \(socket.sendQueue) (the backlog)" : ""
  }

  /// One JSON object a line.
  package static func json(_ rows: [ConnectionList.Row]) -> [String] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return rows.compactMap { row in
      (try? encoder.encode(Line(row))).map { String(decoding: $0, as: UTF8.self) }
    }
  }

  private struct Line: Encodable {
    let v = 1
    let state: String
    let localAddress: String
    let localPort: Int
    let peerAddress: String?
    let peerPort: Int?
    let receiveQueue: Int
    let sendQueue: Int
    let programs: [String]
    let localPortBy: PortOrigin
    let peerPortBy: PortOrigin?
    let otherEndHere: Bool

    init(_ row: ConnectionList.Row) {
      let socket = row.socket
      let isListener = socket.state == .listen
      state = socket.state.name
      (localAddress, localPort) = (socket.local.host, socket.local.port)
      peerAddress = isListener ? nil : socket.peer.host
      peerPort = isListener ? nil : socket.peer.port
      (receiveQueue, sendQueue) = (socket.receiveQueue, socket.sendQueue)
      programs = row.programs
      (localPortBy, peerPortBy) = (row.localPort, row.peerPort)
      otherEndHere = row.hasOtherEnd
    }
  }
}
