import LabCanvas
import LabCatalog
import LabCore
import LabFacts

/// The two halves of the lesson screen, and which programs stand in each.
enum PairSide: Sendable {
  case left
  case right

  /// As the lesson says; without a lesson, those without TLS on the left and those with it on the right.
  func actors(_ context: PaneContext) -> [ActorID] {
    if let lesson = context.lesson { return self == .left ? lesson.leftActors : lesson.rightActors }
    let wanted: Transport = self == .left ? .plain : .tls
    return context.lab.knownActors.filter { context.lab.transport(of: $0) == wanted }
  }

  /// `PLAIN`, or as the lesson calls it.
  func name(_ context: PaneContext) -> String {
    let layout = context.lesson?.layout
    return (self == .left ? layout?.leftTitle : layout?.rightTitle) ?? (self == .left ? "PLAIN" : "TLS")
  }

  /// `PLAIN · 127.0.0.1:7777`.
  func title(_ context: PaneContext) -> String {
    let name = name(context)
    let address = actors(context).lazy.compactMap { context.lab.servers[$0]?.listening?.endpoint }.first
    return address.map { "\(name) \(context.glyphs.dot) \($0)" } ?? name
  }
}

extension LabState {
  /// Every program that did something, servers first.
  var knownActors: [ActorID] {
    let clients = endOrder.map(\.actor).filter { servers[$0] == nil }
    return servers.keys.sorted() + clients.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  func transport(of actor: ActorID) -> Transport? {
    servers[actor]?.listening?.transport ?? newestEnd(of: actor)?.transport
  }
}
