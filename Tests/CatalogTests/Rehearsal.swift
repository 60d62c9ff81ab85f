import LabCatalog
import LabCore
import LabFacts
import Testing

/// A lesson run against a lab that is told by hand: no sockets, no clock.
struct Rehearsal {
  private(set) var lab = LabState()
  private(set) var run: LessonRun
  /// Effects asked for and not looked at yet.
  private(set) var effects: [Effect] = []
  private var number = 0

  init(_ lesson: Lesson, abilities: Abilities = .all) {
    run = LessonRun(lesson: lesson, catalog: Catalog(), abilities: abilities)
    effects = run.begin(lab)
  }

  mutating func happens(_ facts: Fact...) {
    for fact in facts {
      number += 1
      Lab.reduce(&lab, StampedFact(number: number, microseconds: number * 1000, fact: fact))
      effects += run.handle(fact, lab)
    }
  }

  mutating func person(_ intents: Intent...) {
    for intent in intents { effects += run.handle(intent, lab) }
  }

  /// The effects since the last look, timers left out.
  mutating func takeEffects() -> [Effect] {
    defer { effects = [] }
    return effects.filter { !$0.isTimer }
  }

  /// Lets the newest clock run out, the one that bounds what is waited for.
  mutating func deadlinePasses() {
    var open: [(TimerID, Int)] = []
    for effect in allTimers {
      if case .startTimer(let id, let milliseconds) = effect { open.append((id, milliseconds)) }
      if case .cancelTimer(let id) = effect { open.removeAll { $0.0 == id } }
    }
    guard let longest = open.max(by: { $0.1 < $1.1 }) else { return }
    happens(.timerFired(longest.0))
  }

  private var allTimers: [Effect] { effects.filter(\.isTimer) }
}

extension Effect {
  var isTimer: Bool {
    switch self {
    case .startTimer, .cancelTimer: true
    case .listen, .runProgram, .tryKey, .stopListening, .setAccepting, .relay, .setHooks, .drain, .connect,
      .send,
      .read,
      .readAlways, .setFaults, .close,
      .startTLS,
      .stopTLS, .setGate, .release, .sampleKernel, .wipe:
      false
    }
  }
}

/// Facts as a small lab would report them.
enum Told {
  static func listening(_ actor: ActorID, port: Int, transport: Transport = .plain) -> Fact {
    .listening(
      actor,
      .init(endpoint: Endpoint("127.0.0.1", port), transport: transport, chosenBy: .kernel, backlog: 5))
  }

  static func opened(_ end: EndID, _ side: Side, port: Int, peer: Int, transport: Transport = .plain) -> Fact
  {
    .opened(
      end,
      .init(
        side: side, transport: transport, local: Endpoint("127.0.0.1", port),
        peer: Endpoint("127.0.0.1", peer),
        localPortChosenBy: .kernel))
  }

  static func sent(_ end: EndID, _ text: String) -> Fact { .data(end, .sent, Bytes(text: text)) }
  static func received(_ end: EndID, _ text: String) -> Fact { .data(end, .received, Bytes(text: text)) }

  static let negotiated = Negotiated(
    version: 0x0304, suite: "TLS_AES_256_GCM_SHA384", group: "X25519", alpn: nil, serverName: "netlab.test",
    resumed: false, bits: 256)
}
