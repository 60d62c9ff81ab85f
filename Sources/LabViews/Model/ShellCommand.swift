import LabCatalog
import LabCore
import LabFacts

/// The real tools' commands for what a pane shows, with this run's addresses.
enum ShellCommand {
  static func curl(_ demo: DemoSnapshot) -> String {
    "curl -v --cacert \(ShellWord.quoted(demo.caPath)) \(ShellWord.quoted(demo.url))"
  }

  static func forPane(_ pane: PaneID, _ model: AppModel, _ snapshot: LabSnapshot) -> String? {
    switch pane {
    case .plain: server(.plain, snapshot).map { "nc \($0.host) \($0.port)" }
    case .tls, .ladder, .wire: tls(pane, model, snapshot)
    case .connections, .explain: sockets(snapshot)
    case .errors: firstCheck(snapshot) ?? sockets(snapshot)
    case .tracks, .lessons, .about, .happened, .advice, .address, .visitors, .theirs, .ours, .settings,
      .faults, .runs,
      .text:
      nil
    }
  }

  private static func server(_ transport: Transport, _ snapshot: LabSnapshot) -> Endpoint? {
    snapshot.lab.servers.values.sorted { $0.actor < $1.actor }
      .compactMap(\.listening).first { $0.transport == transport }?.endpoint
  }

  private static func tls(_ pane: PaneID, _ model: AppModel, _ snapshot: LabSnapshot) -> String? {
    let chosen = model.connection.flatMap { snapshot.lab.ends[$0] }
    if pane != .tls, let chosen, chosen.transport == .plain,
      let peer = chosen.side == .client ? chosen.peer : chosen.local
    {
      return "nc \(peer.host) \(peer.port)"
    }
    let endpoint = chosen.flatMap { $0.side == .client ? $0.peer : $0.local } ?? server(.tls, snapshot)
    guard let endpoint else { return nil }
    let newest = snapshot.lab.endOrder.last { snapshot.lab.ends[$0]?.tls.clientHello != nil }
    let subject = chosen ?? newest.flatMap { snapshot.lab.ends[$0] }
    let name = subject?.tls.clientHello?.values(.serverName).first
    let asked = name.map { " -servername \(ShellWord.quoted($0))" } ?? ""
    return "openssl s_client -connect \(endpoint)\(asked) -msg"
  }

  private static func sockets(_ snapshot: LabSnapshot) -> String? {
    let ports = snapshot.lab.servers.values.compactMap { $0.listening?.endpoint.port }.sorted()
    guard !ports.isEmpty else { return nil }
    let tests = ports.map { "sport = :\($0) or dport = :\($0)" }.joined(separator: " or ")
    return "ss -tanpo '( \(tests) )'"
  }

  private static func firstCheck(_ snapshot: LabSnapshot) -> String? {
    guard let entry = snapshot.lab.failures.last else { return nil }
    return snapshot.catalog
      .explain(entry.failure, end: entry.end, actor: entry.actor, in: snapshot.lab).check.first?.run
  }
}
