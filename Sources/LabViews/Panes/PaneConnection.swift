import LabCanvas
import LabCore
import LabFacts

/// The connection that ladder and wire show, with its two ends.
struct PaneConnection {
  let connection: Connection
  let client: EndState?
  let server: EndState?

  /// The one a person chose; otherwise the newest with TLS, otherwise the newest.
  init?(_ context: PaneContext) {
    let lab = context.lab
    let all = lab.connections
    let chosen = context.selectedConnection.flatMap { chosen in
      all.first { $0 == chosen || chosen.client.map($0.has) == true || chosen.server.map($0.has) == true }
    }
    guard let connection = chosen ?? PaneConnection.newest(lab) else { return nil }
    self.init(connection, lab)
  }

  /// The newest connection with TLS, otherwise the newest.
  static func newest(_ lab: LabState) -> Connection? {
    lab.connections.last { hasTLS($0, lab) } ?? lab.connections.last
  }

  init(_ connection: Connection, _ lab: LabState) {
    self.connection = connection
    client = connection.client.flatMap { lab.ends[$0] }
    server = connection.server.flatMap { lab.ends[$0] }
  }

  /// The newest connection without TLS.
  static func plain(_ context: PaneContext) -> PaneConnection? {
    context.lab.connections.last { !hasTLS($0, context.lab) }.map { PaneConnection($0, context.lab) }
  }

  var isTLS: Bool { client?.transport == .tls || server?.transport == .tls }

  /// The end whose view is shown where one is enough.
  var viewer: EndState? { client ?? server }

  func end(_ side: Side) -> EndState? { side == .client ? client : server }

  /// The port of one side, from whichever end knows it.
  func port(_ side: Side) -> Int? {
    let known =
      side == .client
      ? client?.local ?? server?.peer : server?.local ?? client?.peer
    return known.flatMap { $0.port == 0 ? nil : $0.port }
  }

  /// `cli2 ↔ srv`; the side that is not in the lab by its role.
  func name(_ glyphs: Glyphs) -> String { "\(short(.client)) \(glyphs.marks.pair) \(short(.server))" }

  /// `cli2`, `srv #1`, or `client` for a program that is not of this lab.
  func short(_ side: Side) -> String {
    guard let end = end(side) else { return side.rawValue }
    return side == .client ? end.label : end.id.actor.rawValue
  }

  private static func hasTLS(_ connection: Connection, _ lab: LabState) -> Bool {
    [connection.client, connection.server].contains { id in
      id.flatMap { lab.ends[$0] }?.transport == .tls
    }
  }
}
