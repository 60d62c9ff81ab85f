import LabCatalog
import LabCore
import LabFacts
import LabTLS

/// The HTTPS demo as a value: two servers, one per address family, on one port. Facts in, effects out.
struct Demo {
  static let four: ActorID = "demo"
  static let six: ActorID = "demo6"

  private(set) var lab = LabState()
  private(set) var failure: Failure?
  var keepsRunning = false
  private let preferredPort: Int
  private var attempts = 0
  private var count = 0

  init(preferredPort: Int) { self.preferredPort = preferredPort }

  func begin() -> [Effect] { [listen(Demo.four, "127.0.0.1", port: preferredPort, fallsBack: true)] }

  mutating func take(_ fact: Fact, microseconds: Int) -> [Effect] {
    count += 1
    Lab.reduce(&lab, StampedFact(number: count, microseconds: microseconds, fact: fact))
    switch fact {
    case .listening(Demo.four, let listening):
      return [listen(Demo.six, "::1", port: listening.endpoint.port, fallsBack: false)]
    case .actorFailed(Demo.six, let reason): return sixFailed(reason)
    case .actorFailed(_, let reason):
      failure = reason
      return []
    default: return []  // every other fact is shown, and changes nothing here
    }
  }

  /// The port of `https://localhost:PORT/`, once it is open.
  var port: Int? { lab.servers[Demo.four]?.listening?.endpoint.port }

  /// A browser tries ::1 first: where another program owns the port there, it would reach that one. So both
  /// families move to a port that is free in both.
  private mutating func sixFailed(_ reason: Failure) -> [Effect] {
    attempts += 1
    guard reason.code == .addrInUse, attempts < 8 else { return [] }
    return [.stopListening(Demo.four), listen(Demo.four, "127.0.0.1", port: nil, fallsBack: true)]
  }

  private func listen(_ actor: ActorID, _ host: String, port: Int?, fallsBack: Bool) -> Effect {
    .listen(
      actor,
      ListenOrder(
        host: host, preferredPort: port, fallsBack: fallsBack, transport: .tls, kind: .http, site: "demo",
        tls: TLSOptions(identity: "server", alpn: ["http/1.1"])))
  }
}
