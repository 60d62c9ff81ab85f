import LabCore
import LabFacts

/// The programs of a run: how each is set up by now, and what it has had.
struct Cast: Equatable, Sendable {
  private let declarations: [ActorID: ActorDeclaration]
  private var settings: [ActorID: ActorSettings]
  /// Ends given to clients so far.
  private var connections: [ActorID: Int] = [:]
  /// Where each server listens, or did last.
  private var endpoints: [ActorID: Endpoint] = [:]
  /// Programs whose gate is closed.
  private var gated: Set<ActorID> = []
  /// Servers that were started with a closed gate.
  private var listeningGated: Set<ActorID> = []

  init(_ lesson: Lesson) { self.init(lesson.actors) }

  init(_ actors: [ActorDeclaration]) {
    declarations = Dictionary(actors.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    settings = declarations.mapValues(\.settings)
  }

  var isGated: Bool { !gated.isEmpty }

  func role(_ actor: ActorID) -> Side? { declarations[actor]?.role }
  func transport(_ actor: ActorID) -> Transport { settings[actor]?.transport ?? .plain }

  /// The end a client was given last, whether the lab knows of it yet or not.
  func newestEnd(_ client: ActorID) -> EndID? { connections[client].map { EndID(client, $0) } }

  mutating func take(_ fact: Fact) {
    if case .listening(let actor, let listening) = fact { endpoints[actor] = listening.endpoint }
  }

  mutating func change(_ actor: ActorID, _ changes: ActorSettings) {
    settings[actor] = (settings[actor] ?? ActorSettings()).merged(with: changes)
  }

  mutating func setGate(_ actor: ActorID, closed: Bool) {
    if closed { gated.insert(actor) } else { gated.remove(actor) }
  }

  /// What brings a new server end into line, where the gate was changed after the server's start.
  func gateAfterAccept(_ end: EndID) -> [Effect] {
    let wanted = gated.contains(end.actor)
    return wanted == listeningGated.contains(end.actor) ? [] : [.setGate(end, closed: wanted)]
  }

  func settings(of actor: ActorID) -> ActorSettings { settings[actor] ?? ActorSettings() }

  func isGated(_ actor: ActorID) -> Bool { gated.contains(actor) }

  /// Remembers whether a server is started with a closed gate.
  mutating func noteGate(ofListener actor: ActorID) -> Bool {
    if isGated(actor) { listeningGated.insert(actor) } else { listeningGated.remove(actor) }
    return isGated(actor)
  }

  /// The end a client gets for its next connection.
  mutating func nextEnd(of actor: ActorID) -> EndID {
    connections[actor, default: 0] += 1
    return EndID(actor, connections[actor, default: 1])
  }

  /// The port a server listens on, or did last.
  func port(of server: ActorID) -> Int? { endpoints[server]?.port }

  /// A server that never started is looked for where it would like to listen: nobody is there.
  func endpoint(of target: ConnectTarget) -> Endpoint? {
    let server = target.server
    let declared = settings[server]
    let known =
      endpoints[server]
      ?? declared?.preferredPort.map { Endpoint(declared?.host ?? ListenOrder.defaultHost, $0) }
    guard let known else { return nil }
    switch target {
    case .actor: return known.reachable
    case .address(let host, _): return Endpoint(host, known.port)
    }
  }
}

extension ListenOrder {
  fileprivate static let defaultHost = "127.0.0.1"
}
