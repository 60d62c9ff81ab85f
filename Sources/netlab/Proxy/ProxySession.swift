import Foundation
import LabCore
import LabFacts
import LabRuntime
import LabViews

/// A run of `netlab proxy`: all relays or none, then facts until a signal, or the last connection, ends it.
struct ProxySession: Sendable {
  enum Outcome: Sendable {
    case good
    /// The relay on stdio did not reach its backend, or lost it.
    case failed
    /// A relay could not start.
    case unable
  }

  let plans: [ConnectorPlan]
  let surroundings: Service.Surroundings
  let flags: ServeLogFlags
  let graceMilliseconds: Int
  let readsCommands: Bool

  /// A relay with its order, and the socket that stands for stdio.
  struct Relay: Sendable {
    let plan: ConnectorPlan
    let order: RelayOrder
    let pump: StdioPump?
    var actor: ActorID { plan.actor }
  }

  func run() async -> Outcome {
    var materials = ServiceMaterials()
    guard let relays = relays(&materials) else { return .unable }
    let signals = ProgramSignals(ProxyEvent.meanings, every: flags.interval, .table)
    let output = ProxyOutput(flags, relays)
    let service: Service
    do throws(Failure) {
      service = try Service(surroundings, materials: materials) { output.take($0, $1) }
    } catch {
      Machine.complain(error.verbatim.first ?? error.code.rawValue)
      return .unable
    }
    guard await start(relays, on: service) else { return .unable }
    if readsCommands { ProxyCommands.read(into: signals.door) }
    await serve(relays, service, signals, output)
    let lab = await service.now
    await service.shutDown()
    output.end()
    return hasFailed(relays, lab) ? .failed : .good
  }

  private func relays(_ materials: inout ServiceMaterials) -> [Relay]? {
    var relays: [Relay] = []
    for plan in plans {
      let pump = plan.isStdio ? StdioPump() : nil
      if plan.isStdio, pump == nil {
        Machine.complain("The kernel gives no pair of sockets for stdio: errno \(errno).")
        return nil
      }
      relays.append(
        Relay(plan: plan, order: plan.order(&materials, descriptor: pump?.descriptor), pump: pump))
    }
    return relays
  }

  // MARK: Starting

  private func start(_ relays: [Relay], on service: Service) async -> Bool {
    await service.perform(relays.map { .relay($0.actor, $0.order) })
    let lab = await service.wait { lab in
      relays.allSatisfy { relay in
        relay.pump != nil || lab.servers[relay.actor]?.listening != nil
          || lab.servers[relay.actor]?.failures.isEmpty == false
      }
    }
    let troubles = relays.compactMap { relay in
      lab.servers[relay.actor]?.failures.first.map { StartTrouble.words($0, relay.order.listen) }
    }
    guard troubles.isEmpty else {
      for trouble in troubles { Machine.complain(trouble) }
      await service.shutDown()
      return false
    }
    announce(relays, lab)
    for relay in relays { relay.pump?.start() }
    return true
  }

  /// Standard output belongs to a relay on stdio, where there is one.
  private func announce(_ relays: [Relay], _ lab: LabState) {
    guard !flags.json else { return }
    let isTaken = relays.contains { $0.pump != nil }
    for relay in relays {
      guard let listening = lab.servers[relay.actor]?.listening else { continue }
      let name = relay.plan.input.nickname.map { ", \($0)" } ?? ""
      let line = "listening on \(listening.endpoint) (\(relay.plan.title)\(name))"
      if isTaken { ServeOutput.tell(line) } else { ServeOutput.say(line) }
    }
  }

  // MARK: Running

  /// Until a signal or the end of all relays; then connections finish, and a second signal waits for none.
  private func serve(
    _ relays: [Relay], _ service: Service, _ signals: ProgramSignals<ProxyEvent>, _ output: ProxyOutput
  ) async {
    watchEnd(relays, service, signals.door)
    var isStopping = false
    for await event in signals.stream {
      switch event {
      case .table: output.showTable()
      case .upgrade(let name): await upgrade(relays, named: name, service)
      case .hook(let name, let hooks): await change(relays, name, hooks, service)
      case .over: return
      case .stop:
        guard !isStopping else { return }
        isStopping = true
        drain(relays, service, signals.door)
      }
    }
  }

  /// A relay on stdio ends with its output, one for so many connections with the last of them.
  private func watchEnd(_ relays: [Relay], _ service: Service, _ door: ProgramSignals<ProxyEvent>.Door) {
    Task {
      for relay in relays {
        if let pump = relay.pump {
          await pump.outputEnd()
          await service.perform([.close(EndID(relay.actor.backend, 1), .clean)])
          await service.wait { lab in lab.ends(of: relay.actor.backend).allSatisfy(\.isOver) }
        } else {
          await service.wait { $0.servers[relay.actor]?.isDrained == true }
        }
      }
      door.yield(.over)
    }
  }

  private func drain(_ relays: [Relay], _ service: Service, _ door: ProgramSignals<ProxyEvent>.Door) {
    let grace = graceMilliseconds
    Task {
      await service.perform(relays.map { .drain($0.actor, milliseconds: grace) })
      await service.wait { lab in relays.allSatisfy { lab.servers[$0.actor]?.isDrained == true } }
      door.yield(.over)
    }
    // Whoever does not even take the goodbye is not waited for.
    Task {
      try? await Task.sleep(for: .milliseconds(grace + 1500))
      door.yield(.over)
    }
  }

  private func hasFailed(_ relays: [Relay], _ lab: LabState) -> Bool {
    relays.contains { relay in
      relay.pump != nil
        && lab.failures.elements.contains { $0.actor == relay.actor || $0.actor == relay.actor.backend }
    }
  }

  // MARK: Changes on the way

  /// Puts TLS on what began in clear and is open now.
  private func upgrade(_ relays: [Relay], named name: String?, _ service: Service) async {
    let lab = await service.now
    let chosen = relays.filter { name == nil || $0.actor.rawValue == name }
    if chosen.isEmpty { ServeOutput.tell("No relay is called \(Notation.escaped(name ?? "")).") }
    let effects = chosen.flatMap { upgrades($0, lab) }
    if effects.isEmpty {
      ServeOutput.tell("Nothing to upgrade: no open connection began with start-cleartext=yes.")
    }
    await service.perform(effects)
  }

  private func upgrades(_ relay: Relay, _ lab: LabState) -> [Effect] {
    func open(_ actor: ActorID) -> [EndID] {
      lab.ends(of: actor).filter { $0.phase == .open && !$0.tls.started }.map(\.id)
    }
    var effects: [Effect] = []
    if relay.plan.input.startsInClear, let options = relay.order.listen.tls {
      effects += open(relay.actor).map { .startTLS($0, .server, options, .inside) }
    }
    if relay.plan.output?.startsInClear == true, case .fixed(let order) = relay.order.route,
      let options = order.tls
    {
      effects += open(relay.actor.backend).map { .startTLS($0, .client, options, .inside) }
    }
    return effects
  }

  private func change(_ relays: [Relay], _ name: String, _ hooks: [ByteHook], _ service: Service) async {
    guard let relay = relays.first(where: { $0.actor.rawValue == name }) else {
      let names = relays.map(\.actor.rawValue).joined(separator: ", ")
      return ServeOutput.tell("No relay is called \(Notation.escaped(name)). There are: \(names).")
    }
    await service.perform([.setHooks(relay.actor, hooks)])
  }
}
