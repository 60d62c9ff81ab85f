import LabCore
import LabFacts
import Testing

@testable import LabCatalog

/// One run of the sandbox, told by hand: what is ordered, and what its facts come to.
@Suite struct SandboxRunTests {
  private struct Rig {
    var state = SandboxState()
    var lab = LabState()
    var number = 0
    var effects: [Effect] = []

    init() { effects = state.begin(lab) }

    mutating func happens(_ facts: Fact...) {
      for fact in facts {
        number += 1
        Lab.reduce(&lab, StampedFact(number: number, microseconds: number * 1000, fact: fact))
        effects += state.take(fact, lab)
      }
    }

    /// The clock that bounds what is waited for runs out.
    mutating func timePasses() {
      for effect in effects.reversed() {
        if case .startTimer(let timer, _) = effect { return happens(.timerFired(timer)) }
      }
    }

    mutating func orders() -> [String] {
      defer { effects = effects.filter(\.isTimer) }
      return effects.compactMap { effect in
        switch effect {
        case .listen(let actor, _): "listen \(actor)"
        case .connect(let end, _): "connect \(end.actor)"
        case .send(_, let bytes): "send \(String(decoding: bytes, as: UTF8.self))"
        case .close(_, let manner): "close \(manner.rawValue)"
        case .sampleKernel: "look at the kernel"
        default: nil  // Clocks, and what the sandbox never orders.
        }
      }
    }
  }

  private static let home = Endpoint("127.0.0.1", 7000)

  private static func listening(_ actor: ActorID) -> Fact {
    .listening(
      actor, .init(endpoint: home, transport: .plain, chosenBy: .kernel, backlog: 5, descriptor: 3))
  }

  private static func opened(_ end: EndID, _ side: Side) -> Fact {
    let mine = Endpoint("127.0.0.1", 40_000)
    return .opened(
      end,
      .init(
        side: side, transport: .plain, local: side == .client ? mine : home,
        peer: side == .client ? home : mine,
        localPortChosenBy: .kernel, descriptor: 4))
  }

  private static func failure(_ code: FailureCode) -> Failure {
    Failure(layer: .socket, code: code, phase: .established, decidedBy: .peer)
  }

  private static let client = EndID("cli", 1)
  private static let server = EndID("srv", 1)

  /// Until the plain client has spoken.
  private static func spoken() -> Rig {
    var rig = Rig()
    rig.happens(listening("srv"), listening("tsrv"), .connecting(client, .init(to: home, transport: .plain)))
    rig.happens(opened(server, .server), opened(client, .client))
    return rig
  }

  @Test func `servers come first, then each client in its turn, and each wait has an end`() {
    var rig = Rig()
    #expect(rig.orders() == ["listen srv"])
    rig.happens(Self.listening("srv"))
    #expect(rig.orders() == ["listen tsrv"])
    rig.timePasses()
    #expect(rig.orders() == ["connect cli"])
    rig.happens(Self.opened(Self.server, .server), Self.opened(Self.client, .client))
    #expect(rig.orders() == ["send Herbert"])
    rig.happens(.data(Self.client, .received, Bytes(text: "Hey Herbert!")))
    #expect(rig.orders() == ["close clean"])
    rig.timePasses()
    rig.timePasses()
    rig.timePasses()
    #expect(rig.orders() == ["look at the kernel"])
    #expect(!rig.state.isRunning)
    #expect(rig.state.runs.map(\.number) == [1])
  }

  @Test(arguments: [
    ([Fact.data(client, .received, Bytes(text: "Hey"))], SandboxOutcome.Kind.answered),
    ([.failed(client, failure(.resetByPeer)), .failed(server, failure(.resetByPeer))], .clientError),
    ([.failed(server, failure(.resetByPeer)), .failed(client, failure(.resetByPeer))], .serverError),
    ([], .nothing),
  ])
  func `what a run came to is read from its facts`(facts: [Fact], kind: SandboxOutcome.Kind) throws {
    var rig = Self.spoken()
    for fact in facts { rig.happens(fact) }
    let actor = try #require(rig.state.setup.actor("cli"))
    let outcome = SandboxOutcome(actor, rig.state.setup, in: rig.lab)
    #expect(outcome.kind == kind)
    #expect(outcome.server == "srv")
  }

  @Test func `a prediction is judged once, and old runs forget their lab`() {
    var state = SandboxState()
    for number in 1...(SandboxState.labLimit + 2) {
      state.take(.predict(number == 1 ? "d" : nil), SandboxTests.catalog)
      var effects = state.begin(LabState())
      while state.isRunning {
        guard
          let timer = effects.compactMap({ effect -> TimerID? in
            if case .startTimer(let id, _) = effect { id } else { nil }
          }).last
        else { break }
        effects = state.take(.timerFired(timer), LabState())
      }
    }
    #expect(state.runs.first?.verdict == true)
    #expect(state.runs.dropFirst().allSatisfy { $0.verdict == nil })
    #expect(state.runs.count { $0.lab == nil } == 2)
    #expect(state.runs.first?.lab == nil)
  }
}
