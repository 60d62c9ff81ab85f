import LabCore
import LabFacts

/// One run of the sandbox: starts the servers, lets each client connect, say its words and end, and waits until
/// it is quiet. Facts go in, effects come out; each wait has a bound, since faults may leave an end hanging.
package struct SandboxPlay: Equatable, Sendable {
  private enum Step: Equatable, Sendable {
    case listen(ActorID)
    case connect(ActorID)
    case talk(ActorID)
    case end(ActorID)
    case settleDown
  }

  private enum Wait: Equatable, Sendable {
    case settling(Settling)
    /// Until this end has heard something, or is over.
    case answer(EndID)
    case time
  }

  private var cast: Cast
  private let setup: SandboxSetup
  private var left: [Step]
  private var wait: Wait?
  private var timer: TimerID?
  private var timersStarted = 0
  /// Clients that came up.
  private var ready: Set<ActorID> = []
  package private(set) var isOver = false

  init(_ setup: SandboxSetup) {
    self.setup = setup
    cast = Cast(setup.actors)
    left =
      setup.listeners.map { .listen($0.id) }
      + setup.clients.flatMap { [.connect($0.id), .talk($0.id), .end($0.id)] } + [.settleDown]
  }

  /// Begins; the lab must be empty.
  mutating func begin(_ lab: LabState) -> [Effect] { goOn(lab) }

  /// Takes what happened; `lab` is the state after it.
  mutating func take(_ fact: Fact, _ lab: LabState) -> [Effect] {
    cast.take(fact)
    if case .timerFired(let fired) = fact, fired == timer {
      timer = nil
      return finish(lab)
    }
    switch wait {
    case .settling(let settling):
      guard let left = settling.after(fact, gated: false) else { return finish(lab) }
      wait = .settling(left)
    case .answer(let end): if hasAnswer(end, fact, lab) { return finish(lab) }
    case .time, nil: break
    }
    return []
  }

  private func hasAnswer(_ end: EndID, _ fact: Fact, _ lab: LabState) -> Bool {
    if case .data(end, .received, _) = fact { return true }
    return lab.ends[end]?.isOver == true || lab.ends[end]?.failures.isEmpty == false
  }

  private mutating func finish(_ lab: LabState) -> [Effect] {
    if case .settling(.ready(let end, _, _)) = wait, lab.ends[end].map(SandboxPlay.isUp) == true {
      ready.insert(end.actor)
    }
    wait = nil
    let cancels = timer.map { [Effect.cancelTimer($0)] } ?? []
    timer = nil
    return cancels + goOn(lab)
  }

  private static func isUp(_ end: EndState) -> Bool {
    (end.phase == .open || end.phase == .halfClosed) && (!end.tls.started || end.tls.established != nil)
  }

  private mutating func goOn(_ lab: LabState) -> [Effect] {
    var effects: [Effect] = []
    while wait == nil, !isOver {
      guard !left.isEmpty else {
        isOver = true
        return effects + [.sampleKernel]
      }
      effects += perform(left.removeFirst(), lab)
    }
    return effects
  }

  private mutating func perform(_ step: Step, _ lab: LabState) -> [Effect] {
    switch step {
    case .listen(let actor):
      let start = cast.startOrder(actor).effect
      return [start] + hold(.settling(.listening(actor, allowError: true)), for: 2000)
    case .connect(let actor):
      guard let (end, order) = cast.connectOrder(actor) else { return [] }
      let readiness: Settling.Readiness =
        order.transport == .tls ? .established : order.via == nil ? .opened : .tunnelled
      return [.connect(end, order)] + hold(.settling(.ready(end, readiness, allowError: true)), for: 2500)
    case .talk(let actor):
      guard ready.contains(actor), let end = cast.newestEnd(actor) else { return [] }
      let bytes = TypedBytes.bytes(setup.talks[actor]?.sends ?? "")
      return (bytes.isEmpty ? [] : [.send(end, bytes)]) + hold(.answer(end), for: 700)
    case .end(let actor):
      guard ready.contains(actor), let end = cast.newestEnd(actor), lab.ends[end]?.isOver == false,
        let manner = setup.talks[actor]?.then.manner
      else { return [] }
      return [.close(end, manner)] + hold(.settling(.closed(end)), for: 700)
    case .settleDown: return hold(.time, for: 200)
    }
  }

  private mutating func hold(_ wait: Wait, for milliseconds: Int) -> [Effect] {
    timersStarted += 1
    let timer = TimerID("sandbox.\(timersStarted)")
    self.timer = timer
    self.wait = wait
    return [.startTimer(timer, milliseconds: milliseconds)]
  }
}
